// Turns the targets that no service brings into PodMonitors, and the kubelets into a ServiceMonitor.
import type { ComponentMonitorPlan } from '../../../plan/types/platform';
import type { Manifest } from '../../shared/kubernetes/manifest';
import { hasWatcher, inFile, type MonitoringScope, metadata, watcherNamed } from './scope';

const write = inFile('monitors.yaml');
const job = (replacement: string) => [{ action: 'replace', targetLabel: 'job', replacement }];

interface Pods {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly port: number;
  readonly keepsLabels: boolean;
}

function podMonitor(
  scope: MonitoringScope,
  { name, namespace, labels, port, keepsLabels }: Pods,
  why: string,
): Manifest {
  return write(
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: metadata(scope, name, name, 'run'),
      spec: {
        namespaceSelector: { matchNames: [namespace] },
        selector: { matchLabels: labels },
        podMetricsEndpoints: [
          {
            portNumber: port,
            path: '/metrics',
            scheme: 'http',
            interval: `${scope.watching.scrapeIntervalSeconds}s`,
            honorLabels: keepsLabels,
            relabelings: job(name),
          },
        ],
      },
    },
    { spec: why },
  );
}

function portOf(scope: MonitoringScope, name: string): number {
  const { port } = watcherNamed(scope, name);
  if (port === null) throw new Error(`BUG: ${name} has no port`);
  return port;
}

function own(scope: MonitoringScope): Manifest[] {
  return (['alertmanager', 'grafana', 'prometheus'] as const)
    .filter((name) => hasWatcher(scope, name))
    .map((name) =>
      podMonitor(
        scope,
        {
          name,
          namespace: scope.watching.monitoringNamespace,
          labels: { 'app.kubernetes.io/name': name },
          port: portOf(scope, name),
          keepsLabels: false,
        },
        'Who watches is watched.',
      ),
    );
}

const component = (scope: MonitoringScope, plan: ComponentMonitorPlan): Manifest => podMonitor(scope, plan, plan.why);

/** https://github.com/prometheus-operator/prometheus-operator/blob/main/Documentation/user-guides/getting-started.md: the operator keeps this Service. */
function kubelets(scope: MonitoringScope): Manifest[] {
  const { nodeMetrics, scrapeIntervalSeconds } = scope.watching;
  if (nodeMetrics.length === 0) return [];
  const account = '/var/run/secrets/kubernetes.io/serviceaccount';
  const endpoint = (path: string) => ({
    port: 'https-metrics',
    scheme: 'https',
    path,
    interval: `${scrapeIntervalSeconds}s`,
    honorLabels: true,
    bearerTokenFile: `${account}/token`,
    tlsConfig: { caFile: `${account}/ca.crt` },
    relabelings: job('kubelet'),
    metricRelabelings: [{ action: 'keep', sourceLabels: ['__name__'], regex: nodeMetrics.join('|') }],
  });
  return [
    write(
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata: metadata(scope, 'kubelet', 'kubelet', 'run'),
        spec: {
          namespaceSelector: { matchNames: ['kube-system'] },
          selector: { matchLabels: { 'app.kubernetes.io/name': 'kubelet' } },
          endpoints: [endpoint('/metrics'), endpoint('/metrics/cadvisor')],
        },
      },
      {
        spec: 'Every node, through the Service that the operator keeps (--kubelet-service=kube-system/kubelet).',
        'spec.endpoints.0.metricRelabelings':
          'A kubelet has thousands of series for each pod; only what rules and dashboards ask for is kept.',
      },
    ),
  ];
}

export const monitorObjects = (scope: MonitoringScope): Manifest[] => [
  ...own(scope),
  ...scope.watching.components.map((plan) => component(scope, plan)),
  ...kubelets(scope),
];
