// Alerts before a limit is reached: heap, event loop, CPU, memory and replicas of each workload.

import { aggregate, binary, equals, group, type Matcher, matches, over, select } from '../promql/expression';
import { examplePod, podsOf } from '../promql/workload-pods';
import type { WorkloadPlan } from '../types';
import { compare, decimal, multiply, text } from './decimal';
import type { AlertDraft, ProofDraft } from './draft';
import { humanize } from './humanize';
import type { AlertInput } from './input';
import { label, type Message, message, value } from './message';
import { bothWays } from './proofs';
import { kubectl, lookAtPods, readLog, rollBack, run, say } from './runbook-steps';
import { constantSeries, linearSeries, type Sample } from './samples';

const bytesPerMiB = 1_048_576;

export const podMatchers = (input: AlertInput, workload: WorkloadPlan): Matcher[] => [
  equals('namespace', input.namespace),
  matches('pod', podsOf(workload.name)),
];
export const containerMatchers = (input: AlertInput, workload: WorkloadPlan): Matcher[] => [
  ...podMatchers(input, workload),
  equals('container', workload.name),
];

/** Labels of a series of the workload's first pod. */
const podLabels = (input: AlertInput, workload: WorkloadPlan): Record<string, string> => ({
  namespace: input.namespace,
  pod: examplePod(workload.name, 0),
});

/** https://github.com/open-telemetry/opentelemetry-js-contrib/tree/main/packages/instrumentation-runtime-node */
const runtimeMetrics = {
  'prom-client': { heap: 'nodejs_heap_size_used_bytes', lag: 'nodejs_eventloop_lag_p99_seconds' },
  opentelemetry: { heap: 'v8js_memory_heap_used_bytes', lag: 'nodejs_eventloop_delay_p99_seconds' },
} as const;

/** Heap of each pod; OpenTelemetry reports each space of it, which add up. */
export const heapUsed = (input: AlertInput, workload: WorkloadPlan, library: keyof typeof runtimeMetrics): string =>
  aggregate('sum', select(runtimeMetrics[library].heap, podMatchers(input, workload)), ['pod']);

export const eventLoopLag = (input: AlertInput, workload: WorkloadPlan, library: keyof typeof runtimeMetrics): string =>
  aggregate('max', select(runtimeMetrics[library].lag, podMatchers(input, workload)), ['pod']);

export const workingSet = (input: AlertInput, workload: WorkloadPlan): string =>
  aggregate('max', select('container_memory_working_set_bytes', containerMatchers(input, workload)), ['pod']);

export const throttledShare = (input: AlertInput, workload: WorkloadPlan): string => {
  const sum = (metric: string): string =>
    aggregate('sum', over('increase', select(metric, containerMatchers(input, workload)), 300), ['pod']);
  return binary(
    sum('container_cpu_cfs_throttled_periods_total'),
    '/',
    group(binary(sum('container_cpu_cfs_periods_total'), '>', '0')),
  );
};

/** KEDA names the autoscaler that it makes: https://keda.sh/docs/latest/concepts/scaling-deployments/ */
export const autoscalerOf = (workload: WorkloadPlan): string =>
  workload.scale.signals.some(({ kind }) => kind === 'kafka-lag') ? `keda-hpa-${workload.name}` : workload.name;

export const replicas = (input: AlertInput, workload: WorkloadPlan, which: 'status_current' | 'spec_max'): string =>
  aggregate(
    'max',
    select(`kube_horizontalpodautoscaler_${which}_replicas`, [
      equals('namespace', input.namespace),
      equals('horizontalpodautoscaler', autoscalerOf(workload)),
    ]),
  );

/** Half of the tightest promise, since a request waits for the loop more than once; 100 ms without one. Never below 50 ms: the gauge itself is that coarse. */
export function lagBoundText(input: AlertInput): string {
  const tightest = input.objectives.latency.map(({ thresholdSeconds }) => decimal(thresholdSeconds)).sort(compare)[0];
  const half = tightest === undefined ? decimal('0.1') : multiply(tightest, decimal('0.5'));
  return text(compare(half, decimal('0.05')) < 0 ? decimal('0.05') : half);
}

