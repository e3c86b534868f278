// Alerts on the pods of a workload: restarts, crash loops, not ready.
import { aggregate, binary, equals, group, over, select } from '../promql/expression';
import { examplePod } from '../promql/workload-pods';
import type { WorkloadPlan } from '../types';
import type { AlertDraft } from './draft';
import type { AlertInput } from './input';
import { label, message, value } from './message';
import { bothWays } from './proofs';
import { lookAtPods, readLog, readPreviousLog, rollBack, say } from './runbook-steps';
import { constantSeries, counterSeries, type Sample } from './samples';
import { containerMatchers, podMatchers } from './saturation';

export const readyPods = (input: AlertInput, workload: WorkloadPlan): string =>
  aggregate('sum', select('kube_pod_status_ready', [...podMatchers(input, workload), equals('condition', 'true')]));

export function podAlerts(input: AlertInput, workload: WorkloadPlan): AlertDraft[] {
  return [
    crashLoops(input, workload),
    restarts(input, workload),
    notReady(input, workload),
    noneReady(input, workload),
  ];
}

const pod = (workload: WorkloadPlan, number = 0): string => examplePod(workload.name, number);
const containerLabels = (input: AlertInput, workload: WorkloadPlan): Record<string, string> => ({
  namespace: input.namespace,
  pod: pod(workload),
  container: workload.name,
});

function crashLoops(input: AlertInput, workload: WorkloadPlan): AlertDraft {
  const metric = 'kube_pod_container_status_waiting_reason';
  const waiting = select(metric, [...containerMatchers(input, workload), equals('reason', 'CrashLoopBackOff')]);
  const series = (reason: string): Sample[] => [
    constantSeries(metric, { ...containerLabels(input, workload), reason }, 1, 15),
  ];
  return {
    name: 'pod-crash-loops',
    // The reason disappears while the container tries again: the worst of 5 minutes counts.
    expr: binary(aggregate('max', over('max_over_time', waiting, 300), ['pod']), '>=', '1'),
    forSeconds: 300,
    severity: 'critical',
    labels: { workload: workload.name },
    summary: message`${workload.name} crashes again and again`,
    description: message`${label('pod')} ends soon after each start; Kubernetes waits longer and longer before it tries again.`,
    meaning:
      'The process cannot start: a variable is missing, a database does not answer, a migration has not run, or the code throws.',
    diagnosis: [readPreviousLog(input, workload.name), ...lookAtPods(input, workload.name)],
    mitigation: [
      rollBack(input, workload),
      say('Without a release: look at secrets that were rotated and at the resources that it connects to at start.'),
    ],
    proofs: bothWays({
      name: 'a container is in CrashLoopBackOff',
      minutes: 10,
      firing: series('CrashLoopBackOff'),
      quiet: series('ContainerCreating'),
      shown: '1',
      labels: { pod: pod(workload) },
    }),
  };
}

function restarts(input: AlertInput, workload: WorkloadPlan): AlertDraft {
  const metric = 'kube_pod_container_status_restarts_total';
  const labels = containerLabels(input, workload);
  return {
    name: 'container-restarts',
    expr: binary(
      aggregate('sum', over('increase', select(metric, containerMatchers(input, workload)), 3600), ['pod']),
      '>',
      '3',
    ),
    forSeconds: null,
    severity: 'warning',
    labels: { workload: workload.name },
    summary: message`${workload.name} restarted ${value('number')} times in an hour`,
    description: message`The container of ${label('pod')} ended ${value('number')} times in the last hour and was started again.`,
    meaning:
      'The process ends by itself, is killed for its memory, or fails its liveness probe. Requests in flight are lost each time.',
    diagnosis: [readPreviousLog(input, workload.name), ...lookAtPods(input, workload.name)],
    mitigation: [
      say(
        'OOMKilled: see ContainerMemoryNearLimit. Liveness: see EventLoopLags. Error: read the log of the container before.',
      ),
      rollBack(input, workload),
    ],
    proofs: bothWays({
      name: 'a container restarts more than three times in an hour',
      minutes: 70,
      // One restart every ten minutes: six in an hour.
      firing: [
        counterSeries(
          metric,
          labels,
          [10, 10, 10, 10, 10, 10, 10].flatMap((minutes) => [
            { minutes: minutes - 1, perMinute: 0 },
            { minutes: 1, perMinute: 1 },
          ]),
        ),
      ],
      quiet: [
        counterSeries(metric, labels, [
          { minutes: 50, perMinute: 0 },
          { minutes: 1, perMinute: 1 },
          { minutes: 19, perMinute: 0 },
        ]),
      ],
      shown: '6.102',
      labels: { pod: pod(workload) },
    }),
  };
}

function notReady(input: AlertInput, workload: WorkloadPlan): AlertDraft {
  const metric = 'kube_pod_status_ready';
  const series = (second: number): Sample[] =>
    [1, second].map((ready, number) =>
      constantSeries(metric, { namespace: input.namespace, pod: pod(workload, number), condition: 'true' }, ready, 20),
    );
  return {
    name: 'pod-not-ready',
    expr: binary(
      aggregate('min', select(metric, [...podMatchers(input, workload), equals('condition', 'true')]), ['pod']),
      '==',
      '0',
    ),
    forSeconds: 900,
    severity: 'warning',
    labels: { workload: workload.name },
    summary: message`A pod of ${workload.name} does not become ready`,
    description: message`${label('pod')} has not been ready for 15 minutes and gets no requests.`,
    meaning:
      'It cannot be scheduled, its image cannot be pulled, or its readiness probe fails. The other pods carry its load.',
    diagnosis: [...lookAtPods(input, workload.name), readLog(input, workload.name)],
    mitigation: [
      say(
        'Pending: the cluster has no room, or the quota is used up. Running: the readiness probe tells which resource it misses.',
      ),
      rollBack(input, workload),
    ],
    proofs: bothWays({
      name: 'a pod is not ready for 15 minutes',
      minutes: 20,
      firing: series(0),
      quiet: series(1),
      shown: '0',
      labels: { pod: pod(workload, 1) },
    }),
  };
}

function noneReady(input: AlertInput, workload: WorkloadPlan): AlertDraft {
  const metric = 'kube_pod_status_ready';
  const available = (ready: number): Sample[] => [
    constantSeries(metric, { namespace: input.namespace, pod: pod(workload), condition: 'true' }, ready, 10),
    constantSeries(metric, { namespace: input.namespace, pod: pod(workload, 1), condition: 'true' }, 0, 10),
  ];
  return {
    name: 'no-pod-ready',
    expr: binary(group(readyPods(input, workload)), '==', '0'),
    forSeconds: 120,
    severity: 'critical',
    labels: { workload: workload.name },
    summary: message`No pod of ${workload.name} is ready`,
    description: message`${workload.name} has pods, and none of them has been ready for 2 minutes: it does nothing at all.`,
    meaning:
      'All pods fail at once: a resource that readiness asks for is down, a release is broken, or the nodes are gone.',
    diagnosis: [...lookAtPods(input, workload.name), readLog(input, workload.name)],
    mitigation: [
      rollBack(input, workload),
      say('Without a release: mend the resource that the readiness probe asks for.'),
    ],
    proofs: bothWays({
      name: 'no pod is ready',
      minutes: 5,
      firing: available(0),
      quiet: available(1),
      shown: '0',
      labels: {},
    }),
  };
}
