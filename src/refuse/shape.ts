// Refuses what makes no sense together: nothing to run, a static site with processes, a start that swallows signals.
import { inClusters, once, type Refusal } from './refusal';

const nothingRuns: Refusal = {
  code: 'nothing-runs',
  severity: 'error',
  title: 'A service without a process',
  why: 'Without http, workers, jobs or a static site there is nothing to run.',
  check: ({ base }) =>
    once(
      base.workloads.length + base.jobs.length === 0
        ? [
            {
              path: [],
              message: 'the service has no http, no workers, no jobs and is no static site.',
              fix: 'Declare http: { port: 3000 }, a worker or a job.',
            },
          ]
        : [],
    ),
};

const startSwallowsSignals: Refusal = {
  code: 'start-swallows-signals',
  severity: 'error',
  title: 'A start command that does not pass signals on',
  why: 'npm, pnpm and yarn as process 1 end on SIGTERM without the service having closed its connections: each rollout drops requests.',
  check: ({ build }) =>
    once(
      build.shape === 'node' && ['npm', 'npx', 'pnpm', 'yarn', 'sh', 'bash'].includes(build.start[0] ?? '')
        ? [
            {
              path: ['runtime', 'start'],
              message: `"${build.start.join(' ')}" makes ${build.start[0]} process 1.`,
              fix: 'Name node itself: the command behind the script, for example node dist/index.js.',
            },
          ]
        : [],
    ),
};

const staticSiteRunsNothing: Refusal = {
  code: 'static-site-runs-nothing',
  severity: 'error',
  title: 'A static site with processes or needs of a server',
  why: 'nginx serves files: no code of the service runs there.',
  check: ({ build, base, variables }) => {
    if (build.shape !== 'static') return [];
    const parts = [
      ...base.workloads
        .filter(({ component }) => component === 'worker')
        .map(({ declaredName }) => ['workers', declaredName]),
      ...base.jobs.map(({ declaredName }) => ['jobs', declaredName]),
      ...(base.migration === null ? [] : [['migrations']]),
      ...base.bindings.map(({ key }) => ['needs', key]),
      ...variables.filter(({ origin }) => origin === 'secrets').map(({ declaredAt }) => [...declaredAt]),
    ];
    return once(
      parts.map((path) => ({
        path,
        message: `runtime.static: no process is there that could use ${path.join('.')}.`,
        fix: 'Remove it, or declare a service of its own.',
      })),
    );
  },
};

const buildTimeConfigDiffers: Refusal = {
  code: 'build-time-config-differs',
  severity: 'error',
  title: 'A value compiled into a site differs between environments',
  why: 'One image is built and promoted from staging to production: what is compiled in cannot change on the way.',
  check: (plan) => {
    if (plan.build.shape !== 'static') return [];
    const built = plan.build.buildArguments;
    return inClusters(plan, ({ config }) =>
      built
        .filter(({ name, value }) => config.find((entry) => entry.name === name)?.value !== value)
        .map(({ name, value }) => ({
          path: ['config', name],
          message: `${name} is compiled in as ${JSON.stringify(value)}, but is ${JSON.stringify(config.find((entry) => entry.name === name)?.value ?? null)} here.`,
          fix: 'Use a path that is the same everywhere (/api), or read it at run time.',
        })),
    );
  },
};

const callsItself: Refusal = {
  code: 'service-calls-itself',
  severity: 'error',
  title: 'A service that needs itself',
  why: 'It could never become ready first.',
  check: ({ base, identity }) =>
    once(
      base.calls.includes(identity.name)
        ? [
            {
              path: ['needs', 'services'],
              message: `the service calls itself (${identity.name}).`,
              fix: 'Remove it from needs.services.',
            },
          ]
        : [],
    ),
};

export const shapeRefusals: readonly Refusal[] = [
  buildTimeConfigDiffers,
  callsItself,
  nothingRuns,
  startSwallowsSignals,
  staticSiteRunsNothing,
];