interface Parts {
  readonly forSeconds: number;
  readonly severity: AlertDraft['severity'];
  readonly summary: Message;
  readonly description: Message;
  readonly meaning: string;
  readonly mitigation: AlertDraft['mitigation'];
}

const ofWorkload = (
  input: AlertInput,
  workload: WorkloadPlan,
  name: string,
  expr: string,
  parts: Parts,
  proofs: readonly ProofDraft[],
): AlertDraft => ({
  name,
  expr,
  labels: { workload: workload.name },
  diagnosis: [
    ...lookAtPods(input, workload.name),
    run(
      'What each pod uses.',
      kubectl(input, `top pods --selector app.kubernetes.io/instance=${workload.name} --containers`),
    ),
    readLog(input, workload.name),
  ],
  proofs,
  ...parts,
});

export function saturationAlerts(input: AlertInput, workload: WorkloadPlan): AlertDraft[] {
  return [
    ...runtimeAlerts(input, workload),
    throttled(input, workload),
    memoryNearLimit(input, workload),
    ...atCeiling(input, workload),
  ];
}

function runtimeAlerts(input: AlertInput, workload: WorkloadPlan): AlertDraft[] {
  const { metrics } = input;
  if (metrics === null || workload.metricsPath === null) return [];
  const labels = podLabels(input, workload);
  const shownLabels = { pod: examplePod(workload.name, 0) };
  const names = runtimeMetrics[metrics.library];
  const bound = lagBoundText(input);
  const twice = Number(bound) * 2;
  const lag = ofWorkload(
    input,
    workload,
    'event-loop-lags',
    binary(eventLoopLag(input, workload, metrics.library), '>', bound),
    {
      forSeconds: 600,
      severity: 'warning',
      summary: message`The event loop of ${workload.name} lags ${value('number')}s`,
      description: message`In ${label('pod')} 1% of the turns of the event loop begin ${value('number')}s late or more; the bound is ${bound} s.`,
      meaning:
        'Something computes for long without a pause: large JSON, synchronous cryptography or files, a loop over too much data. Every request of the process waits for it.',
      mitigation: [
        say('Take a CPU profile of one pod; move the work to a worker or split it.'),
        say('Add replicas meanwhile: raise scale.min.'),
        rollBack(input, workload),
      ],
    },
    bothWays({
      name: `the event loop lags more than ${bound} s`,
      minutes: 15,
      firing: [constantSeries(names.lag, labels, twice, 15)],
      quiet: [constantSeries(names.lag, labels, Number(bound) / 2, 15)],
      shown: humanize(decimal(twice)),
      labels: shownLabels,
    }),
  );
  if (workload.heapMiB === null) return [lag];
  const heapBytes = workload.heapMiB * bytesPerMiB;
  const level = (share: number): Sample => constantSeries(names.heap, labels, heapBytes * share, 15);
  const heap = ofWorkload(
    input,
    workload,
    'heap-nearly-full',
    binary(binary(heapUsed(input, workload, metrics.library), '/', String(heapBytes)), '>', '0.85'),
    {
      forSeconds: 600,
      severity: 'warning',
      summary: message`${workload.name} uses ${value('percentage')} of its heap`,
      description: message`${label('pod')} uses ${value('percentage')} of ${String(workload.heapMiB)} MiB of heap for 10 minutes; at 100% the process ends with "JavaScript heap out of memory".`,
      meaning:
        'Memory leaks, or a request or message needs more than the process has. Garbage collection takes more and more of the CPU before the end.',
      mitigation: [
        say('Restart one pod to win time; a leak that began with a release goes with it.'),
        rollBack(input, workload),
        say('Take a heap snapshot of the fullest pod; raise size.memory when the need is real: the heap follows.'),
      ],
    },
    bothWays({
      name: 'more than 85% of the heap is used',
      minutes: 15,
      firing: [level(0.9375)],
      quiet: [level(0.5)],
      shown: '93.75%',
      labels: shownLabels,
    }),
  );
  return [heap, lag];
}

