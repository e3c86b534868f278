// Decides who talks to whom among what watches a cluster; what services and data stores are read by is in the cluster's own edges.
import { elasticStack } from '../../../catalog/elastic-stack';
import { tracePods, traceServer } from '../../tracing';
import type {
  ClusterPlan,
  ComponentMonitorPlan,
  ElasticPlan,
  MeshScrapingPlan,
  WatchingEdgePlan,
  WatchingEndPlan,
} from '../../types/platform';

export interface ClusterEdgeInput {
  readonly cluster: ClusterPlan;
  readonly hasDashboards: boolean;
  readonly components: readonly ComponentMonitorPlan[];
  readonly readsKubelets: boolean;
  readonly elastic: ElasticPlan | null;
  readonly mesh: MeshScrapingPlan | null;
}

type Labels = Readonly<Record<string, string>>;

const { inCluster } = elasticStack;

const named = (name: string): Labels => ({ 'app.kubernetes.io/name': name });
const podsAt = (name: string, namespace: string, labels: Labels, why: string, guarded = false): WatchingEndPlan => ({
  name,
  pods: { namespace, labels },
  addresses: null,
  guarded,
  why,
});
const addressesAt = (name: string, cidr: string, except: readonly string[], why: string): WatchingEndPlan => ({
  name,
  pods: null,
  addresses: { cidr, except },
  guarded: false,
  why,
});
const edge = (
  from: string,
  to: string,
  port: number,
  why: string,
  protocol: 'TCP' | 'UDP' = 'TCP',
): WatchingEdgePlan => ({
  from,
  to,
  port,
  protocol,
  why,
});

interface Part {
  readonly ends: readonly WatchingEndPlan[];
  readonly edges: readonly WatchingEdgePlan[];
}

const nothing: Part = { ends: [], edges: [] };

/** https://prometheus.io/docs/alerting/latest/high_availability/ and the ports that each listens on by default. */
function metrics({ cluster, hasDashboards, readsKubelets }: ClusterEdgeInput): Part {
  const here = cluster.monitoringNamespace;
  const { network, outside } = cluster.addresses;
  return {
    ends: [
      podsAt('prometheus', here, named('prometheus'), 'Reads every target, evaluates every rule.', true),
      podsAt('alertmanager', here, named('alertmanager'), 'Tells the owners.', true),
      ...(hasDashboards
        ? [
            podsAt(
              'grafana',
              here,
              named('grafana'),
              'Shows the dashboards. People come through the API server, which no policy sees.',
              true,
            ),
          ]
        : []),
      addressesAt('private-network', network, [], 'The API server and the nodes, whose addresses are in it.'),
      addressesAt('outside', outside.cidr, outside.except, 'The internet: a policy knows no names.'),
    ],
    edges: [
      edge('prometheus', 'prometheus', 9090, 'its own metrics, and those of its other replica'),
      edge('prometheus', 'alertmanager', 9093, 'sends alerts, and reads its metrics'),
      edge('prometheus', 'private-network', 443, 'the API server, to find targets'),
      ...(readsKubelets ? [edge('prometheus', 'private-network', 10_250, 'the kubelet of each node')] : []),
      ...(hasDashboards
        ? [
            edge('prometheus', 'grafana', 3000, 'metrics of Grafana'),
            edge('grafana', 'prometheus', 9090, 'asks what the dashboards show'),
          ]
        : []),
      edge('alertmanager', 'alertmanager', 9094, 'the replicas tell each other what was sent'),
      edge('alertmanager', 'alertmanager', 9094, 'the replicas tell each other what was sent', 'UDP'),
      edge('alertmanager', 'outside', 443, 'Slack, and who is called by the watchdog'),
    ],
  };
}

const measured = ({ components }: ClusterEdgeInput): Part => ({
  ends: components.map(({ name, namespace, labels, why }) => podsAt(`component-${name}`, namespace, labels, why)),
  edges: components.map(({ name, port, why }) => edge('prometheus', `component-${name}`, port, why)),
});

/** Canaries come with GitOps or without: https://argo-rollouts.readthedocs.io/en/stable/analysis/prometheus/ */
const judged: Part = {
  ends: [podsAt('argo-rollouts', 'argo-rollouts', named('argo-rollouts'), 'Judges canaries.')],
  edges: [edge('argo-rollouts', 'prometheus', 9090, 'the analysis of canaries asks the same questions as the alerts')],
};

const signed = ({ mesh }: ClusterEdgeInput): Part =>
  mesh === null
    ? nothing
    : {
        ends: [podsAt('mesh-signer', mesh.signer.namespace, mesh.signer.labels, 'Signs the certificates of the mesh.')],
        edges: [edge('prometheus', 'mesh-signer', mesh.signer.port, 'the certificate that services are read with')],
      };

/** https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s/network-policies */
function kept({ cluster, elastic }: ClusterEdgeInput): Part {
  if (elastic === null) return nothing;
  const { store, storePods, kibanaPods, agentPods, agentNamespace, operatorPods } = inCluster;
  const here = cluster.monitoringNamespace;
  const toStore = (from: string, why: string) => edge(from, 'logs-elasticsearch', 9200, why);
  return {
    ends: [
      podsAt('logs-elasticsearch', here, storePods(store), 'Keeps logs and traces.', true),
      podsAt('logs-kibana', here, kibanaPods(store), 'Shows them. People come through the API server.', true),
      podsAt('elastic-operator', agentNamespace, operatorPods, 'Runs the servers of Elastic.'),
      ...(elastic.tracing ? [podsAt(traceServer, here, tracePods, 'Takes traces of services.', true)] : []),
      ...(elastic.logging
        ? [
            podsAt('filebeat', agentNamespace, agentPods, 'Reads the logs of the node.', true),
            podsAt('kube-dns', 'kube-system', { 'k8s-app': 'kube-dns' }, 'The resolver.'),
          ]
        : []),
    ],
    edges: [
      edge('logs-elasticsearch', 'logs-elasticsearch', 9300, 'the nodes among each other'),
      toStore('elastic-operator', 'makes accounts and keeps the nodes'),
      toStore('logs-kibana', 'shows logs and traces'),
      ...(elastic.tracing ? [toStore(traceServer, 'writes traces')] : []),
      ...(elastic.logging
        ? [
            toStore('filebeat', 'writes logs'),
            edge('filebeat', 'private-network', 443, 'the API server, to say which pod a line is from'),
            edge('filebeat', 'kube-dns', 53, 'names: its namespace has no policy that allows them', 'UDP'),
            edge('filebeat', 'kube-dns', 53, 'names: its namespace has no policy that allows them'),
          ]
        : []),
    ],
  };
}

/** What services send and what Prometheus reads of services and exporters, by the cluster's edges, is not repeated here. */
export function clusterWatchingEdges(input: ClusterEdgeInput): Part {
  const parts = [metrics(input), measured(input), judged, signed(input), kept(input)];
  return { ends: parts.flatMap(({ ends }) => ends), edges: parts.flatMap(({ edges }) => edges) };
}
