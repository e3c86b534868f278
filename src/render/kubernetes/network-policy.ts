// Turns the network edges into a default deny and one NetworkPolicy per component: everything its pods may do, in one place.
import type { NetworkEdge, NetworkPeer, NetworkPort } from '../../plan/types';
import type { YamlComments } from '../shared/yaml';
import { type Component, metadata, podSelector } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';

const file = 'network-policy.yaml';

export function networkPolicies(scope: Scope): Manifest[] {
  return [defaultDeny(scope), ...componentsOf(scope).map((component) => componentPolicy(scope, component))];
}

/** The components of which the environment has pods. */
function componentsOf({ environment }: Scope): Component[] {
  const { workloads, jobs, migration } = environment;
  return [
    ...(['web', 'worker'] as const).filter((component) =>
      workloads.some((workload) => workload.component === component),
    ),
    ...(jobs.length > 0 ? (['job'] as const) : []),
    ...(migration === null ? [] : (['migration'] as const)),
  ];
}

function defaultDeny(scope: Scope): Manifest {
  return manifest(
    file,
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadata(scope, { name: `${scope.plan.identity.name}-default-deny`, phase: 'configure' }),
      spec: { podSelector: { matchLabels: podSelector(scope, null) }, policyTypes: ['Ingress', 'Egress'] },
    },
    { spec: 'Nothing in, nothing out, for every pod of the service; the policies below add what is declared.' },
  );
}

function componentPolicy(scope: Scope, component: Component): Manifest {
  const { ingress, egress } = scope.environment.network;
  const incoming = ingress.filter(({ components }) => components.includes(component));
  const outgoing = egress.filter(({ components }) => components.includes(component));
  return manifest(
    file,
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadata(scope, { name: `${scope.plan.identity.name}-${component}`, component, phase: 'configure' }),
      spec: {
        podSelector: { matchLabels: podSelector(scope, component) },
        policyTypes: ['Ingress', 'Egress'],
        // A list that is left out denies as well, and an empty one does not survive a JSON merge.
        ingress:
          incoming.length > 0 ? incoming.map((edge) => ({ from: [peer(edge.peer)], ports: ports(edge) })) : undefined,
        egress:
          outgoing.length > 0 ? outgoing.map((edge) => ({ to: [peer(edge.peer)], ports: ports(edge) })) : undefined,
      },
    },
    { ...reasons('ingress', incoming), ...reasons('egress', outgoing) },
  );
}

function reasons(direction: 'ingress' | 'egress', edges: readonly NetworkEdge[]): YamlComments {
  return Object.fromEntries(
    edges.map(({ name, why, hosts }, index) => [
      `spec.${direction}.${index}`,
      hosts.length === 0
        ? `${name}: ${why}`
        : `${name}: ${why}\nMeant for ${hosts.join(', ')}; a NetworkPolicy cannot name hosts.`,
    ]),
  );
}

function peer(plan: NetworkPeer): object {
  switch (plan.kind) {
    case 'pods':
      return {
        namespaceSelector: plan.namespace === null ? undefined : namespaceSelector(plan.namespace),
        podSelector: { matchLabels: plan.labels },
      };
    case 'namespace':
      return { namespaceSelector: namespaceSelector(plan.namespace) };
    case 'addresses':
      return { ipBlock: { cidr: plan.cidr, except: plan.except.length > 0 ? plan.except : undefined } };
  }
}

/** The label that the API server itself puts on each namespace: nobody else can take it. */
function namespaceSelector(namespace: string): object {
  return { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
}

function ports(edge: NetworkEdge): object[] {
  // Without ports a rule opens all of them.
  if (edge.ports.length === 0) throw new Error(`BUG: the network edge "${edge.name}" has no port`);
  return edge.ports.map(({ port, protocol }: NetworkPort) => ({ protocol, port }));
}
