// Alert on a worker that is scaled by its consumer lag: more waits than all of its replicas are meant for.
import { aggregate, binary, equals, selectInNamespace } from '../promql/expression';
import type { WorkloadPlan } from '../types';
import { decimal } from './decimal';
import type { AlertDraft } from './draft';
import { humanize } from './humanize';
import type { AlertInput } from './input';
import { message, value } from './message';
import { bothWays } from './proofs';
import { kubectl, lookAtPods, readLog, rollBack, run, say } from './runbook-steps';
import { constantSeries, type Sample } from './samples';

/** What KEDA reads from the broker and scales on: https://keda.sh/docs/latest/integrations/prometheus/ */
export const consumerLag = (input: AlertInput, workload: WorkloadPlan): string =>
  aggregate(
    'max',
    selectInNamespace(
      'keda_scaler_metrics_value',
      [equals('scaledObject', workload.name), equals('type', 'scaledobject')],
      input.namespace,
    ),
  );

export function consumerLagAlerts(input: AlertInput, workload: WorkloadPlan): AlertDraft[] {
  return workload.scale.signals.flatMap((signal) => {
    if (signal.kind !== 'kafka-lag') return [];
    const capacity = signal.messagesPerReplica * workload.scale.maxReplicas;
    const series = (lag: number): Sample[] => [
      constantSeries(
        'keda_scaler_metrics_value',
        {
          exported_namespace: input.namespace,
          scaledObject: workload.name,
          scaler: 'kafkaScaler',
          type: 'scaledobject',
        },
        lag,
        25,
      ),
    ];
    return [
      {
        name: 'consumer-lag-above-capacity',
        expr: binary(consumerLag(input, workload), '>', String(capacity)),
        forSeconds: 900,
        severity: 'warning',
        labels: { workload: workload.name },
        summary: message`${workload.name} is ${value('number')} messages behind`,
        description: message`${value('number')} messages wait for group ${signal.consumerGroup}. That is more than ${String(capacity)}: ${String(workload.scale.maxReplicas)} replicas x ${String(signal.messagesPerReplica)} messages; scaling cannot catch up.`,
        meaning: 'More comes in than all replicas handle, or a message fails again and again and holds its partition.',
        diagnosis: [
          readLog(input, workload.name),
          ...lookAtPods(input, workload.name),
          run('What the autoscaler sees.', kubectl(input, `describe scaledobject ${workload.name}`)),
        ],
        mitigation: [
          say(
            'One partition behind: skip or park the message that fails. All behind: raise scale.max, at most to the number of partitions.',
          ),
          rollBack(input, workload),
        ],
        proofs: bothWays({
          name: 'more messages wait than all replicas are meant for',
          minutes: 20,
          firing: series(capacity * 2),
          quiet: series(Math.floor(capacity / 2)),
          shown: humanizeLag(capacity * 2),
          labels: {},
        }),
      },
    ];
  });
}

const humanizeLag = (lag: number): string => humanize(decimal(lag));
