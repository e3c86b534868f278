// Refuses what makes no sense together: names, variables, commands, static sites, schedules, versions.
import { supportedLines } from '../catalog/node/lines';
import { spellDuration } from '../model/quantities';
import { inClusters, once, type Refusal } from './refusal';

const nothingRuns: Refusal = {
  code: 'nothing-runs',
  severity: 'error',
  title: 'A service without a process',
  why: 'Without http, workers, jobs or a static site there is nothing to run.',
  check: ({ base }) => once(base.workloads.length + base.jobs.length === 0 ? [{ path: [], message: 'the service has no http, no workers, no jobs and is no static site.', fix: 'Declare http: { port: 3000 }, a worker or a job.' }] : []),
};

const reserved = ['secrets', 'outside', 'published', 'default'];

const reservedName: Refusal = {
  code: 'reserved-name',
  severity: 'error',
  title: 'A name that the generated files use themselves',
  why: 'Two things of one name would be one in compose.',
  check: ({ identity, base }) =>
    once([
      ...(reserved.includes(identity.name) ? [{ path: ['name'], message: `"${identity.name}" is a name of the compose file's own.`, fix: 'Choose another name, for example one that ends in -service.' }] : []),
      ...base.bindings.flatMap(({ key, instance }) => (key === identity.name || instance === identity.name || reserved.includes(key) || key === 'dns' || key === 'pod-identity' ? [{ path: ['needs', key], message: `the need "${key}" has the name of ${key === identity.name ? 'the service' : 'something generated'}.`, fix: 'Choose another name.' }] : [])),
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
      ...base.jobs.filter(({ name }) => name.length > longestJobName).map(({ name, declaredName }) => ({ path: ['jobs', declaredName], message: `"${name}" has ${name.length} characters, a CronJob may have ${longestJobName}.`, fix: `Shorten the job's name by ${name.length - longestJobName}.` })),
      ...base.workloads.filter(({ name, component }) => component === 'worker' && name.length > longestWorkerName).map(({ name, declaredName }) => ({ path: ['workers', declaredName], message: `"${name}" has ${name.length} characters, more than ${longestWorkerName}.`, fix: `Shorten the worker's name by ${name.length - longestWorkerName}.` })),
    ]),
};

