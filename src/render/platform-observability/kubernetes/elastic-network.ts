// Turns who writes to the log store of a cluster, and who reads it, into network policies.
import type { ElasticPlan } from '../../../plan/types/platform';
import type { KubernetesObject, Manifest } from '../../shared/kubernetes/manifest';
import { inFile, type MonitoringScope, metadata } from './scope';

/** Name of the Elasticsearch of logs and traces, and of its Kibana. */
export const store = 'logs';
/** The operator's own namespace, which is none of the platform's: what reads the node's files cannot live where "restricted" is enforced. */
export const agentNamespace = 'elastic-system';
/** Pod Security "restricted", by the user of the images. */
export const elasticSecurity = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  fsGroup: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
};
/** Name of what reads the logs of each node. */
export const agent = 'filebeat';

const write = inFile('elastic.yaml');

const namespaced = (namespace: string, labels: Readonly<Record<string, string>>) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: labels },
});
const tcp = (port: number) => [{ protocol: 'TCP', port }];
const pods = {
  store: { 'elasticsearch.k8s.elastic.co/cluster-name': store },
  kibana: { 'kibana.k8s.elastic.co/name': store },
  apm: { 'apm.k8s.elastic.co/name': 'apm-server' },
  agent: { 'beat.k8s.elastic.co/name': agent },
  operator: { 'control-plane': 'elastic-operator' },
};

/** What every pod of the platform's own namespaces has by the policy of the namespace. */
const names = [
  {
    to: [namespaced('kube-system', { 'k8s-app': 'kube-dns' })],
    ports: [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ],
  },
];

function policy(
  scope: MonitoringScope,
  name: string,
  labels: Readonly<Record<string, string>>,
  ingress: readonly object[],
  egress: readonly object[],
  namespace = scope.watching.monitoringNamespace,
): KubernetesObject {
  const about = metadata(scope, name, name, 'configure', namespace);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { ...about, annotations: { ...about.annotations, 'kube-score/ignore': 'networkpolicy-targets-pod' } },
    spec: { podSelector: { matchLabels: labels }, policyTypes: ['Ingress', 'Egress'], ingress, egress },
  };
}

/** The pods that an edge lets send traces. */
function traces({ cluster }: MonitoringScope): object[] {
  const edges = cluster.edges.filter(({ to }) => to.kind === 'platform' && to.name === 'apm-server');
  return edges.map(({ from, components, port }) => ({
    from: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': cluster.namespace } },
        podSelector: {
          matchLabels: { 'app.kubernetes.io/name': from.name },
          matchExpressions: [{ key: 'app.kubernetes.io/component', operator: 'In', values: components }],
        },
      },
    ],
    ports: tcp(port),
  }));
}

export function elasticPolicies(scope: MonitoringScope, { logging, tracing }: ElasticPlan): Manifest[] {
  const here = scope.watching.monitoringNamespace;
  const toStore = [{ to: [namespaced(here, pods.store)], ports: tcp(9200) }];
  const toApiServer = { to: [{ ipBlock: { cidr: scope.cluster.addresses.network } }], ports: tcp(443) };
  const clients = [
    namespaced('elastic-system', pods.operator),
    namespaced(here, pods.kibana),
    ...(tracing ? [namespaced(here, pods.apm)] : []),
    ...(logging ? [namespaced(agentNamespace, pods.agent)] : []),
  ];
  return [
    write(
      policy(
        scope,
        'logs-elasticsearch',
        pods.store,
        [
          { from: clients, ports: tcp(9200) },
          { from: [namespaced(here, pods.store)], ports: tcp(9300) },
        ],
        [...toStore, { to: [namespaced(here, pods.store)], ports: tcp(9300) }],
      ),
      { spec: 'The nodes among each other, and who writes and shows.' },
    ),
    write(policy(scope, 'logs-kibana', pods.kibana, [], toStore), {
      spec: 'People come by port-forward, which no policy sees, until a private door is opened.',
    }),
    ...(tracing
      ? [
          write(policy(scope, 'apm-server', pods.apm, traces(scope), toStore), {
            spec: 'Traces of the services whose edges lead here.',
          }),
        ]
      : []),
    ...(logging
      ? [
          write(policy(scope, agent, pods.agent, [], [...names, ...toStore, toApiServer], agentNamespace), {
            spec: "The namespace is the operator's, and denies nothing by itself.",
            'spec.egress.2': 'The API server, to say which pod a line is from.',
          }),
        ]
      : []),
  ];
}
