// promtool check config on prometheus.yml: its rule files are there and valid, and its targets are services of the compose files.
import { writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { parse, stringify } from 'yaml';
import { edit, swap } from '../mutate.mjs';
import { findingsOf, run } from '../process.mjs';
import { matching, withFolder } from '../tree.mjs';

const configuration = /(?:^|\/)prometheus\.ya?ml$/;
const compose = /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/;
const readable = /\.(?:ya?ml|json)$/;

const glob = (pattern) => new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`);

/**
 * The place in the tree of a path inside the container: the longest tail of it that names something, seen from the
 * configuration's folder or from the top. Null when there is none.
 */
const placeOf = (tree, file, path) => {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  for (let first = 0; first < parts.length; first += 1) {
    const tail = parts.slice(first).join('/');
    for (const base of [posix.dirname(file), '.']) {
      const candidate = posix.join(base, tail);
      if ([...tree.keys()].some((name) => glob(candidate).test(name))) return candidate;
    }
  }
  return null;
};

/** The configuration with its paths found in the tree, and findings for those that are not. */
const located = (tree, file, text) => {
  const findings = [];
  const config = parse(text);
  const locate = (path) => {
    const place = placeOf(tree, file, path);
    if (place === null) findings.push({ file, message: `${path} matches no file` });
    return place === null ? path : posix.relative(posix.dirname(file), place);
  };
  if (config.rule_files !== undefined) config.rule_files = config.rule_files.map(locate);
  const secrets = (value) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      // Secrets are mounted at run time.
      if (key.endsWith('_file') && typeof inner === 'string') value[key] = posix.basename(file);
      else secrets(inner);
    }
  };
  secrets(config);
  for (const { file_sd_configs: lists = [] } of config.scrape_configs ?? [])
    for (const list of lists) list.files = list.files.map(locate);
  return { config, findings };
};

/** A compose file and what it includes, as paths in the tree. */
const withIncluded = (tree, file, found = new Set()) => {
  if (found.has(file) || !tree.has(file)) return found;
  found.add(file);
  for (const entry of parse(tree.get(file))?.include ?? []) {
    for (const path of [typeof entry === 'string' ? entry : entry.path].flat())
      withIncluded(tree, posix.join(posix.dirname(file), path), found);
  }
  return found;
};

/** The compose files of the folder nearest to the configuration: the one that runs it, and not another environment's. */
const composeFilesOf = (tree, file) => {
  const folder = posix.dirname(file);
  const own = [...matching(tree, compose).keys()].filter((path) => posix.dirname(path) === folder);
  if (own.length > 0 || folder === '.') return own;
  return composeFilesOf(tree, folder);
};

const serviceNames = (tree, file) => {
  const names = new Set(['localhost', '127.0.0.1']);
  const files = composeFilesOf(tree, file).flatMap((path) => [...withIncluded(tree, path)]);
  for (const path of files) {
    for (const [name, service] of Object.entries(parse(tree.get(path))?.services ?? {})) {
      names.add(name);
      if (service?.container_name !== undefined) names.add(service.container_name);
      for (const network of Object.values(service?.networks ?? {}))
        for (const alias of network?.aliases ?? []) names.add(alias);
    }
  }
  return names;
};

const targetsOf = (config) => [
  ...(config.scrape_configs ?? []).flatMap(({ static_configs: lists = [] }) => lists),
  ...(config.alerting?.alertmanagers ?? []).flatMap(({ static_configs: lists = [] }) => lists),
];

const unknownTargets = (tree, file, config) => {
  const names = serviceNames(tree, file);
  return targetsOf(config)
    .flatMap(({ targets = [] }) => targets)
    .map((target) => target.replace(/^\w+:\/\//, '').split(/[/:]/)[0])
    .filter((host) => !names.has(host))
    .map((host) => ({ file, message: `target ${host} is no service of its compose file` }));
};

const rulesOf = (config) => config.rule_files ?? [];

export const judge = {
  name: 'prometheus-config',
  about: 'prometheus.yml: `promtool check config` with every lint fatal, rule files found, targets among the services',
  platform: true,
  // What lies below the compose file that runs it: the services, the rules, lists of targets.
  subjects: (tree) => {
    const folders = [...matching(tree, configuration).keys()].map((file) => {
      const [first] = composeFilesOf(tree, file);
      return first === undefined ? posix.dirname(file) : posix.dirname(first);
    });
    const isBelow = (path) => folders.some((folder) => folder === '.' || path.startsWith(`${folder}/`));
    return matching(tree, readable, isBelow);
  },
  examine: (tree) =>
    withFolder(tree, (folder) =>
      findingsOf(matching(tree, configuration), async ([file, text]) => {
        let place;
        try {
          place = located(tree, file, text);
        } catch (error) {
          return [{ file, message: `not YAML: ${error.message}` }];
        }
        const { config, findings } = place;
        findings.push(...unknownTargets(tree, file, config));
        if (rulesOf(config).length === 0) findings.push({ file, message: 'it loads no rule file' });
        await writeFile(join(folder, file), stringify(config));
        const { code, all } = await run('promtool', ['check', 'config', '--lint=all', '--lint-fatal', file], {
          cwd: folder,
        });
        if (code !== 0) findings.push({ file, message: all.trim().slice(0, 3000) });
        return findings;
      }),
    ),
  mutants: [
    { name: 'not YAML', mutate: swap(configuration, /^scrape_configs:/m, 'scrape_configs: ]'), must: /not YAML/ },
    {
      name: 'unknown field',
      mutate: edit(configuration, (config) => {
        config.scrape_configs[0].scrape_intervall = '30s';
      }),
      must: /scrape_intervall/,
    },
    {
      name: 'job twice',
      mutate: edit(configuration, (config) => {
        config.scrape_configs.push(structuredClone(config.scrape_configs[0]));
      }),
      must: /job_name|multiple scrape configs/,
    },
    {
      name: 'timeout above the interval',
      mutate: edit(configuration, (config) => {
        Object.assign(config.scrape_configs[0], { scrape_interval: '10s', scrape_timeout: '30s' });
      }),
      must: /timeout/,
    },
    {
      name: 'rule file that is not there',
      mutate: edit(configuration, (config) => {
        config.rule_files = [...rulesOf(config), '/etc/prometheus/nothing.yaml'];
      }),
      must: /matches no file/,
    },
    {
      name: 'no rule file',
      mutate: edit(configuration, (config) => {
        delete config.rule_files;
      }),
      must: /loads no rule file/,
    },
    {
      name: 'target that nobody runs',
      mutate: edit(configuration, (config) => {
        config.scrape_configs.push({ job_name: 'nobody', static_configs: [{ targets: ['nobody:9090'] }] });
      }),
      must: /target nobody is no service/,
    },
    {
      name: 'target with a path',
      mutate: edit(configuration, (config) => {
        config.scrape_configs.push({ job_name: 'path', static_configs: [{ targets: ['localhost:9090/metrics'] }] });
      }),
      must: /not a valid hostname|valid.*target|host/,
    },
    {
      name: 'relabelling that does not parse',
      mutate: edit(configuration, (config) => {
        config.scrape_configs[0].relabel_configs = [{ source_labels: ['a'], regex: '(', target_label: 'b' }];
      }),
      must: /regexp|missing/,
    },
    {
      name: 'expression of a loaded rule that does not parse',
      mutate: (tree) => {
        for (const [file, text] of matching(tree, configuration)) {
          for (const path of rulesOf(parse(text))) {
            const place = placeOf(tree, file, path);
            const [name] = [...tree.keys()].filter((candidate) => place !== null && glob(place).test(candidate));
            if (name === undefined) continue;
            tree.set(name, tree.get(name).replace(/expr: .*$/m, 'expr: "rate("'));
            return true;
          }
        }
        return false;
      },
      must: /parse|unclosed|unexpected/,
    },
  ],
};
