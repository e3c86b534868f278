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
        scrapeClass: metrics.scrapeClass ?? undefined,
        selector: { matchLabels: workloadSelector(scope, workload.name) },
        podMetricsEndpoints: [
          {
            port: 'http',
            path,
            scheme: metrics.scrapeClass === null ? 'http' : 'https',
            tlsConfig: metrics.scrapeClass === null ? undefined : { insecureSkipVerify: true },
            interval: `${metrics.scrapeIntervalSeconds}s`,
            relabelings: [{ action: 'replace', targetLabel: 'job', replacement: metrics.job }],
          },
        ],
      },
    },
    {
      ...(metrics.scrapeClass === null
        ? {}
        : {
            'spec.scrapeClass': "The platform's Prometheus shows a certificate of the mesh: it takes no plain text.",
            'spec.podMetricsEndpoints.0.tlsConfig':
              'A certificate of Istio names an account, which Prometheus cannot compare with an address; who answers at the address of\na pod is the business of the network. https://istio.io/latest/docs/ops/integrations/prometheus/#tls-settings',
          }),
      'spec.podMetricsEndpoints.0.relabelings':
        'The alert rules select by this value; the operator would put "namespace/monitor" there.',
    },
  );
}
