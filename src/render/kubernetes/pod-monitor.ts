// Turns the metrics of a workload into a PodMonitor of the Prometheus Operator.
import type { MonitoringPlan, WorkloadPlan } from '../../plan/types';
import { metadata, workloadSelector } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';

type Metrics = NonNullable<MonitoringPlan['metrics']>;

export function podMonitor(
  scope: Scope,
  workload: WorkloadPlan,
  path: string,
  metrics: Metrics,
  file: string,
): Manifest {
  return manifest(
    file,
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: metadata(scope, { name: workload.name, component: workload.component, phase: 'run' }),
      spec: {
        selector: { matchLabels: workloadSelector(scope, workload.name) },
        podMetricsEndpoints: [
          {
            port: 'http',
            path,
            scheme: 'http',
            interval: `${metrics.scrapeIntervalSeconds}s`,
            relabelings: [{ action: 'replace', targetLabel: 'job', replacement: metrics.job }],
          },
        ],
      },
    },
    {
      'spec.podMetricsEndpoints.0.relabelings':
        'The alert rules select by this value; the operator would put "namespace/monitor" there.',
    },
  );
}