const nameTaken: Refusal = {
  code: 'workload-name-taken',
  severity: 'error',
  title: 'A worker and a job of one name',
  why: 'Both would be one object.',
  check: ({ base, identity }) => {
    const workers = base.workloads.filter(({ component }) => component === 'worker').map(({ declaredName }) => declaredName);
    return once([
      ...base.jobs.filter(({ declaredName }) => workers.includes(declaredName)).map(({ declaredName }) => ({ path: ['jobs', declaredName], message: `"${declaredName}" is a worker and a job of ${identity.name}.`, fix: 'Rename one of them.' })),
      ...[...workers.map((name) => ['workers', name]), ...base.jobs.map(({ declaredName }) => ['jobs', declaredName])].filter(([, name]) => name === 'migration').map((path) => ({ path, message: '"migration" is the name of the migration itself.', fix: 'Rename it.' })),
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
  check: (plan) => once(plan.variables.filter(({ name }) => ours.includes(name)).map(({ name, declaredAt }) => ({ path: declaredAt, message: `${name} is set from the declaration.`, fix: name === 'NODE_OPTIONS' ? 'Use runtime.nodeOptions and runtime.heap.' : 'Remove it.' }))),
};

const startSwallowsSignals: Refusal = {
  code: 'start-swallows-signals',
  severity: 'error',
  title: 'A start command that does not pass signals on',
  why: 'npm, pnpm and yarn as process 1 end on SIGTERM without the service having closed its connections: each rollout drops requests.',
  check: ({ build }) =>
    once(build.shape === 'node' && ['npm', 'npx', 'pnpm', 'yarn', 'sh', 'bash'].includes(build.start[0] ?? '') ? [{ path: ['runtime', 'start'], message: `"${build.start.join(' ')}" makes ${build.start[0]} process 1.`, fix: 'Name node itself: the command behind the script, for example node dist/index.js.' }] : []),
};

const staticSiteRunsNothing: Refusal = {
  code: 'static-site-runs-nothing',
  severity: 'error',
  title: 'A static site with processes or needs of a server',
  why: 'nginx serves files: no code of the service runs there.',
  check: ({ build, base, variables }) => {
    if (build.shape !== 'static') return [];
    const parts = [
      ...base.workloads.filter(({ component }) => component === 'worker').map(({ declaredName }) => ['workers', declaredName]),
      ...base.jobs.map(({ declaredName }) => ['jobs', declaredName]),
      ...(base.migration === null ? [] : [['migrations']]),
      ...base.bindings.map(({ key }) => ['needs', key]),
      ...variables.filter(({ origin }) => origin === 'secrets').map(({ declaredAt }) => [...declaredAt]),
    ];
    return once(parts.map((path) => ({ path, message: `runtime.static: no process is there that could use ${path.join('.')}.`, fix: 'Remove it, or declare a service of its own.' })));
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
        .map(({ name, value }) => ({ path: ['config', name], message: `${name} is compiled in as ${JSON.stringify(value)}, but is ${JSON.stringify(config.find((entry) => entry.name === name)?.value ?? null)} here.`, fix: 'Use a path that is the same everywhere (/api), or read it at run time.' })),
    );
  },
};

const callsItself: Refusal = {
  code: 'service-calls-itself',
  severity: 'error',
  title: 'A service that needs itself',
  why: 'It could never become ready first.',
  check: ({ base, identity }) => once(base.calls.includes(identity.name) ? [{ path: ['needs', 'services'], message: `the service calls itself (${identity.name}).`, fix: 'Remove it from needs.services.' }] : []),
};

const jobInGap: Refusal = {
  code: 'job-in-daylight-saving-gap',
  severity: 'error',
  title: 'A job at a time that a day in spring does not have',
  why: 'When clocks go forward the hour does not exist, and the job is skipped.',
  check: ({ base }) =>
    once(base.jobs.filter(({ clockConflict }) => clockConflict?.kind === 'gap').map((job) => ({ path: ['jobs', job.declaredName, 'schedule'], message: `"${job.schedule}" starts at ${job.clockConflict?.at}, a time that ${job.timeZone} skips.`, fix: 'Choose an hour that always exists, or timeZone: Etc/UTC.' }))),
};

const jobDoubled: Refusal = {
  code: 'job-doubled-by-daylight-saving',
  severity: 'warning',
  title: 'A job at a time that a day in autumn has twice',
  why: 'When clocks go back the hour comes again, and the job may run twice.',
  check: ({ base }) =>
    once(base.jobs.filter(({ clockConflict }) => clockConflict?.kind === 'overlap').map((job) => ({ path: ['jobs', job.declaredName, 'schedule'], message: `"${job.schedule}" starts at ${job.clockConflict?.at}, a time that ${job.timeZone} has twice.`, fix: 'Choose another hour, or timeZone: Etc/UTC, or make the job harmless when it runs twice.' }))),
};

const jobOverlapsItself: Refusal = {
  code: 'job-overlaps-itself',
  severity: 'error',
  title: 'A job that may run longer than the time to its next start',
  why: 'A start while the last run is under way is skipped.',
  check: ({ base }) =>
    once(
      base.jobs
        .filter(({ timeoutSeconds, shortestIntervalSeconds }) => shortestIntervalSeconds !== null && timeoutSeconds > shortestIntervalSeconds)
        .map((job) => ({ path: ['jobs', job.declaredName, 'timeout'], message: `it may run ${spellDuration(job.timeoutSeconds)}, but "${job.schedule}" starts it again after ${spellDuration(job.shortestIntervalSeconds ?? 0)}.`, fix: `Lower timeout to at most ${spellDuration(job.shortestIntervalSeconds ?? 0)}, or start it less often.` })),
    ),
};

const lagWithoutTopics: Refusal = {
  code: 'kafka-lag-without-topics',
  severity: 'error',
  title: 'A worker scaled by the lag of no topic',
  why: 'Lag is measured on the topics that needs.kafka consumes.',
  check: (plan) =>
    inClusters(plan, ({ workloads }) =>
      workloads.filter(({ scale }) => scale.signals.some((signal) => signal.kind === 'kafka-lag' && signal.topics.length === 0)).map(({ declaredName }) => ({ path: ['workers', declaredName, 'scale', 'on', 'kafkaLag'], message: `${declaredName} is scaled by lag, but the service consumes no topic.`, fix: 'Name the topics under needs.kafka.consumes.' })),
    ),
};

const endOfLifeRuntime: Refusal = {
  code: 'end-of-life-runtime',
  severity: 'error',
  title: 'A line of Node.js that has ended or is not supported',
  why: 'It gets no security fixes.',
  check: ({ build, asOf }) => {
    const { nodeMajor, nodeEndOfLife } = build;
    if (supportedLines.includes(nodeMajor) && nodeEndOfLife !== null && nodeEndOfLife >= asOf) return [];
    return once([{ path: ['runtime', 'node'], message: nodeEndOfLife === null ? `Node.js ${nodeMajor} is no line with long-term support.` : nodeEndOfLife < asOf ? `support of Node.js ${nodeMajor} ended on ${nodeEndOfLife}, before ${asOf}.` : `Node.js ${nodeMajor} is not supported here.`, fix: `Use ${supportedLines.join(', ')}.` }]);
  },
};

const endOfLifeBacking: Refusal = {
  code: 'end-of-life-backing',
  severity: 'error',
  title: 'A version of a data store that has ended',
  why: 'It gets no security fixes.',
  check: (plan) =>
    inClusters(plan, ({ bindings }) => bindings.filter(({ endOfLife }) => endOfLife !== null && endOfLife < plan.asOf).map(({ key, kind, version, endOfLife }) => ({ path: ['needs', key], message: `support of ${kind} ${version} ended on ${endOfLife}, before ${plan.asOf}.`, fix: `Set a newer backing.${kind}.version in platform.yaml.` }))),
};

export const shapeRefusals: readonly Refusal[] = [
  buildTimeConfigDiffers,
  callsItself,
  endOfLifeBacking,
  endOfLifeRuntime,
  jobDoubled,
  jobInGap,
  jobOverlapsItself,
  lagWithoutTopics,
  nameTaken,
  nameTooLong,
  nothingRuns,
  reservedName,
  reservedVariable,
  startSwallowsSignals,
  staticSiteRunsNothing,
  variableTwice,
];
