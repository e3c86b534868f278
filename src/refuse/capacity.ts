// Refuses what does not fit: connections, memory, quota.
import { heapOf } from '../plan/resources';
import { replicasAtPeak } from '../plan/rollout';
import type { EnvironmentPlan } from '../plan/types';
import { inClusters, type Refusal } from './refusal';

const poolExceedsConnections: Refusal = {
  code: 'pool-exceeds-connections',
  severity: 'error',
  title: 'All pools together hold more connections than the data store accepts',
  why: 'The process that comes too late gets no connection: a rollout or a peak of load then takes the service down.',
  check: (plan) =>
    inClusters(plan, ({ bindings }) =>
      bindings.flatMap((binding) => {
        const {
          connectionLimit: limit,
          reservedConnections: reserved,
          connectionsAtPeak: peak,
          poolSize: pool,
        } = binding;
        if (binding.pooled || limit === null || peak === null || pool === null || peak <= limit - reserved) return [];
        const processes = peak / pool;
        const fitting = Math.floor((limit - reserved) / processes);
        return [
          {
            path: ['needs', binding.key, 'pool'],
            message: `${binding.kind} "${binding.key}": ${binding.connectionArithmetic}, but class "${binding.class}" allows ${limit}, of which ${reserved} are reserved.`,
            fix: `${fitting >= 1 ? `Lower needs.${binding.key}.pool to ${fitting}, or lower` : 'Lower'} scale.max${binding.class === 'large' ? '' : `, or set backing.${binding.kind}.class: ${binding.class === 'small' ? 'medium' : 'large'} in platform.yaml`}${binding.poolingOffer === null ? '' : `, or set ${binding.poolingOffer}`}.`,
          },
        ];
      }),
    ),
};

const processesOf = ({ workloads, jobs, migration }: EnvironmentPlan) => [
  ...workloads.map((workload) => ({
    ...workload,
    path: workload.component === 'web' ? ['size'] : ['workers', workload.declaredName, 'size'],
  })),
  ...jobs.map((job) => ({ ...job, path: ['jobs', job.declaredName, 'size'] })),
  ...(migration === null ? [] : [{ ...migration, path: ['size'] }]),
];

const heapExceedsLimit: Refusal = {
  code: 'heap-exceeds-limit',
  severity: 'error',
  title: 'The heap of V8 is larger than the memory limit leaves',
  why: 'The kernel kills the process before V8 collects garbage: it believes that it still has room.',
  check: (plan) =>
    inClusters(plan, (environment) =>
      processesOf(environment).flatMap(({ name, heapMiB, resources }) => {
        const limit = resources.limit.memoryMiB;
        if (heapMiB === null || heapMiB <= heapOf(limit)) return [];
        return [
          {
            path: ['runtime', 'heap'],
            message: `runtime.heap is ${heapMiB}Mi, but the limit of ${limit}Mi of ${name} leaves min(75% of ${limit}, ${limit} - 128) = ${heapOf(limit)}Mi for the heap.`,
            fix: `Remove runtime.heap (${heapOf(limit)}Mi is then used), or raise the memory limit to at least ${Math.max(Math.ceil(heapMiB / 0.75), heapMiB + 128)}Mi.`,
          },
        ];
      }),
    ),
};

const requestExceedsLimit: Refusal = {
  code: 'request-exceeds-limit',
  severity: 'error',
  title: 'A request is larger than its limit',
  why: 'The API server refuses such a pod.',
  check: (plan) =>
    inClusters(plan, (environment) =>
      processesOf(environment).flatMap(({ name, path, resources: { request, limit } }) => [
        ...(request.cpuMillis > limit.cpuMillis
          ? [
              {
                path: [...path, 'cpu'],
                message: `${name} requests ${request.cpuMillis}m of CPU, more than its limit of ${limit.cpuMillis}m.`,
                fix: 'Write REQUEST..LIMIT, the smaller amount first.',
              },
            ]
          : []),
        ...(request.memoryMiB > limit.memoryMiB
          ? [
              {
                path: [...path, 'memory'],
                message: `${name} requests ${request.memoryMiB}Mi of memory, more than its limit of ${limit.memoryMiB}Mi.`,
                fix: 'Write REQUEST..LIMIT, the smaller amount first.',
              },
            ]
          : []),
      ]),
    ),
};

