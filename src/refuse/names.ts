// Refuses names and variables that would be two things at once.
import { inClusters, once, type Refusal } from './refusal';

const reserved = [
  ...['secrets', 'outside', 'published', 'default'],
  ...['proxy', 'proxy-exporter', 'monitoring', 'logging', 'tracing'],
  ...['prometheus', 'alertmanager', 'grafana', 'apm-server', 'certificates'],
  ...['logs-elasticsearch', 'logs-setup', 'logs-kibana', 'logs-filebeat'],
];

const reservedName: Refusal = {
  code: 'reserved-name',
  severity: 'error',
  title: 'A name that the generated files use themselves',
  why: 'Two things of one name would be one in compose.',
  check: ({ identity, base }) =>
    once([
      ...(reserved.includes(identity.name)
        ? [
            {
              path: ['name'],
              message: `"${identity.name}" is a name of the compose file's own.`,
              fix: 'Choose another name, for example one that ends in -service.',
            },
          ]
        : []),
      ...base.bindings.flatMap(({ key, instance }) =>
        key === identity.name ||
        instance === identity.name ||
        reserved.includes(key) ||
        key === 'dns' ||
        key === 'pod-identity'
          ? [
              {
                path: ['needs', key],
                message: `the need "${key}" has the name of ${key === identity.name ? 'the service' : 'something generated'}.`,
                fix: 'Choose another name.',
              },
            ]
          : [],
      ),
    ]),
};

// Kubernetes appends 11 characters to a CronJob's name for each run: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/

const longestJobName = 52;

const longestWorkerName = 52;

const nameTooLong: Refusal = {
  code: 'name-too-long',
  severity: 'error',
  title: 'Service and job together have too long a name',
  why: 'A name in Kubernetes has at most 63 characters, a CronJob 52, since each run adds 11.',
  check: ({ base }) =>
    once([
      ...base.jobs
        .filter(({ name }) => name.length > longestJobName)
        .map(({ name, declaredName }) => ({
          path: ['jobs', declaredName],
          message: `"${name}" has ${name.length} characters, a CronJob may have ${longestJobName}.`,
          fix: `Shorten the job's name by ${name.length - longestJobName}.`,
        })),
      ...base.workloads
        .filter(({ name, component }) => component === 'worker' && name.length > longestWorkerName)
        .map(({ name, declaredName }) => ({
          path: ['workers', declaredName],
          message: `"${name}" has ${name.length} characters, more than ${longestWorkerName}.`,
          fix: `Shorten the worker's name by ${name.length - longestWorkerName}.`,
        })),
    ]),
};

const nameTaken: Refusal = {
  code: 'workload-name-taken',
  severity: 'error',
  title: 'A worker and a job of one name',
  why: 'Both would be one object.',
  check: ({ base, identity }) => {
    const workers = base.workloads
      .filter(({ component }) => component === 'worker')
      .map(({ declaredName }) => declaredName);
    return once([
      ...base.jobs
        .filter(({ declaredName }) => workers.includes(declaredName))
        .map(({ declaredName }) => ({
          path: ['jobs', declaredName],
          message: `"${declaredName}" is a worker and a job of ${identity.name}.`,
          fix: 'Rename one of them.',
        })),
      ...[...workers.map((name) => ['workers', name]), ...base.jobs.map(({ declaredName }) => ['jobs', declaredName])]
        .filter(([, name]) => name === 'migration')
        .map((path) => ({ path, message: '"migration" is the name of the migration itself.', fix: 'Rename it.' })),
    ]);
  },
};

const variableTwice: Refusal = {
  code: 'variable-declared-twice',
  severity: 'error',
  title: 'Two origins claim one variable',
  why: 'The code could not know which of them it reads.',
  check: (plan) =>
    inClusters(plan, ({ duplicateVariables }) =>
      duplicateVariables.map(({ name, origins }) => ({
        path: origins.includes('config') ? ['config', name] : origins.includes('secrets') ? ['secrets'] : ['needs'],
        message: `${name} comes from ${origins.join(' and from ')}.`,
        fix: 'Rename one under env of the need, or remove it.',
      })),
    ),
};

const ours = ['NODE_OPTIONS', 'UV_THREADPOOL_SIZE', 'NODE_ENV', 'HOME', 'PATH', 'npm_config_cache'];

const reservedVariable: Refusal = {
  code: 'reserved-variable',
  severity: 'error',
  title: 'A variable that Groundwork sets itself',
  why: 'Its value follows from the declaration: heap from the memory limit, threads from the CPU.',
  check: (plan) =>
    once(
      plan.variables
        .filter(
          ({ name }) =>
            ours.includes(name) ||
            (name === 'NODE_EXTRA_CA_CERTS' && plan.environments.some(({ trust }) => trust !== null)),
        )
        .map(({ name, declaredAt }) => ({
          path: declaredAt,
          message: `${name} is set from the declaration.`,
          fix: name === 'NODE_OPTIONS' ? 'Use runtime.nodeOptions and runtime.heap.' : 'Remove it.',
        })),
    ),
};

export const nameRefusals: readonly Refusal[] = [nameTaken, nameTooLong, reservedName, reservedVariable, variableTwice];
