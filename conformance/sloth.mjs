// Compares the burn-rate alerts of each objective with Sloth's for the same objective, by evaluating both on the same four days.
import { posix } from 'node:path';
import { parse, stringify } from 'yaml';
import { must, pooled, run, toolEnvironment } from './process.mjs';
import { matching, withFolder } from './tree.mjs';

const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'];
const perMinute = 10_000;
const minutesPerDay = 24 * 60;
const days = 4;

/**
 * What share of the budget's pace burns from which minute on: each pair of windows is crossed alone and together, from below and
 * from above, with bursts too short to tell and recoveries that only the short window sees.
 */
const course = [
  { from: 0, pace: 0 },
  { from: 60, pace: 16 },
  { from: 66, pace: 0 },
  { from: 180, pace: 16 },
  { from: 260, pace: 0 },
  { from: 420, pace: 14.3 },
  { from: 500, pace: 14.5 },
  { from: 560, pace: 0.5 },
  { from: 900, pace: 6.4 },
  { from: 1400, pace: 0 },
  { from: 1800, pace: 3.4 },
  { from: 2600, pace: 0 },
  { from: 3000, pace: 1.2 },
  { from: 4400, pace: 0.9 },
  { from: 4600, pace: 0 },
  { from: 5000, pace: 14.3 },
  { from: 5070, pace: 14.5 },
  { from: 5140, pace: 0 },
];

const paceAt = (minute) => course.findLast(({ from }) => from <= minute).pace;

/** The objectives of a rules file, with the rules that belong to them. */
const objectivesOf = (rules) => {
  const groups = rules.groups.filter((group) => group.rules.every((rule) => rule.labels?.slo !== undefined));
  const all = groups.flatMap((group) => group.rules);
  const names = [...new Set(all.map((rule) => rule.labels.slo))];
  return names.map((slo) => ({
    slo,
    groups,
    query: all.find((rule) => rule.record === 'slo:sli_error:ratio_rate5m' && rule.labels.slo === slo).expr,
    objective: /vector\((.*)\)/.exec(
      all.find((rule) => rule.record === 'slo:objective:ratio' && rule.labels.slo === slo).expr,
    )[1],
    page: all.find((rule) => rule.labels.slo === slo && rule.alert?.endsWith('BurnsFast'))?.alert,
    ticket: all.find((rule) => rule.labels.slo === slo && rule.alert?.endsWith('BurnsSlowly'))?.alert,
  }));
};

const slothRules = async ({ slo, objective, query }) => {
  const specification = {
    version: 'prometheus/v1',
    service: 'compared',
    // A decimal such as 99.9 from 0.999 without the dust of binary fractions.
    slos: [
      {
        name: slo,
        objective: Number((Number(objective) * 100).toFixed(6)),
        sli: { raw: { error_ratio_query: query.replaceAll('[5m]', '[{{.window}}]') } },
        alerting: {
          name: 'Sloth',
          page_alert: { labels: { severity: 'page' } },
          ticket_alert: { labels: { severity: 'ticket' } },
        },
      },
    ],
  };
  return withFolder(new Map([['slo.yaml', stringify(specification)]]), async (folder) => {
    await must('sloth', ['generate', '--default-slo-period', '30d', '--input', 'slo.yaml', '--out', 'rules.yaml'], {
      cwd: folder,
    });
    return parse((await must('cat', ['rules.yaml'], { cwd: folder })).stdout);
  });
};