const memoryTooSmall: Refusal = {
  code: 'memory-too-small',
  severity: 'error',
  title: 'A memory limit in which Node.js does not start',
  why: 'Node.js takes about 50 MiB before the first line of code; 128 MiB are kept beside the heap.',
  check: (plan) =>
    inClusters(plan, (environment) =>
      processesOf(environment).flatMap(({ name, path, resources, heapMiB }) =>
        heapMiB !== null && resources.limit.memoryMiB < 160
          ? [
              {
                path: [...path, 'memory'],
                message: `the limit of ${resources.limit.memoryMiB}Mi of ${name} leaves ${resources.limit.memoryMiB - 128}Mi for the heap after 128Mi for buffers, stacks and native code.`,
                fix: 'Raise it to at least 160Mi.',
              },
            ]
          : [],
      ),
    ),
};

const quotaExceeded: Refusal = {
  code: 'quota-exceeded',
  severity: 'error',
  title: 'At its largest the service needs more than the namespace may use',
  why: 'The quota keeps the last replicas from starting, just when the load needs them.',
  check: (plan) =>
    inClusters(plan, (environment) => {
      const { quota, workloads, jobs, migration } = environment;
      if (quota === null) return [];
      const pods = [
        ...workloads.map((workload) => ({
          count: replicasAtPeak(workload.rollout, workload.scale.maxReplicas),
          name: workload.name,
          resources: workload.resources,
        })),
        ...[...jobs, ...(migration === null ? [] : [migration])].map((job) => ({
          count: 1,
          name: job.name,
          resources: job.resources,
        })),
      ];
      const measures = [
        {
          name: 'CPU limits',
          unit: 'm',
          quota: quota.cpuMillis?.limit,
          of: (pod: (typeof pods)[number]) => pod.resources.limit.cpuMillis,
        },
        {
          name: 'CPU requests',
          unit: 'm',
          quota: quota.cpuMillis?.request,
          of: (pod: (typeof pods)[number]) => pod.resources.request.cpuMillis,
        },
        {
          name: 'memory limits',
          unit: 'Mi',
          quota: quota.memoryMiB?.limit,
          of: (pod: (typeof pods)[number]) => pod.resources.limit.memoryMiB,
        },
        {
          name: 'memory requests',
          unit: 'Mi',
          quota: quota.memoryMiB?.request,
          of: (pod: (typeof pods)[number]) => pod.resources.request.memoryMiB,
        },
      ];
      return measures.flatMap((measure) => {
        const total = pods.reduce((sum, pod) => sum + pod.count * measure.of(pod), 0);
        if (measure.quota === undefined || total <= measure.quota) return [];
        const terms = pods.map((pod) => `${pod.count} × ${measure.of(pod)}${measure.unit} ${pod.name}`).join(' + ');
        return [
          {
            path: ['scale', 'max'],
            message: `${measure.name} at the largest scale are ${terms} = ${total}${measure.unit}, but the quota of the namespace is ${measure.quota}${measure.unit}.`,
            fix: 'Lower scale.max or size, or raise the quota of the environment in platform.yaml.',
          },
        ];
      });
    }),
};

const minimumExceedsMaximum: Refusal = {
  code: 'minimum-exceeds-maximum',
  severity: 'error',
  title: 'scale.min is larger than scale.max',
  why: 'No number of replicas is between them.',
  check: (plan) =>
    inClusters(plan, ({ workloads }) =>
      workloads.flatMap(({ component, declaredName, scale }) =>
        scale.minReplicas > scale.maxReplicas
          ? [
              {
                path: component === 'web' ? ['scale', 'min'] : ['workers', declaredName, 'scale', 'min'],
                message: `scale.min is ${scale.minReplicas}, scale.max is ${scale.maxReplicas}.`,
                fix: `Raise scale.max to at least ${scale.minReplicas}.`,
              },
            ]
          : [],
      ),
    ),
};

const poolNotInjected: Refusal = {
  code: 'pool-not-injected',
  severity: 'warning',
  title: 'A size of the pool that the code is not told',
  why: 'The arithmetic counts the declared pool; a code that does not know it opens as many connections as its library likes.',
  check: (plan) =>
    inClusters(plan, ({ bindings }) =>
      bindings
        .filter(({ poolInjected }) => !poolInjected)
        .map(({ key, poolSize }) => ({
          path: ['needs', key],
          message: `the pool of needs.${key} is ${poolSize}, but no variable under its env tells the code.`,
          fix: `Add to needs.${key}.env a name with the output pool, for example DATABASE_POOL: pool, and give it to the library.`,
        })),
    ),
};

export const capacityRefusals: readonly Refusal[] = [
  heapExceedsLimit,
  memoryTooSmall,
  minimumExceedsMaximum,
  poolExceedsConnections,
  poolNotInjected,
  quotaExceeded,
  requestExceedsLimit,
];
