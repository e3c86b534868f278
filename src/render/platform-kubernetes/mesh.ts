// Turns the edges between services into Istio's rules: mutual TLS everywhere, and each service called by its declared callers only.
import type { NamespacePlan, PlatformEdgePlan } from '../../plan/types/platform';
import { type Manifest, manifest } from '../shared/kubernetes/manifest';
import type { YamlComments } from '../shared/yaml';
import { istio } from './fixed';
import { isEnd, type PolicyRule, podsIn, tcp } from './peers';
import { type ClusterScope, type Concern, concern, metadata } from './scope';

/**
 * Data stores stay outside: they speak TLS of their own, and their operators do not belong to the mesh. So does what watches:
 * Prometheus alone has a sidecar there, by a label of its own, and Grafana reaches it as it is.
 */
const isMeshed = ({ cluster }: ClusterScope, { holds }: NamespacePlan): boolean =>
  cluster.mesh === 'istio' && (holds === 'services' || holds === 'gateway');

export const meshLabels = (scope: ClusterScope, plan: NamespacePlan): Readonly<Record<string, string>> =>
  isMeshed(scope, plan) ? { 'istio-injection': 'enabled' } : {};

export const meshComments = (scope: ClusterScope, plan: NamespacePlan): YamlComments =>
  isMeshed(scope, plan)
    ? {
        'metadata.labels.istio-injection':
          'Needs the CNI plugin of Istio, since Pod Security admits no container that redirects traffic by itself, and\nsidecars as Kubernetes knows them (1.29), which end with the Job beside them.',
      }
    : {};

export const meshEgress = (scope: ClusterScope, plan: NamespacePlan): PolicyRule[] =>
  isMeshed(scope, plan)
    ? [{ peers: [podsIn(istio.namespace, istio.labels)], ports: tcp(istio.port), why: "the sidecar's certificate" }]
    : [];

export function mesh(scope: ClusterScope): Concern | null {
  if (scope.cluster.mesh === 'none') return null;
  const called = scope.plan.services.filter(({ name }) => edgesTo(scope, name).length > 0);
  return concern('mesh', [
    peerAuthentication(scope),
    nobody(scope),
    ...called.map(({ name }) => authorization(scope, name, edgesTo(scope, name))),
  ]);
}

const edgesTo = ({ cluster }: ClusterScope, service: string): PlatformEdgePlan[] =>
  cluster.edges.filter(({ to }) => isEnd(to, 'service', service));

function peerAuthentication(scope: ClusterScope): Manifest {
  return manifest(
    'peer-authentication.yaml',
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: metadata(scope, { name: 'default', namespace: scope.cluster.namespace, phase: 'configure' }),
      spec: { mtls: { mode: 'STRICT' } },
    },
    { 'spec.mtls.mode': 'Plain text is refused: whoever calls shows a certificate of the mesh.' },
  );
}

function nobody(scope: ClusterScope): Manifest {
  return manifest(
    'authorization-policies.yaml',
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: metadata(scope, { name: 'default-deny', namespace: scope.cluster.namespace, phase: 'configure' }),
      spec: { action: 'ALLOW' },
    },
    { spec: 'Allows by a rule, and there is none: everything that no policy below names is refused.' },
  );
}

function authorization(scope: ClusterScope, service: string, edges: readonly PlatformEdgePlan[]): Manifest {
  return manifest(
    'authorization-policies.yaml',
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: metadata(scope, { name: service, namespace: scope.cluster.namespace, phase: 'configure' }),
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': service } },
        action: 'ALLOW',
        rules: edges.map(({ from, port }) => ({
          from: [{ source: source(scope, from) }],
          to: [{ operation: { ports: [String(port)] } }],
        })),
      },
    },
    Object.fromEntries(edges.map(({ why }, index) => [`spec.rules.${index}`, why])),
  );
}

function source({ cluster }: ClusterScope, { kind, name }: PlatformEdgePlan['from']): object {
  if (kind === 'service') return { principals: [`${istio.trustDomain}/ns/${cluster.namespace}/sa/${name}`] };
  // Their accounts are named by the operators that make them.
  if (kind === 'platform' && name === 'gateway') return { namespaces: [cluster.gateway.namespace] };
  if (kind === 'platform' && name === 'prometheus')
    return { principals: [`${istio.trustDomain}/ns/${cluster.monitoringNamespace}/sa/${name}`] };
  throw new Error(`BUG: no identity in the mesh is known for ${kind} ${name}`);
}
