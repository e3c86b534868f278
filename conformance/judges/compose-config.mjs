// docker compose config on the compose file: compose's own schema and its rules between services.
import { edit, swap } from '../mutate.mjs';
import { run } from '../process.mjs';
import { withFolder } from '../tree.mjs';

// The backing services of the tests in CI are a compose file too.
const file = /(?:^|\/)(scripts\/ci\/.*\.)?compose\.ya?ml$/;
const firstService = (change) =>
  edit(file, (document) =>
    document.services === undefined ? false : change(Object.values(document.services)[0], document),
  );

export const judge = {
  name: 'compose-config',
  about: 'compose.yaml: `docker compose config` (v2) with every profile, without a warning',
  subjects: (tree) =>
    [...tree.keys()].some((path) => file.test(path))
      ? new Map([...tree].filter(([path]) => !path.startsWith('deploy/')))
      : new Map(),
  examine: (tree) =>
    withFolder(tree, async (folder) => {
      const findings = [];
      for (const path of [...tree.keys()].filter((name) => file.test(name))) {
        const { code, all } = await run('docker', ['compose', '--file', path, '--profile', '*', 'config', '--quiet'], {
          cwd: folder,
        });
        if (code !== 0 || all.trim() !== '') findings.push({ file: path, message: all.trim() || `ended with ${code}` });
      }
      return findings;
    }),
  mutants: [
    {
      name: 'unknown key of a service',
      mutate: firstService((service) => {
        service.read_onli = true;
      }),
      must: /read_onli/,
    },
    {
      name: 'unknown key at the top',
      mutate: edit(file, (document) => {
        document.servicez = {};
      }),
      must: /servicez/,
    },
    {
      name: 'depends on nobody',
      mutate: firstService((service) => {
        service.depends_on = { nobody: { condition: 'service_healthy' } };
      }),
      must: /nobody/,
    },
    {
      name: 'unknown condition',
      mutate: firstService((service, document) => {
        service.depends_on = { [Object.keys(document.services)[1] ?? 'x']: { condition: 'service_happy' } };
      }),
      must: /condition/,
    },
    {
      name: 'network that is not declared',
      mutate: firstService((service) => {
        service.networks = ['nowhere'];
      }),
      must: /nowhere/,
    },
    {
      name: 'volume that is not declared',
      mutate: firstService((service) => {
        service.volumes = ['nowhere:/data'];
      }),
      must: /nowhere/,
    },
    {
      name: 'secret that is not declared',
      mutate: firstService((service) => {
        service.secrets = ['nothing'];
      }),
      must: /nothing/,
    },
    {
      name: 'memory that is no size',
      mutate: firstService((service) => {
        service.deploy = { resources: { limits: { memory: 'much' } } };
      }),
      must: /memory|invalid size/,
    },
    {
      name: 'healthcheck interval without a unit',
      mutate: firstService((service) => {
        service.healthcheck = { test: ['CMD', 'true'], interval: 'often' };
      }),
      must: /interval|duration/,
    },
    {
      name: 'variable that is not set',
      mutate: firstService((service) => {
        service.environment = { X: '${GROUNDWORK_NOT_SET}' };
      }),
      must: /GROUNDWORK_NOT_SET/,
    },
    {
      name: 'cycle of dependencies',
      mutate: firstService((service, document) => {
        const [first, second] = Object.keys(document.services);
        if (second === undefined) return false;
        service.depends_on = [second];
        document.services[second].depends_on = [first];
        return true;
      }),
      must: /cycle/,
    },
    { name: 'not YAML', mutate: swap(file, /services:/, 'services: ]'), must: /yaml/i },
  ],
};