/** Counters over the course, under the names of the series that the generated tests of this objective use. */
const seriesOf = (tests, { slo, objective }) => {
  const own = tests.tests.find((test) =>
    (test.alert_rule_test ?? []).some(({ exp_alerts: expected }) =>
      (expected ?? []).some(({ exp_labels: labels }) => labels.slo === slo),
    ),
  );
  const budget = 1 - Number(objective);
  const bucket = own.input_series.some(({ series }) => series.includes('_bucket'));
  const counters = own.input_series
    .filter(({ series }) => !/route="\/(live|ready|health|metrics)/.test(series))
    .map(({ series }) => ({ series, total: 0, values: [0] }));
  for (let minute = 1; minute < days * minutesPerDay; minute += 1) {
    const bad = Math.round(perMinute * Math.min(1, paceAt(minute) * budget));
    for (const counter of counters) {
      const failed = /="5\d\d"/.test(counter.series);
      if (bucket) counter.total += counter.series.includes('_bucket') ? perMinute - bad : failed ? 0 : perMinute;
      else counter.total += failed ? bad : perMinute - bad;
      counter.values.push(counter.total);
    }
  }
  return counters.map(({ series, values }) => ({ series, values: values.join(' ') }));
};

const firing = (alert, more = '') => `group(ALERTS{alertname="${alert}",alertstate="firing"${more}})`;

const compare = async (objective, sloth, tests) => {
  const pairs = [
    [firing(objective.page, `,slo="${objective.slo}"`), firing('Sloth', ',sloth_severity="page"')],
    [firing(objective.ticket, `,slo="${objective.slo}"`), firing('Sloth', ',sloth_severity="ticket"')],
  ];
  const checks = [];
  const nothing = (expr, minute) => checks.push({ expr, eval_time: `${minute}m`, exp_samples: [] });
  for (let minute = 5; minute < days * minutesPerDay; minute += 5) {
    for (const [ours, theirs] of pairs) {
      nothing(`${ours} unless ${theirs}`, minute);
      nothing(`${theirs} unless ${ours}`, minute);
    }
    if (minute % 60 !== 0) continue;
    for (const window of windows) {
      const record = `slo:sli_error:ratio_rate${window}`;
      nothing(
        `abs(max(${record}{slo="${objective.slo}"}) - max(${record}{sloth_slo="${objective.slo}"})) > 1e-12`,
        minute,
      );
    }
  }
  // The course has to reach both alerts, or agreement would mean nothing.
  for (const [minute, alert] of [
    [250, pairs[0][1]],
    [2500, pairs[1][1]],
  ])
    checks.push({ expr: alert, eval_time: `${minute}m`, exp_samples: [{ labels: '{}', value: 1 }] });
  const files = new Map([
    ['ours.yaml', stringify({ groups: objective.groups })],
    ['sloth.yaml', stringify(sloth)],
    [
      'test.yaml',
      stringify({
        rule_files: ['ours.yaml', 'sloth.yaml'],
        evaluation_interval: '5m',
        group_eval_order: [...sloth.groups, ...objective.groups].map(({ name }) => name),
        tests: [{ interval: '1m', input_series: seriesOf(tests, objective), promql_expr_test: checks }],
      }),
    ],
  ]);
  const { code, all } = await withFolder(files, (folder) =>
    run('promtool', ['test', 'rules', 'test.yaml'], { cwd: folder, env: { ...toolEnvironment(), GOGC: '400' } }),
  );
  return code === 0 ? [] : [{ file: objective.slo, message: all.trim().slice(0, 1500) }];
};

/** What is compared of an objective, with one name for all services and namespaces: the same arithmetic on the same kinds of series. */
const arithmetic = (objective, service) => {
  const rules = objective.groups
    .flatMap((group) => group.rules)
    .filter(({ labels }) => labels.slo === objective.slo)
    .map(({ record, expr, for: pending }) => [record, expr, pending]);
  return JSON.stringify([objective.slo, rules])
    .replaceAll(/namespace=\\"[^"\\]*\\"/g, 'NAMESPACE')
    .replaceAll(new RegExp(`\\b${service}\\b`, 'g'), 'SERVICE');
};

/** The objectives of the strictest environment, those of a platform's services too; each arithmetic once. */
const comparisons = (examples) => {
  const found = new Map();
  for (const { example, tree } of examples) {
    for (const [path, text] of matching(tree, /(?:^|\/)monitoring\/(?:production\/)?rules\.yaml$/)) {
      const service = path.split('/monitoring/').length === 1 ? example : posix.basename(path.split('/monitoring/')[0]);
      const tests = parse(tree.get(path.replace('rules.yaml', 'rules.test.yaml')));
      for (const objective of objectivesOf(parse(text))) {
        const key = arithmetic(objective, service);
        if (!found.has(key)) found.set(key, { name: service, objective, tests });
      }
    }
  }
  return [...found.values()];
};

/** Thresholds of the page 2% too high. */
const spoilt = (objective) => {
  const wrong = structuredClone(objective);
  for (const rule of wrong.groups.flatMap((group) => group.rules).filter(({ alert }) => alert === objective.page)) {
    rule.expr = rule.expr.replaceAll(
      /(ratio_rate(?:1h|5m)\{[^}]*\}\s*>\s*\(?)([\d.]+)/g,
      (_, before, limit) => `${before}${Number(limit) * 1.02}`,
    );
  }
  return wrong;
};

/** One check per objective, and one with a wrong factor that has to be noticed. */
export async function* checks(examples) {
  const objectives = comparisons(examples);
  if (objectives.length === 0) {
    yield { name: 'objectives', findings: [{ file: 'examples', message: 'no example has an objective' }] };
    return;
  }
  const [first] = objectives;
  yield* await pooled([{ ...first, objective: spoilt(first.objective), wrong: true }, ...objectives], async (one) => {
    const findings = await compare(one.objective, await slothRules(one.objective), one.tests);
    if (one.wrong !== true)
      return {
        name: `${one.name} ${one.objective.slo} pages and tickets exactly when Sloth does, ${days} days`,
        findings,
      };
    return {
      name: 'goes red: a threshold 2% too high',
      findings: findings.length > 0 ? [] : [{ file: one.name, message: 'not noticed' }],
    };
  });
}
