// Turns the edges of what watches a cluster into network policies: their namespaces deny everything else.
import type { PlatformEdgePlan, WatchingEdgePlan, WatchingEndPlan } from '../../../plan/types/platform';
import type { Manifest } from '../../shared/kubernetes/manifest';
import { hasWatcher, inFile, type MonitoringScope, metadata } from './scope';

const write = inFile('network.yaml');

interface Rule {
  readonly peer: object;
  readonly ports: readonly { readonly protocol: 'TCP' | 'UDP'; readonly port: number }[];
  readonly why: readonly string[];
}

const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

const podsAt = (namespace: string, labels: Readonly<Record<string, string>>) => ({
  namespaceSelector: inNamespace(namespace),
  podSelector: { matchLabels: labels },
});

function peerOf(scope: MonitoringScope, name: string): object {
  const { pods, addresses } = endNamed(scope, name);
  if (pods !== null) return podsAt(pods.namespace, pods.labels);
  if (addresses === null) throw new Error(`BUG: ${name} is neither pods nor addresses`);
  const { cidr, except } = addresses;
  return { ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) } };
}

function endNamed({ watching }: MonitoringScope, name: string): WatchingEndPlan {
  const found = watching.ends.find((end) => end.name === name);
  if (found === undefined) throw new Error(`BUG: no end of an edge is named ${name}`);
  return found;
}

/** One rule for each other end, with all of its ports. */
function rulesBetween(
  scope: MonitoringScope,
  edges: readonly WatchingEdgePlan[],
  other: (edge: WatchingEdgePlan) => string,
): Rule[] {
  return [...new Set(edges.map(other))].map((name) => {
    const own = edges.filter((edge) => other(edge) === name);
    return {
      peer: peerOf(scope, name),
      ports: own.map(({ protocol, port }) => ({ protocol, port })),
      why: [...new Set(own.map(({ why }) => why))],
    };
  });
}

/** The pods of a service that an edge is for. */
const callers = ({ cluster }: MonitoringScope, { from, components }: PlatformEdgePlan): object => ({
  namespaceSelector: inNamespace(cluster.namespace),
  podSelector: {
    matchLabels: { 'app.kubernetes.io/name': from.name },
    matchExpressions: [{ key: 'app.kubernetes.io/component', operator: 'In', values: components }],
  },
});

/** What services send, by the cluster's own edges. */
const fromServices = (scope: MonitoringScope, name: string): Rule[] =>
  scope.cluster.edges
    .filter(({ from, to }) => from.kind === 'service' && to.kind === 'platform' && to.name === name)
    .map((edge) => ({
      peer: callers(scope, edge),
      ports: [{ protocol: edge.protocol, port: edge.port }],
      why: [edge.why],
    }));

/** What Prometheus reads of services and exporters, by the cluster's own edges. */
const read = ({ watching }: MonitoringScope): Rule[] =>
  watching.reads.map(({ namespace, labels, port, why }) => ({
    peer: podsAt(namespace, labels),
    ports: [{ protocol: 'TCP', port }],
    why: [why],
  }));

const comments = (direction: 'ingress' | 'egress', rules: readonly Rule[]) =>
  Object.fromEntries(rules.map(({ why }, index) => [`spec.${direction}.${index}`, why.join('; ')]));

function policy(scope: MonitoringScope, { name, pods, why }: WatchingEndPlan): Manifest {
  if (pods === null) throw new Error(`BUG: ${name} has no pods to guard`);
  const { edges } = scope.watching;
  const ingress = [
    ...rulesBetween(
      scope,
      edges.filter(({ to }) => to === name),
      ({ from }) => from,
    ),
    ...fromServices(scope, name),
  ];
  const egress = [
    ...rulesBetween(
      scope,
      edges.filter(({ from }) => from === name),
      ({ to }) => to,
    ),
    ...(name === 'prometheus' ? read(scope) : []),
  ];
  const about = metadata(scope, name, name, 'configure', pods.namespace);
  // Operators make the pods of the others; kube-score sees none.
  const isOurs = name === 'grafana' && hasWatcher(scope, name);
  return write(
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: isOurs
        ? about
        : { ...about, annotations: { ...about.annotations, 'kube-score/ignore': 'networkpolicy-targets-pod' } },
      spec: {
        podSelector: { matchLabels: pods.labels },
        policyTypes: ['Ingress', 'Egress'],
        ingress: ingress.map(({ peer, ports }) => ({ from: [peer], ports })),
        egress: egress.map(({ peer, ports }) => ({ to: [peer], ports })),
      },
    },
    { spec: why, ...comments('ingress', ingress), ...comments('egress', egress) },
  );
}

export const networkObjects = (scope: MonitoringScope): Manifest[] =>
  scope.watching.ends.filter(({ guarded }) => guarded).map((end) => policy(scope, end));
