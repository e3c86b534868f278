// Turns a disruption plan into a PodDisruptionBudget.
import type { WorkloadPlan } from '../../plan/types';
import { metadata, workloadSelector } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';

export function podDisruptionBudget(scope: Scope, workload: WorkloadPlan, file: string): Manifest {
  return manifest(
    file,
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata(scope, { name: workload.name, component: workload.component, phase: 'run' }),
      spec: {
        maxUnavailable: workload.disruption.maxUnavailable,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: workloadSelector(scope, workload.name) },
      },
    },
    {
      'spec.maxUnavailable': 'Pods that a node drain may take at once. Never zero, or no node could be drained.',
      'spec.unhealthyPodEvictionPolicy': 'Pods that do not work anyway must not hold a node up.',
    },
  );
}
