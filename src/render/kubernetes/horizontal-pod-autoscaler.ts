// Turns CPU and memory signals into a HorizontalPodAutoscaler.
import type { WorkloadPlan } from '../../plan/types';
import type { YamlComments } from '../shared/yaml';
import { metadata } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';
import { isProgressive, scaleTarget } from './rollout';

export function horizontalPodAutoscaler(scope: Scope, workload: WorkloadPlan, file: string): Manifest {
  const { scale } = workload;
  const ignore = 'kube-score/ignore';
  const progressive = isProgressive(workload);
  const comments: YamlComments = progressive
    ? {
        [`metadata.annotations.${ignore}`]:
          'kube-score knows no Rollout, and Argo Rollouts wants the autoscaler to point at one.',
      }
    : {};
  return manifest(
    file,
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metadata(scope, {
        name: workload.name,
        component: workload.component,
        phase: 'run',
        annotations: progressive ? { [ignore]: 'horizontalpodautoscaler-has-target' } : {},
      }),
      spec: {
        scaleTargetRef: scaleTarget(workload),
        minReplicas: scale.minReplicas,
        maxReplicas: scale.maxReplicas,
        metrics: scale.signals.map((signal) => {
          if (signal.kind === 'kafka-lag')
            throw new Error('BUG: an autoscaler of Kubernetes cannot see the lag of a consumer');
          return {
            type: 'Resource',
            resource: {
              name: signal.kind,
              target: { type: 'Utilization', averageUtilization: signal.utilizationPercent },
            },
          };
        }),
        behavior: { scaleDown: { stabilizationWindowSeconds: scale.scaleDownStabilizationSeconds } },
      },
    },
    {
      ...comments,
      'spec.metrics': 'Percent of the request, not of the limit.',
      'spec.behavior': 'Shrinks only after the load has been low for so long; grows at once.',
    },
  );
}
