// Turns what the watching pods read and tell into network policies: the namespace denies everything else.
import type { Manifest } from '../../shared/kubernetes/manifest';
import { hasWatcher, inFile, type MonitoringScope, metadata } from './scope';

const write = inFile('network.yaml');

const pods = (namespace: string, labels: Readonly<Record<string, string>>) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: labels },
});
const named = (name: string) => ({ 'app.kubernetes.io/name': name });
const tcp = (...ports: readonly number[]) => ports.map((port) => ({ protocol: 'TCP', port }));

function policy(
  scope: MonitoringScope,
  name: string,
  ingress: readonly object[],
  egress: readonly object[],
  comments: Record<string, string>,
): Manifest {
  const about = metadata(scope, name, name, 'configure');
  // The operator makes the pods of Prometheus and Alertmanager; kube-score sees none.
  const annotations =
    name === 'grafana' ? about.annotations : { ...about.annotations, 'kube-score/ignore': 'networkpolicy-targets-pod' };
  return write(
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { ...about, annotations },
      spec: { podSelector: { matchLabels: named(name) }, policyTypes: ['Ingress', 'Egress'], ingress, egress },
    },
    comments,
  );
}

function prometheus(scope: MonitoringScope): Manifest {
  const { watching, cluster } = scope;
  const here = watching.monitoringNamespace;
  const read = watching.reads.map(({ namespace, labels, port }) => ({
    to: [pods(namespace, labels)],
    ports: tcp(port),
  }));
  const others = watching.components.map(({ namespace, labels, port }) => ({
    to: [pods(namespace, labels)],
    ports: tcp(port),
  }));
  const fixed = [
    { to: [pods(here, named('prometheus'))], ports: tcp(9090) },
    { to: [pods(here, named('alertmanager'))], ports: tcp(9093) },
    { to: [pods(here, named('grafana'))], ports: tcp(3000) },
    { to: [{ ipBlock: { cidr: cluster.addresses.network } }], ports: tcp(443, 10_250) },
  ];
  const signer =
    watching.mesh === null
      ? []
      : [
          {
            to: [pods(watching.mesh.signer.namespace, watching.mesh.signer.labels)],
            ports: tcp(watching.mesh.signer.port),
          },
        ];
  const comments = Object.fromEntries(
    [...watching.reads, ...watching.components].map(({ why }, index) => [`spec.egress.${fixed.length + index}`, why]),
  );
  return policy(
    scope,
    'prometheus',
    [
      { from: [pods(here, named('prometheus')), pods(here, named('grafana'))], ports: tcp(9090) },
      { from: [pods('argo-rollouts', named('argo-rollouts'))], ports: tcp(9090) },
    ],
    [...fixed, ...read, ...others, ...signer],
    {
      'spec.ingress.1': 'The analysis of canaries asks the same questions as the alerts.',
      'spec.egress.3': 'The API server, to find targets, and the kubelet of each node.',
      ...comments,
    },
  );
}

function alertmanager(scope: MonitoringScope): Manifest {
  const here = scope.watching.monitoringNamespace;
  const { cidr, except } = scope.cluster.addresses.outside;
  const peers = {
    ports: [
      { protocol: 'TCP', port: 9094 },
      { protocol: 'UDP', port: 9094 },
    ],
  };
  return policy(
    scope,
    'alertmanager',
    [
      { from: [pods(here, named('prometheus'))], ports: tcp(9093) },
      { from: [pods(here, named('alertmanager'))], ...peers },
    ],
    [
      { to: [pods(here, named('alertmanager'))], ...peers },
      { to: [{ ipBlock: { cidr, except } }], ports: tcp(443) },
    ],
    { 'spec.egress.1': 'Slack, and who is called by the watchdog: a policy knows no names.' },
  );
}

function grafana(scope: MonitoringScope): Manifest {
  const here = scope.watching.monitoringNamespace;
  return policy(
    scope,
    'grafana',
    [{ from: [pods(here, named('prometheus'))], ports: tcp(3000) }],
    [{ to: [pods(here, named('prometheus'))], ports: tcp(9090) }],
    {
      'spec.ingress.0':
        'Its own metrics. People come by port-forward, which no policy sees, until a private door is opened.',
    },
  );
}

export const networkObjects = (scope: MonitoringScope): Manifest[] => [
  prometheus(scope),
  alertmanager(scope),
  ...(hasWatcher(scope, 'grafana') ? [grafana(scope)] : []),
];
