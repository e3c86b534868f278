// Grafana's published schema on the dashboard, and promtool on the query of every panel.
import { posix } from 'node:path';
import { stringify } from 'yaml';
import { findingsOf, run } from '../process.mjs';
import { validator } from '../schemas.mjs';
import { matching, withFolder } from '../tree.mjs';

const file = /(?:^|\/)monitoring\/.*dashboard.*\.json$|(?:^|\/)dashboards\/(?:[^/]+\/)?[^/]+\.json$/;

const change = (apply) => (tree) => {
  const [[path, text]] = tree;
  const dashboard = JSON.parse(text);
  apply(dashboard);
  tree.set(path, JSON.stringify(dashboard, null, 2));
  return true;
};

const panelsOf = (dashboard) => dashboard.panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]);

/** Grafana's variables hold durations or label values in place of which any value of the kind parses. */
const withoutVariables = (expression) =>
  expression.replaceAll(/\$\{?__(rate_)?interval\}?|\$__range/g, '5m').replaceAll(/\$\{?\w+\}?/g, 'x');

const layout = (path, dashboard) => {
  const findings = [];
  const panels = panelsOf(dashboard);
  if (new Set(panels.map(({ id }) => id)).size !== panels.length)
    findings.push({ file: path, message: 'two panels have the same id' });
  for (const [index, { gridPos: a, title }] of dashboard.panels.entries()) {
    for (const { gridPos: b, title: other } of dashboard.panels.slice(index + 1)) {
      if (a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h)
        findings.push({ file: path, message: `panels "${title}" and "${other}" overlap` });
    }
  }
  return findings;
};

/** One Grafana loads the dashboards of a folder, and of two with the same identifier it shows one. */
const sameIdentifiers = (tree) => {
  const first = new Map();
  const findings = [];
  for (const [path, text] of tree) {
    const key = `${posix.dirname(path)} ${JSON.parse(text).uid}`;
    if (first.has(key)) findings.push({ file: path, message: `has the same uid as ${first.get(key)}` });
    else first.set(key, path);
  }
  return findings;
};

const rulesOf = (dashboard) => {
  const expressions = panelsOf(dashboard)
    .flatMap(({ targets }) => targets ?? [])
    .map(({ expr }) => expr);
  const rules = expressions.map((expr, index) => ({ record: `panel:${index}:expr`, expr: withoutVariables(expr) }));
  return stringify({ groups: [{ name: 'panels', rules }] });
};

const brokenQueries = (different) => {
  const files = new Map(different.map(({ path, dashboard }) => [path.replace(/json$/, 'yaml'), rulesOf(dashboard)]));
  return withFolder(files, async (folder) => {
    const check = (paths) => run('promtool', ['check', 'rules', ...paths], { cwd: folder });
    const all = await check([...files.keys()]);
    if (all.code === 0) return [];
    const findings = await findingsOf(different, async ({ path }) => {
      const { code, all: said } = await check([path.replace(/json$/, 'yaml')]);
      return code === 0 ? [] : [{ file: path, message: said.trim() }];
    });
    return findings.length > 0 ? findings : [{ file: different[0].path, message: all.all.trim() }];
  });
};

export const judge = {
  name: 'grafana',
  about:
    'dashboard: dashboard and time series schemas, promtool on every panel query, unique panel ids and uids, panels that do not overlap',
  subjects: (tree) => matching(tree, file),
  examine: async (tree) => {
    const schema = await validator('grafana/dashboard.schema.json');
    // An environment's dashboards are often the same, byte for byte.
    const different = [...new Map([...tree].map(([path, text]) => [text, path]).reverse())].map(([text, path]) => ({
      path,
      dashboard: JSON.parse(text),
    }));
    return [
      ...different.flatMap(({ path, dashboard }) => [
        ...schema(dashboard).map((message) => ({ file: path, message })),
        ...layout(path, dashboard),
      ]),
      ...sameIdentifiers(tree),
      ...(await brokenQueries(different)),
    ];
  },
  mutants: [
    {
      name: 'unknown field at the top',
      mutate: change((dashboard) => {
        dashboard.tagz = [];
      }),
      must: /tagz/,
    },
    {
      name: 'grid of a panel as text',
      mutate: change((dashboard) => {
        dashboard.panels[0].gridPos.w = 'wide';
      }),
      must: /gridPos|panels/,
    },
    {
      name: 'panels that overlap',
      mutate: change((dashboard) => {
        dashboard.panels[1].gridPos = dashboard.panels[0].gridPos;
      }),
      must: /overlap/,
    },
    {
      name: 'the same panel id twice',
      mutate: change((dashboard) => {
        dashboard.panels[1].id = dashboard.panels[0].id;
      }),
      must: /same id/,
    },
    {
      name: 'the same uid twice',
      mutate: (tree) => {
        const [[path, text]] = tree;
        tree.set(path.replace('.json', '-dashboard-copy.json'), `${text}\n`);
        return true;
      },
      must: /same uid/,
    },
    {
      name: 'query that does not parse',
      mutate: change((dashboard) => {
        panelsOf(dashboard).find(({ targets }) => targets?.length > 0).targets[0].expr += ')';
      }),
      must: /parse|unexpected/,
    },
  ],
};
