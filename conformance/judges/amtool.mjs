// amtool on Alertmanager's configuration: check-config, and where each case of the test beside it is routed.
import { posix } from 'node:path';
import { parse } from 'yaml';
import { edit, swap } from '../mutate.mjs';
import { run } from '../process.mjs';
import { matching, withFolder } from '../tree.mjs';

const configuration = /(?:^|\/)alertmanager\.ya?ml$/;
const cases = /(?:^|\/)alertmanager-routes\.test\.ya?ml$/;
const templates = /\.tmpl$/;

/** Templates are looked for beside the configuration: in a container they lie elsewhere. */
const withLocalTemplates = (text) => text.replace(/^(\s*- *["']?)\/\S*\/([^/\s]+\.tmpl)/gm, '$1$2');

const beside = (tree, file, pattern) =>
  [...matching(tree, pattern)].filter(([path]) => posix.dirname(path) === posix.dirname(file));

const checkRoutes = async (folder, file, [path, text]) => {
  const findings = [];
  for (const { labels, receivers } of parse(text) ?? []) {
    const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    const { code, all } = await run(
      'amtool',
      ['config', 'routes', 'test', `--config.file=${file}`, `--verify.receivers=${receivers.join(',')}`, ...pairs],
      { cwd: folder },
    );
    if (code !== 0) findings.push({ file: path, message: `${pairs.join(' ')}: ${all.trim()}` });
  }
  return findings;
};

/** Receivers that no case expects: nobody has shown that an alert reaches them. */
const unreached = (file, text, tests) => {
  const expected = new Set(tests.flatMap(([, body]) => (parse(body) ?? []).flatMap(({ receivers }) => receivers)));
  return (parse(text).receivers ?? [])
    .filter(({ name }) => !expected.has(name))
    .map(({ name }) => ({ file, message: `no case is routed to the receiver ${name}` }));
};

export const judge = {
  name: 'amtool',
  about: 'alertmanager.yml: `check-config`, and `config routes test` for every case of alertmanager-routes.test.yaml',
  platform: true,
  subjects: (tree) =>
    new Map([...matching(tree, configuration), ...matching(tree, cases), ...matching(tree, templates)]),
  examine: (tree) => {
    const copy = new Map([...tree].map(([path, text]) => [path, withLocalTemplates(text)]));
    return withFolder(copy, async (folder) => {
      const findings = [];
      const files = [...matching(tree, configuration)];
      if (files.length === 0) findings.push({ file: 'amtool', message: 'there is no alertmanager.yml' });
      for (const [file, text] of files) {
        const { code, all } = await run('amtool', ['check-config', file], { cwd: folder });
        if (code !== 0) {
          findings.push({ file, message: all.trim() });
          continue;
        }
        const wanted = (parse(text).templates ?? []).length;
        const found = Number(/(\d+) templates/.exec(all)?.[1] ?? 0);
        if (wanted > 0 && found === 0) findings.push({ file, message: 'its templates are not there' });
        const tests = beside(tree, file, cases);
        if (tests.length === 0) findings.push({ file, message: 'there is no alertmanager-routes.test.yaml beside it' });
        for (const test of tests) findings.push(...(await checkRoutes(folder, file, test)));
        findings.push(...unreached(file, text, tests));
      }
      return findings;
    });
  },
  mutants: [
    { name: 'not YAML', mutate: swap(configuration, /^route:/m, 'route: ]'), must: /yaml/ },
    {
      name: 'unknown field',
      mutate: edit(configuration, (config) => {
        config.route.group_wate = '30s';
      }),
      must: /group_wate/,
    },
    {
      name: 'receiver that is not there',
      mutate: edit(configuration, (config) => {
        config.route.receiver = 'nobody';
      }),
      must: /undefined receiver/,
    },
    {
      name: 'receiver twice',
      mutate: edit(configuration, (config) => {
        config.receivers.push(structuredClone(config.receivers[0]));
      }),
      must: /not unique/,
    },
    {
      name: 'duration that is none',
      mutate: edit(configuration, (config) => {
        config.route.repeat_interval = '4 hours';
      }),
      must: /duration/,
    },
    {
      name: 'matcher that is none',
      mutate: edit(configuration, (config) => {
        config.route.routes[0].matchers = ['owner=='];
      }),
      must: /matcher|expected|bad/,
    },
    {
      name: 'first route left out',
      mutate: edit(configuration, (config) => {
        config.route.routes.shift();
      }),
      must: /Expected receivers did not match/,
    },
    {
      name: 'one route takes everything',
      mutate: edit(configuration, (config) => {
        config.route.routes.unshift({ receiver: config.receivers.at(-1).name });
      }),
      must: /Expected receivers did not match/,
    },
    {
      name: 'case of a receiver left out',
      mutate: edit(cases, (list) => {
        list.splice(0, list.length, list[0]);
      }),
      must: /no case is routed to/,
    },
  ],
};
