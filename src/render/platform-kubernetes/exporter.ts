// Turns the exporter of an instance into its objects, and into the PodMonitor whose labels the services' alerts select by.
import type { BackingInstancePlan } from '../../plan/types/platform';
import { type Manifest, manifest } from '../shared/kubernetes/manifest';
import { fileSecrets } from './external-secret';
import { type ClusterScope, instanceSelector, metadata } from './scope';
import { exporterDeployment, serviceAccount } from './workloads';

type Exporter = NonNullable<BackingInstancePlan['exporter']>;

export function exporterManifests(scope: ClusterScope, instance: BackingInstancePlan, exporter: Exporter): Manifest[] {
  const { container } = exporter;
  const file = `${container === null ? `${instance.name}-metrics` : container.name}.yaml`;
  return [
    ...(container === null
      ? []
      : [
          serviceAccount(scope, file, container),
          ...fileSecrets(scope, file, instance, container),
          exporterDeployment(scope, file, instance, container),
        ]),
    podMonitor(scope, file, instance, exporter),
  ];
}

function podMonitor(
  scope: ClusterScope,
  file: string,
  { name, kind, podLabels }: BackingInstancePlan,
  { container, host, port, path }: Exporter,
): Manifest {
  const label = (targetLabel: string, replacement: string) => ({ action: 'replace', targetLabel, replacement });
  const monitored = container === null ? name : container.name;
  return manifest(
    file,
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: metadata(scope, {
        name: monitored,
        namespace: scope.cluster.dataNamespace,
        of: kind,
        component: 'exporter',
        phase: 'prepare',
      }),
      spec: {
        selector: { matchLabels: container === null ? podLabels : instanceSelector(container.name) },
        podMetricsEndpoints: [
          {
            ...(container === null ? { portNumber: port } : { port: 'metrics' }),
            path,
            scheme: 'http',
            interval: `${scope.cluster.running.scrapeIntervalSeconds}s`,
            relabelings: [label('service', name), label('job', host)],
          },
        ],
      },
    },
    {
      'spec.podMetricsEndpoints.0.relabelings':
        'The alerts of the services that need it select by these values; the operator would put its own there.',
    },
  );
}
