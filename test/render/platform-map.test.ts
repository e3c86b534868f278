// The pictures of the platform: every link leads somewhere, no box overlaps, and text from a declaration stays text.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ServicePlan } from '../../src/plan/types';
import type { PlatformPlan } from '../../src/plan/types/platform';
import { renderPlatformMap } from '../../src/render/platform-map';
import { graphOf, type MapEdge, type MapGraph, type MapNode, placesOf } from '../../src/render/platform-map/graph';
import { boxSize, layOut } from '../../src/render/platform-map/layout';
import { examplesFolder, generateFolder } from '../support/platform-examples';

const outcome = generateFolder(path.join(examplesFolder, 'daorsagro'));
const plan = outcome.plan as PlatformPlan;
const services = outcome.services.map((service) => service.plan);
const text = (name: string, files = outcome.files): string => {
  const found = files.find((file) => file.path === `platform/${name}`);
  if (found === undefined) throw new Error(`no platform/${name}`);
  return found.body;
};
const dataOf = (html: string) =>
  JSON.parse(/<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html)?.[1] ?? '');

describe('README', () => {
  const readme = text('README.md');

  it('links to what is there', () => {
    const known = new Set([...outcome.files.map((file) => file.path), 'platform.yaml']);
    for (const { declaration } of plan.services) known.add(declaration);
    const links = [...readme.matchAll(/\]\((?:<([^>]+)>|([^)<]+))\)/g)].map((match) => match[1] ?? match[2] ?? '');
    expect(links.length).toBeGreaterThan(30);
    const missing = links
      .filter((link) => !link.startsWith('https:'))
      .filter((link) => !known.has(path.posix.join('platform', decodeURIComponent(link.split('#')[0] ?? ''))));
    expect(missing).toEqual([]);
  });

  it('has a row for each service and each resource, and a box in the chart', () => {
    const chart = /```mermaid\n([\s\S]*?)\n```/.exec(readme)?.[1] ?? '';
    for (const { name } of plan.services) {
      expect(readme).toContain(`| **${name}**: `);
      expect(chart).toContain(`["${name}"]`);
    }
    for (const { name } of plan.clusters.at(-1)?.instances ?? []) {
      expect(readme).toContain(`\n| ${name} | `);
      expect(chart).toContain(`[("${name}`);
    }
  });

  it('tells how to start, promote and roll back by scripts that are there', () => {
    for (const command of ['platform/gitops/promote.sh', 'platform/gitops/rollback.sh']) {
      expect(readme).toContain(`${command} `);
      expect(outcome.files.some((file) => file.path === command && file.executable)).toBe(true);
    }
    expect(readme).toContain('docker compose up --detach --wait');
  });

  it('goes by kubectl without Argo CD', () => {
    const without = text('README.md', [...renderPlatformMap({ ...plan, gitops: 'none', argo: null }, services)]);
    expect(without).toContain('kubectl rollout undo deployment/');
    expect(without).not.toContain('gitops/');
  });
});

describe('the layout', () => {
  const places = placesOf(plan);

  it.each(places.map((place) => [place.name, place] as const))('of %s overlaps nowhere', (_, place) => {
    const { boxes, lines, width, height } = layOut(graphOf(plan, place));
    expect(boxes.length).toBeGreaterThan(20);
    for (const [index, { x, y }] of boxes.entries()) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + boxSize.width).toBeLessThanOrEqual(width);
      expect(y + boxSize.height).toBeLessThanOrEqual(height);
      for (const other of boxes.slice(index + 1))
        expect(Math.abs(other.x - x) >= boxSize.width || Math.abs(other.y - y) >= boxSize.height).toBe(true);
    }
    // Where a line passes a column, it passes between the boxes.
    for (const { path: data } of lines) {
      const crossing = /^M(\d+) (-?\d+)H(\d+)/.exec(data);
      if (crossing === null) continue;
      const [, from = '', at = '', to = ''] = crossing;
      const under = boxes.filter(({ x }) => x < Number(to) && x + boxSize.width > Number(from));
      for (const { y } of under) expect(Number(at) > y && Number(at) < y + boxSize.height).toBe(false);
    }
  });

  it('draws every edge, to its very end', () => {
    const place = places.at(-1);
    if (place === undefined) throw new Error('no environment');
    const { edges } = graphOf(plan, place);
    const { lines } = layOut(graphOf(plan, place));
    for (const edge of edges)
      expect(
        lines.some(
          ({ hasHead, edges: own }) =>
            hasHead && own.some((one) => one === edge || (one.from === edge.from && one.to === edge.to)),
        ),
      ).toBe(true);
  });

  it('ends where services call each other in a circle', () => {
    const node = (name: string): MapNode => ({
      id: `service/${name}`,
      kind: 'service',
      name,
      note: '',
      isCritical: false,
    });
    const edge = (from: string, to: string): MapEdge => ({
      from: `service/${from}`,
      to: `service/${to}`,
      toKind: 'service',
      port: 1,
      optional: true,
      why: '',
    });
    const graph: MapGraph = {
      nodes: ['a', 'b', 'c'].map(node),
      edges: [edge('a', 'b'), edge('b', 'c'), edge('c', 'a'), edge('b', 'b')],
    };
    expect(layOut(graph).boxes).toHaveLength(3);
    expect(layOut({ nodes: [], edges: [] }).boxes).toEqual([]);
  });

  it('takes time in proportion: a thousand services are laid out', () => {
    const nodes = Array.from(
      { length: 1000 },
      (_, index): MapNode => ({
        id: `service/s${index}`,
        kind: 'service',
        name: `s${index}`,
        note: '',
        isCritical: false,
      }),
    );
    const edges = nodes.slice(1).flatMap(({ id }, index): MapEdge[] =>
      [index >> 1, index >> 3].map((caller) => ({
        from: `service/s${caller}`,
        to: id,
        toKind: 'service',
        port: 1,
        optional: false,
        why: '',
      })),
    );
    expect(layOut({ nodes, edges }).boxes).toHaveLength(1000);
    // A chain as deep as it is long, all of it with one resource: passages in every column would be half a million lines.
    const store: MapNode = { id: 'resource/store', kind: 'resource', name: 'store', note: '', isCritical: false };
    const chain = nodes.flatMap(({ id }, index): MapEdge[] => {
      const edge = { from: id, port: 1, optional: false, why: '' };
      const next: MapEdge[] = index === 999 ? [] : [{ ...edge, to: `service/s${index + 1}`, toKind: 'service' }];
      return [...next, { ...edge, to: store.id, toKind: 'resource' }];
    });
    expect(layOut({ nodes: [...nodes, store], edges: chain }).lines.length).toBeLessThan(chain.length + 100);
  });
});

