// Alerts on the measuring itself: a target that does not answer, no target at all, request metrics that are gone.
import { absent, aggregate, binary, equals, group, type Matcher, select, whileAny } from '../promql/expression';
import { examplePod } from '../promql/workload-pods';
import type { WorkloadPlan } from '../types';
import type { AlertDraft } from './draft';
import type { AlertInput, MetricsInput } from './input';
import { label, message } from './message';
import { bothWays } from './proofs';
import { kubectl, lookAtPods, query, rollBack, run, say } from './runbook-steps';
import { constantSeries, linearSeries, type Sample } from './samples';
import { podMatchers } from './saturation';

const ours = (input: AlertInput, metrics: MetricsInput): Matcher[] => [
  equals('job', metrics.job),
  equals('namespace', input.namespace),
];

const target = (input: AlertInput, metrics: MetricsInput, workload: WorkloadPlan, up: number, number = 0): Sample =>
  constantSeries(
    'up',
    { job: metrics.job, namespace: input.namespace, pod: examplePod(workload.name, number) },
    up,
    20,
  );

export function scrapeAlerts(input: AlertInput): AlertDraft[] {
  const { metrics } = input;
  const measured = input.workloads.filter(({ metricsPath }) => metricsPath !== null);
  const web = measured.find(({ component }) => component === 'web');
  if (metrics === null) return [];
  const perWorkload = measured.map((workload) => targetDown(input, metrics, workload));
  return web === undefined
    ? perWorkload
    : [...perWorkload, metricsAbsent(input, metrics, web), requestsUnmeasured(input, metrics, web)];
}

function targetDown(input: AlertInput, metrics: MetricsInput, workload: WorkloadPlan): AlertDraft {
  return {
    name: 'target-down',
    expr: binary(aggregate('max', select('up', podMatchers(input, workload)), ['pod']), '==', '0'),
    forSeconds: 600,
    severity: 'warning',
    labels: { workload: workload.name },
    summary: message`A pod of ${workload.name} does not answer its scrape`,
    description: message`Prometheus has not read ${metrics.path} of ${label('pod')} for 10 minutes. What it does is unknown.`,
    meaning: 'The process hangs, the path moved, or a network policy keeps Prometheus out.',
    diagnosis: [
      ...lookAtPods(input, workload.name),
      run('What the path answers from inside.', kubectl(input, `port-forward deployment/${workload.name} 9090:http`)),
      run(
        'In a second terminal, while the first one runs.',
        `curl --fail --silent --show-error http://127.0.0.1:9090${metrics.path}`,
      ),
    ],
    mitigation: [
      say('Let Prometheus in (network policy), or correct http.metrics in the declaration.'),
      rollBack(input, workload),
    ],
    proofs: bothWays({
      name: 'a pod cannot be scraped for 10 minutes',
      minutes: 15,
      firing: [target(input, metrics, workload, 0), target(input, metrics, workload, 1, 1)],
      quiet: [target(input, metrics, workload, 1), target(input, metrics, workload, 1, 1)],
      shown: '0',
      labels: { pod: examplePod(workload.name, 0) },
    }),
  };
}

function metricsAbsent(input: AlertInput, metrics: MetricsInput, web: WorkloadPlan): AlertDraft {
  return {
    name: 'metrics-absent',
    // A comparison inside `absent` leaves it without labels, whatever the Prometheus version.
    expr: absent(binary(select('up', ours(input, metrics)), '==', '1')),
    forSeconds: 600,
    severity: 'critical',
    labels: {},
    summary: message`Nothing of ${input.service} is measured`,
    description: message`No target of the job ${metrics.job} has answered for 10 minutes: every objective of ${input.service} is blind.`,
    meaning: 'The service is down as a whole, or Prometheus no longer finds it (labels, PodMonitor, network policy).',
    diagnosis: [
      query('Which targets does Prometheus know?', select('up', ours(input, metrics))),
      ...lookAtPods(input, web.name),
    ],
    mitigation: [
      say('No target: look at the PodMonitor and its labels. Targets that are 0: see TargetDown.'),
      rollBack(input, web),
    ],
    proofs: bothWays({
      name: 'no target answers',
      minutes: 15,
      firing: [target(input, metrics, web, 0)],
      quiet: [target(input, metrics, web, 1)],
      shown: '1',
      labels: {},
    }),
  };
}

function requestsUnmeasured(input: AlertInput, metrics: MetricsInput, web: WorkloadPlan): AlertDraft {
  const count = `${metrics.histogram}_count`;
  const up = target(input, metrics, web, 1);
  const requests = linearSeries(
    count,
    { job: metrics.job, namespace: input.namespace, pod: examplePod(web.name, 0), [metrics.statusLabel]: '200' },
    0,
    60,
    25,
  );
  return {
    name: 'request-metrics-absent',
    expr: whileAny(
      absent(select(count, ours(input, metrics))),
      group(binary(select('up', ours(input, metrics)), '==', '1')),
    ),
    forSeconds: 900,
    severity: 'warning',
    labels: {},
    summary: message`${input.service} does not measure its requests`,
    description: message`Its targets answer, and none has ${count}: the objectives of ${input.service} cannot alert.`,
    meaning: 'A release renamed the request histogram or no longer registers it.',
    diagnosis: [
      query('Which metrics does it have?', aggregate('count', select('', ours(input, metrics)), ['__name__'])),
    ],
    mitigation: [
      say(
        `Export ${metrics.histogram} again, with the label ${metrics.statusLabel} and the buckets of the generated accessor.`,
      ),
      rollBack(input, web),
    ],
    proofs: bothWays({
      name: 'targets answer without the request histogram',
      minutes: 20,
      firing: [{ ...up, values: '1x25' }],
      quiet: [{ ...up, values: '1x25' }, requests],
      shown: '1',
      labels: { job: metrics.job, namespace: input.namespace },
    }),
  };
}
