// promtool on the rules and on their tests; every alert must have a case in which it fires and one in which it does not.
import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { deployedManifests, environmentNames, objectsOf } from '../manifests.mjs';
import { edit, swap } from '../mutate.mjs';
import { findingsOf, run, toolEnvironment } from '../process.mjs';
import { rules, tests, testsOf } from '../rules.mjs';
import { matching, withFolder } from '../tree.mjs';

const firstAlert = (change) =>
  edit(rules, ({ groups }) => {
    const alert = groups.flatMap((group) => group.rules).find((rule) => rule.alert !== undefined);
    return alert === undefined ? false : change(alert, groups);
  });

const casesOf = (text) => parse(text).tests.flatMap((test) => test.alert_rule_test ?? []);

/** Alerts without a firing case, or without a silent one, in the tests of their rules. */
const unproven = (tree) => {
  const findings = [];
  for (const [file, text] of matching(tree, rules)) {
    const cases = [...testsOf(tree, file).values()].flatMap(casesOf);
    const alerts = parse(text)
      .groups.flatMap((group) => group.rules)
      .filter((rule) => rule.alert !== undefined);
    for (const { alert } of alerts) {
      const own = cases.filter(({ alertname }) => alertname === alert);
      const fires = ({ exp_alerts: expected }) => (expected ?? []).length > 0;
      if (!own.some(fires)) findings.push({ file, message: `${alert} has no case in which it fires` });
      if (own.every(fires)) findings.push({ file, message: `${alert} has no case in which it stays silent` });
    }
  }
  return findings;
};

/** A test makes little that stays and much that goes: a quarter of the time went to collecting it. */
const seldomCollecting = { ...toolEnvironment(), GOGC: '400' };

/** Not a file of the example: the names of its environments, one a line. */
const environmentsFile = 'environments.txt';

const applied = / PrometheusRule /;

/** The rules that reach a cluster: where and under which name → their groups. */
const appliedRules = async (tree) =>
  [...(await deployedManifests(tree))].flatMap(([file, text]) =>
    objectsOf(text)
      .filter(({ kind }) => kind === 'PrometheusRule')
      .map(({ metadata: { name }, spec }) => [`${file}: PrometheusRule ${name}`, JSON.stringify(spec.groups)]),
  );

/** Rules in a cluster that are not those of a file whose tests have run. */
const strayRules = (tree) => {
  const proven = [...matching(tree, rules).values()].map((text) => parse(text).groups);
  return [...matching(tree, applied)]
    .filter(([, text]) => !proven.some((groups) => isDeepStrictEqual(groups, JSON.parse(text))))
    .map(([file]) => ({ file, message: 'its groups are not those of any file of rules that is tested' }));
};

/** A word in place of the name of each environment: laptops of two environments have the same rules but for these. */
const withoutEnvironment = (environments, text) =>
  environments.reduce((result, name) => result.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), 'ENVIRONMENT'), text);

/** Each test once, with the rules that it loads; a test reads nothing else, and what an environment is called decides nothing. */
const differentTests = (tree) => {
  const first = new Map();
  const environments = [...(tree.get(environmentsFile) ?? '').split('\n')].filter((name) => name !== '');
  for (const [path, text] of matching(tree, tests)) {
    const loaded = (parse(text).rule_files ?? []).map(
      (file) => tree.get(posix.join(posix.dirname(path), file)) ?? file,
    );
    const key = [text, ...loaded].map((part) => withoutEnvironment(environments, part)).join('\0');
    if (!first.has(key)) first.set(key, path);
  }
  return first.values();
};