describe('architecture.svg', () => {
  it('speaks to a screen reader and has selectable text', () => {
    const svg = text('architecture.svg');
    expect(svg).toMatch(
      /^<svg [^>]*role="img" aria-labelledby="title desc">\n<title id="title">daorsagro in production/,
    );
    expect(svg).toContain('<text class="name"');
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).not.toMatch(/<script|href=|on[a-z]+=/);
  });
});

describe('platform.html', () => {
  const html = text('platform.html');

  it('asks nobody for anything, and runs what it was made with only', () => {
    const policy =
      /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1]?.replaceAll('&apos;', "'") ?? '';
    const hashes = (tag: string): string[] =>
      [...html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map(
        (match) =>
          `'sha256-${createHash('sha256')
            .update(match[1] ?? '')
            .digest('base64')}'`,
      );
    expect(hashes('style')).toHaveLength(1);
    expect(hashes('script')).toHaveLength(1);
    expect(policy).toBe(
      `default-src 'none'; style-src ${hashes('style')}; script-src ${hashes('script')}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(html).not.toMatch(/ (?:src|style|on[a-z]+)=/);
    expect(html.length).toBeLessThan(2_000_000);
  });

  it('tells of every decision of every service', () => {
    const data = dataOf(html);
    expect(data.places.map(({ name }: { name: string }) => name)).toEqual(['development', 'staging', 'production']);
    for (const place of data.places) {
      for (const service of services) {
        const node = place.nodes.find(({ id }: { id: string }) => id === `service/${service.identity.name}`);
        const expected = service.decisions.filter(
          ({ path: at }) => at.startsWith(`environments.${place.name}.`) || !at.startsWith('environments.'),
        );
        expect(node.decisions.map(([, , , , why]: number[]) => data.texts[why ?? -1]).sort()).toEqual(
          expected.map(({ why }) => why).sort(),
        );
      }
    }
  });
});

describe('hostile text', () => {
  const evil = `</script><script>alert(1)</script><img src=x onerror=alert(2)> "'\`|]]--> \u2028 [x](javascript:alert(3)) end`;
  const spoiled: PlatformPlan = {
    ...plan,
    services: plan.services.map((service) => ({ ...service, description: evil, owner: evil })),
  };
  const owners: ServicePlan[] = services.map((service) => ({
    ...service,
    identity: { ...service.identity, description: evil, owner: evil },
    decisions: service.decisions.map((decision) => ({ ...decision, why: evil, value: evil })),
  }));
  const files = [...renderPlatformMap(spoiled, owners)];

  it('stays text in the page', () => {
    const html = text('platform.html', files);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toContain('<img');
    const data = dataOf(html);
    const [node] = data.places[0].nodes.filter(({ kind }: { kind: string }) => kind === 'service');
    expect(node.about).toBe(evil);
    expect(data.texts).toContain(evil);
  });

  it('stays text in the picture', () => {
    const svg = text('architecture.svg', files);
    expect(svg).not.toMatch(/<script|<img/);
    expect(svg.match(/<g class="node/g)).toHaveLength(text('architecture.svg').match(/<g class="node/g)?.length ?? 0);
  });

  it('stays text in the README and its chart', () => {
    const readme = text('README.md', files);
    expect(readme).not.toMatch(/<script|<img/);
    const chart = /```mermaid\n([\s\S]*?)\n```/.exec(readme)?.[1] ?? '';
    expect(readme.replace(chart, '')).not.toContain('[x](javascript');
    for (const line of chart.split('\n').filter((one) => one.startsWith('subgraph')))
      expect(line).toMatch(/^subgraph g\d+\["[^"]*"\]$/);
    expect(readme.match(/```/g)?.length).toBe(text('README.md').match(/```/g)?.length);
  });
});
