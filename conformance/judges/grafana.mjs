// Grafana's published schema on the dashboard, and promtool on the query of every panel.
import { stringify } from 'yaml';
import { run } from '../process.mjs';
import { validator } from '../schemas.mjs';
import { matching, withFolder } from '../tree.mjs';

const file = /(?:^|\/)monitoring\/.*dashboard.*\.json$/;

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

export const judge = {
  name: 'grafana',
  about:
    'dashboard: dashboard and time series schemas, promtool on every panel query, unique panel ids, panels that do not overlap',
  subjects: (tree) => matching(tree, file),
  examine: async (tree) => {
    const findings = [];
    const dashboardSchema = await validator('grafana/dashboard.schema.json');
    for (const [path, text] of tree) {
      const dashboard = JSON.parse(text);
      findings.push(...dashboardSchema(dashboard).map((message) => ({ file: path, message })));
      const panels = panelsOf(dashboard);
      if (new Set(panels.map(({ id }) => id)).size !== panels.length)
        findings.push({ file: path, message: 'two panels have the same id' });
      for (const [index, { gridPos: a, title }] of dashboard.panels.entries()) {
        for (const { gridPos: b, title: other } of dashboard.panels.slice(index + 1)) {
          if (a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h)
            findings.push({ file: path, message: `panels "${title}" and "${other}" overlap` });
        }
      }
      const expressions = panels.flatMap(({ targets }) => targets ?? []).map(({ expr }) => expr);
      const rules = {
        groups: [
          {
            name: 'panels',
            rules: expressions.map((expr, index) => ({ record: `panel:${index}:expr`, expr: withoutVariables(expr) })),
          },
        ],
      };
      const { code, all } = await withFolder(new Map([['rules.yaml', stringify(rules)]]), (folder) =>
        run('promtool', ['check', 'rules', 'rules.yaml'], { cwd: folder }),
      );
      if (code !== 0) findings.push({ file: path, message: all.trim() });
    }
    return findings;
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
      name: 'query that does not parse',
      mutate: change((dashboard) => {
        panelsOf(dashboard).find(({ targets }) => targets?.length > 0).targets[0].expr += ')';
      }),
      must: /parse|unexpected/,
    },
  ],
};
