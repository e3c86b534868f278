'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const find = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const headings = { service: 'Services', resource: 'Resources', outside: 'Hosts outside', platform: 'The way in' };
  const state = { place: data.places.at(-1), open: null, from: null };

  // Text is only ever set as text.
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const nodeOf = (id) => state.place.nodes.find((node) => node.id === id);
  const section = () => find('.place').find((one) => one.dataset.place === state.place.name);
  const boxes = () => find('.node', section());

  const wordsOf = (node) =>
    [node.name, node.note, node.about, node.kind, ...node.sections.flatMap(({ rows }) => rows.flat())]
      .join(' ')
      .toLowerCase();

  const light = (id) => {
    const drawing = section();
    drawing.classList.toggle('lit', id !== null);
    const near = new Set([id]);
    for (const line of find('.line', drawing)) {
      const ends = line.dataset.edges.split(' ').map((edge) => edge.split('>'));
      const mine = ends.filter(([from, to]) => from === id || to === id);
      line.classList.toggle('near', mine.length > 0);
      for (const end of mine.flat()) near.add(end);
    }
    for (const box of boxes()) {
      box.classList.toggle('near', near.has(box.dataset.node));
      box.classList.toggle('open', box.dataset.node === state.open);
    }
  };

  const rowsOf = (rows) => {
    const list = make('dl');
    for (const [label, text] of rows) {
      const row = make('div', label === '' ? 'only' : '');
      if (label !== '') {
        const target = state.place.nodes.find(({ name, id }) => name === label && id !== state.open);
        const term = make('dt', '', target ? undefined : label);
        if (target) {
          const jump = make('button', 'jump', label);
          jump.type = 'button';
          jump.addEventListener('click', () => open(target.id, state.from));
          term.append(jump);
        }
        row.append(term);
      }
      row.append(make('dd', '', text));
      list.append(row);
    }
    return list;
  };

  const decisionOf = (group, [path, value, by, from, why, source]) => {
    const one = make('div', 'decision');
    one.append(
      make('code', '', path.startsWith(`${group}.`) ? path.slice(group.length + 1) : path),
      document.createTextNode(' = '),
      make('b', '', value),
      make('span', `by ${by}`, `by ${by}`),
    );
    one.append(make('p', '', `${data.texts[why]}${from < 0 ? '' : ` (${data.texts[from]})`}`));
    const link = source < 0 ? '' : data.texts[source];
    if (/^https:\/\//.test(link)) {
      const anchor = make('a', '', link);
      anchor.href = link;
      anchor.rel = 'noreferrer noopener';
      one.append(anchor);
    }
    return one;
  };

  const decisionsOf = (decisions) => {
    const groups = new Map();
    for (const decision of decisions) {
      const parts = decision[0].split('.');
      const name = parts.length > 2 ? parts.slice(0, 2).join('.') : parts[0];
      groups.set(name, [...(groups.get(name) ?? []), decision]);
    }
    const parts = [make('h3', '', `What was decided and why (${decisions.length})`)];
    for (const [name, rows] of groups) {
      const group = make('details', 'group');
      const summary = make('summary', '', name);
      summary.append(make('small', '', ` ${rows.length}`));
      group.append(summary, ...rows.map((row) => decisionOf(name, row)));
      parts.push(group);
    }
    if (parts.length > 1) parts[1].open = true;
    return parts;
  };

  const show = () => {
    const node = state.open === null ? undefined : nodeOf(state.open);
    byId('details').hidden = node === undefined;
    document.body.classList.toggle('opened', node !== undefined);
    light(node === undefined ? null : node.id);
    if (node === undefined) return;
    byId('details-name').textContent = node.name;
    byId('details-note').textContent =
      node.about === '' ? node.note : `${node.about}. ${node.note}, in ${state.place.name}.`;
    const parts = node.sections.flatMap(({ heading, rows }) => [make('h3', '', heading), rowsOf(rows)]);
    byId('details-body').replaceChildren(...parts, ...(node.decisions.length > 0 ? decisionsOf(node.decisions) : []));
    byId('details').scrollTop = 0;
  };

  const address = () =>
    `#${encodeURIComponent(state.place.name)}${state.open === null ? '' : `/${encodeURIComponent(state.open)}`}`;

  const open = (id, from) => {
    state.open = id;
    state.from = from;
    show();
    history.replaceState(null, '', address());
    boxes()
      .find((box) => box.dataset.node === id)
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
    byId('details').focus({ preventScroll: true });
  };

  const close = () => {
    if (state.open === null) return;
    const { from } = state;
    state.open = null;
    show();
    history.replaceState(null, '', address());
    if (from) from.focus();
  };

  const search = () => {
    const sought = byId('search').value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const hits = state.place.nodes.filter((node) => sought.every((word) => wordsOf(node).includes(word)));
    const names = new Set(hits.map(({ id }) => id));
    section().classList.toggle('sought', sought.length > 0);
    for (const box of boxes()) box.classList.toggle('hit', names.has(box.dataset.node));
    byId('found').textContent = `${hits.length} of ${state.place.nodes.length}`;
    const parts = [];
    for (const [kind, heading] of Object.entries(headings)) {
      const those = hits.filter((node) => node.kind === kind);
      if (those.length === 0) continue;
      const grid = make('div', 'grid');
      for (const node of those) {
        const card = make('button', `card ${kind}`);
        card.type = 'button';
        card.append(make('b', '', node.name), make('small', '', node.note));
        if (node.about !== '') card.append(make('small', '', node.about));
        card.addEventListener('click', () => open(node.id, card));
        grid.append(card);
      }
      parts.push(make('h2', '', heading), grid);
    }
    byId('cards').replaceChildren(...parts);
  };

  const go = (name) => {
    state.place = data.places.find((place) => place.name === name) ?? state.place;
    for (const one of find('.place')) one.hidden = one.dataset.place !== state.place.name;
    for (const tab of find('.tab')) tab.setAttribute('aria-pressed', String(tab.dataset.place === state.place.name));
    if (state.open !== null && nodeOf(state.open) === undefined) state.open = null;
    search();
    show();
    // On a phone only a part of the picture is seen: that with the first box.
    const frame = find('.drawing', section())[0];
    const first = boxes().find((box) => box.classList.contains('platform')) ?? boxes()[0];
    if (first) {
      const middle = first.getBoundingClientRect().top - frame.getBoundingClientRect().top;
      frame.scrollTo({ top: frame.scrollTop + middle - frame.clientHeight / 2 });
    }
  };

  for (const tab of find('.tab')) {
    tab.addEventListener('click', () => {
      go(tab.dataset.place);
      history.replaceState(null, '', address());
    });
  }
  for (const box of find('.node')) {
    box.addEventListener('click', () => open(box.dataset.node, box));
    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      open(box.dataset.node, box);
    });
    box.addEventListener('mouseenter', () => light(box.dataset.node));
    box.addEventListener('mouseleave', () => light(state.open));
  }
  byId('search').addEventListener('input', search);
  byId('close').addEventListener('click', close);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });

  // The address is anybody's: what does not decode is nothing.
  const decoded = (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return '';
    }
  };
  const [place, node] = location.hash.slice(1).split('/').map(decoded);
  go(place);
  if (node !== undefined && nodeOf(node) !== undefined) open(node, null);
})();