function throttled(input: AlertInput, workload: WorkloadPlan): AlertDraft {
  const labels = { ...podLabels(input, workload), container: workload.name };
  const series = (throttledPerMinute: number): Sample[] => [
    linearSeries('container_cpu_cfs_periods_total', labels, 0, 600, 30),
    linearSeries('container_cpu_cfs_throttled_periods_total', labels, 0, throttledPerMinute, 30),
  ];
  return ofWorkload(
    input,
    workload,
    'cpu-throttled',
    binary(throttledShare(input, workload), '>', '0.25'),
    {
      forSeconds: 900,
      severity: 'info',
      summary: message`${workload.name} is throttled ${value('percentage')} of the time`,
      description: message`${label('pod')} wanted more CPU than its limit of ${String(workload.resources.limit.cpuMillis)}m in ${value('percentage')} of the periods of 15 minutes.`,
      meaning:
        'The CPU limit slows it down. Harmless while latency holds; the first thing to look at when it does not.',
      mitigation: [say('Raise size.cpu, or scale.min so that more pods share the work.')],
    },
    bothWays({
      name: 'a quarter of the CPU periods is throttled',
      minutes: 28,
      firing: series(300),
      quiet: series(60),
      shown: '50%',
      labels: { pod: examplePod(workload.name, 0) },
    }),
  );
}

function memoryNearLimit(input: AlertInput, workload: WorkloadPlan): AlertDraft {
  const { memoryMiB } = workload.resources.limit;
  const labels = { ...podLabels(input, workload), container: workload.name };
  const level = (share: number): Sample =>
    constantSeries('container_memory_working_set_bytes', labels, memoryMiB * bytesPerMiB * share, 15);
  return ofWorkload(
    input,
    workload,
    'container-memory-near-limit',
    binary(binary(workingSet(input, workload), '/', String(memoryMiB * bytesPerMiB)), '>', '0.9'),
    {
      forSeconds: 600,
      severity: 'warning',
      summary: message`${workload.name} uses ${value('percentage')} of its memory limit`,
      description: message`${label('pod')} uses ${value('percentage')} of ${String(memoryMiB)} MiB for 10 minutes; at 100% the kernel kills it.`,
      meaning: 'Heap, buffers and native memory together come near the limit of the container.',
      mitigation: [
        say(
          'Look whether heap (see HeapNearlyFull) or memory outside of it grows: buffers, native modules, files in a memory-backed folder.',
        ),
        say('Raise size.memory.'),
        rollBack(input, workload),
      ],
    },
    bothWays({
      name: '90% of the memory limit is used',
      minutes: 15,
      firing: [level(0.9375)],
      quiet: [level(0.5)],
      shown: '93.75%',
      labels: { pod: examplePod(workload.name, 0) },
    }),
  );
}

function atCeiling(input: AlertInput, workload: WorkloadPlan): AlertDraft[] {
  const { scale } = workload;
  if (scale.signals.length === 0 || scale.maxReplicas <= scale.minReplicas) return [];
  const labels = { namespace: input.namespace, horizontalpodautoscaler: autoscalerOf(workload) };
  const series = (current: number): Sample[] => [
    constantSeries('kube_horizontalpodautoscaler_status_current_replicas', labels, current, 20),
    constantSeries('kube_horizontalpodautoscaler_spec_max_replicas', labels, scale.maxReplicas, 20),
  ];
  return [
    ofWorkload(
      input,
      workload,
      'autoscaler-at-ceiling',
      binary(replicas(input, workload, 'status_current'), '>=', replicas(input, workload, 'spec_max')),
      {
        forSeconds: 900,
        severity: 'warning',
        summary: message`${workload.name} runs at its most replicas`,
        description: message`${workload.name} has had all of its ${value('number')} replicas for 15 minutes; more load now meets no more pods.`,
        meaning: 'The load is higher than planned, or each pod does less than it did. The next peak is not absorbed.',
        mitigation: [
          say(
            'Raise scale.max, when the quota and the connections of its databases allow it: the generator checks both.',
          ),
          say('Look whether a release made each pod slower.'),
          rollBack(input, workload),
        ],
      },
      bothWays({
        name: 'all replicas are in use',
        minutes: 20,
        firing: series(scale.maxReplicas),
        quiet: series(scale.minReplicas),
        shown: String(scale.maxReplicas),
        labels: {},
      }),
    ),
  ];
}
