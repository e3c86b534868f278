// Turns a consumer-lag signal into a KEDA ScaledObject, which makes the autoscaler of its workload itself.
import type { ScaleSignal, WorkloadPlan } from '../../plan/types';
import { metadata } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';
import { scaleTarget } from './rollout';
import { triggerAuthenticationName } from './trigger-authentication';

/** True when a HorizontalPodAutoscaler alone cannot see what to scale on. */
export const needsKeda = (workload: WorkloadPlan): boolean =>
  workload.scale.signals.some(({ kind }) => kind === 'kafka-lag');

export function scaledObject(scope: Scope, workload: WorkloadPlan, file: string): Manifest {
  const { scale } = workload;
  return manifest(
    file,
    {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: metadata(scope, { name: workload.name, component: workload.component, phase: 'run' }),
      spec: {
        scaleTargetRef: scaleTarget(workload),
        minReplicaCount: scale.minReplicas,
        maxReplicaCount: scale.maxReplicas,
        advanced: {
          horizontalPodAutoscalerConfig: {
            behavior: { scaleDown: { stabilizationWindowSeconds: scale.scaleDownStabilizationSeconds } },
          },
        },
        triggers: scale.signals.flatMap((signal) => triggersOf(signal, workload)),
      },
    },
    { spec: 'KEDA makes a HorizontalPodAutoscaler of this: there must be no second one for the same workload.' },
  );
}

function triggersOf(signal: ScaleSignal, workload: WorkloadPlan): object[] {
  if (signal.kind !== 'kafka-lag') {
    return [{ type: signal.kind, metricType: 'Utilization', metadata: { value: String(signal.utilizationPercent) } }];
  }
  const { authentication, topics } = signal;
  // Without a topic KEDA looks at all those that the group has read.
  return (topics.length === 0 ? [undefined] : topics).map((topic) => ({
    type: 'kafka',
    metadata: {
      bootstrapServers: signal.bootstrapServers,
      consumerGroup: signal.consumerGroup,
      topic,
      lagThreshold: String(signal.messagesPerReplica),
      ...(authentication === null ? {} : { sasl: 'scram_sha512', tls: 'enable' }),
    },
    authenticationRef: authentication === null ? undefined : { name: triggerAuthenticationName(workload) },
  }));
}