export const judge = {
  name: 'promtool',
  about:
    'rules: `check rules` with every lint fatal, `test rules`, a firing and a silent case for every alert; clusters get the same rules',
  subjects: async (tree) =>
    matching(tree, rules).size === 0
      ? new Map()
      : new Map([
          ...matching(tree, rules),
          ...matching(tree, tests),
          ...(await appliedRules(tree)),
          [environmentsFile, [...environmentNames(tree)].join('\n')],
        ]),
  examine: (tree) =>
    withFolder(tree, async (folder) => {
      const check = (paths) =>
        run('promtool', ['check', 'rules', '--lint=all', '--lint-fatal', ...paths], { cwd: folder });
      const files = [...matching(tree, rules).keys()];
      // All at once, since nearly always there is nothing to say; one by one to tell what is said of which.
      const all = await check(files);
      const broken =
        all.code === 0
          ? []
          : await findingsOf(files, async (path) => {
              const { code, all: said } = await check([path]);
              return code === 0 ? [] : [{ file: path, message: said.trim() }];
            });
      // A test of rules that cannot be loaded says the same again, slower.
      if (broken.length > 0) return broken;
      if (all.code !== 0) return [{ file: files[0], message: all.all.trim() }];
      const findings = await findingsOf(differentTests(tree), async (path) => {
        const { code, all: said } = await run('promtool', ['test', 'rules', path], {
          cwd: folder,
          env: seldomCollecting,
        });
        return code === 0 ? [] : [{ file: path, message: said.trim().slice(0, 3000) }];
      });
      return findings.length > 0 ? findings : [...unproven(tree), ...strayRules(tree)];
    }),
  mutants: [
    {
      name: 'expression that does not parse',
      mutate: firstAlert((rule) => {
        rule.expr = `(${rule.expr}`;
      }),
      must: /could not parse|parse error|unclosed/,
    },
    {
      name: 'unknown function',
      mutate: firstAlert((rule) => {
        rule.expr = `rat(${rule.expr})`;
      }),
      must: /unknown function/,
    },
    {
      name: 'unknown field',
      mutate: firstAlert((rule) => {
        rule.fro = '5m';
      }),
      must: /fro/,
    },
    {
      name: 'duration without a unit',
      mutate: firstAlert((rule) => {
        rule.for = '5 minutes';
      }),
      must: /duration/,
    },
    {
      name: 'the same rule twice',
      mutate: firstAlert((_, groups) => {
        groups[0].rules.push(structuredClone(groups[0].rules[0]));
      }),
      must: /duplicate/,
    },
    {
      name: 'alert that always fires',
      mutate: firstAlert((rule) => {
        rule.expr = 'vector(1)';
        delete rule.for;
      }),
      must: /FAILED/,
    },
    {
      name: 'alert that never fires',
      mutate: firstAlert((rule) => {
        rule.expr = 'vector(1) > 2';
      }),
      must: /FAILED/,
    },
    {
      name: 'severity of an alert changed',
      mutate: firstAlert((rule) => {
        rule.labels.severity = 'other';
      }),
      must: /FAILED/,
    },
    {
      name: 'burn rate ten times too high',
      mutate: edit(rules, ({ groups }) => {
        const alert = groups.flatMap((group) => group.rules).find((rule) => /14\.4/.test(rule.expr));
        if (alert === undefined) return false;
        alert.expr = alert.expr.replaceAll('14.4', '144');
        return true;
      }),
      must: /FAILED/,
    },
    {
      name: 'alert without a test',
      mutate: firstAlert((rule, groups) => {
        groups[0].rules.push({ ...structuredClone(rule), alert: 'Untested', expr: `${rule.expr} > 0` });
      }),
      must: /FAILED|Untested has no case/,
    },
    {
      name: 'a test file that tests nothing',
      mutate: edit(tests, (file) => {
        file.tests = [];
      }),
      must: /has no case/,
    },
    {
      name: 'other rules in the cluster',
      mutate: (tree) => {
        const [[file, text] = []] = matching(tree, applied);
        if (file === undefined) return false;
        tree.set(file, text.replace('"for":"', '"for":"1'));
        return true;
      },
      must: /are not those of any file/,
    },
    { name: 'not YAML', mutate: swap(rules, /^groups:/m, 'groups: ]'), must: /yaml|could not|did not find/i },
  ],
};
