// Spells the other ends of network policies.
import type { EdgeEnd, PlatformEdgePlan } from '../../plan/types/platform';
import { type Manifest, manifest } from '../shared/kubernetes/manifest';
import type { YamlComments } from '../shared/yaml';
import { podsElsewhere, resolver } from './fixed';
import { type ClusterScope, metadata } from './scope';

export interface PolicyRule {
  readonly peers: readonly object[];
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
  readonly why: string;
}

export interface PolicyPlan {
  readonly name: string;
  readonly namespace: string;
  readonly selector: object;
  readonly ingress: readonly PolicyRule[];
  readonly egress: readonly PolicyRule[];
  readonly why: string;
  /** Whether something else than the platform's own manifests makes the pods. */
  readonly podsElsewhere: boolean;
}

/** The label that the API server itself puts on each namespace: nobody else can take it. */
export const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

export const podsIn = (namespace: string, labels: Readonly<Record<string, string>>) => ({
  namespaceSelector: inNamespace(namespace),
  podSelector: { matchLabels: labels },
});

/** Pods of the policy's own namespace. */
export const podsHere = (labels: Readonly<Record<string, string>>) => ({ podSelector: { matchLabels: labels } });

export const addresses = (cidr: string, except: readonly string[] = []) => ({
  ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) },
});

/** The pods of a service that an edge is for. */
export const callers = ({ cluster }: ClusterScope, { from, components }: PlatformEdgePlan) => ({
  namespaceSelector: inNamespace(cluster.namespace),
  podSelector: {
    matchLabels: { 'app.kubernetes.io/name': from.name },
    matchExpressions: [{ key: 'app.kubernetes.io/component', operator: 'In', values: components }],
  },
});

export const webPods = ({ cluster }: ClusterScope, service: string) =>
  podsIn(cluster.namespace, { 'app.kubernetes.io/name': service, 'app.kubernetes.io/component': 'web' });

export const tcp = (...ports: readonly number[]) => ports.map((port) => ({ port, protocol: 'TCP' as const }));

export const isEnd = (end: EdgeEnd, kind: EdgeEnd['kind'], name: string): boolean =>
  end.kind === kind && end.name === name;

export function networkPolicy(scope: ClusterScope, file: string, policy: PolicyPlan): Manifest {
  const { name, namespace, ingress, egress } = policy;
  const rules = (list: readonly PolicyRule[], peers: 'from' | 'to') =>
    list.length === 0 ? undefined : list.map((rule) => spelled(rule, peers));
  return manifest(
    file,
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadata(scope, {
        name,
        namespace,
        phase: 'found',
        annotations: policy.podsElsewhere ? podsElsewhere.policy : {},
      }),
      spec: {
        podSelector: policy.selector,
        policyTypes: ['Ingress', 'Egress'],
        ingress: rules(ingress, 'from'),
        egress: rules(egress, 'to'),
      },
    },
    { spec: policy.why, ...reasons('ingress', ingress), ...reasons('egress', egress) },
  );
}

function spelled({ peers, ports, why }: PolicyRule, direction: 'from' | 'to'): object {
  // Without ports a rule opens all of them.
  if (ports.length === 0) throw new Error(`BUG: a network rule has no port: ${why}`);
  return {
    ...(peers.length > 0 ? { [direction]: peers } : {}),
    ports: ports.map(({ port, protocol }) => ({ protocol, port })),
  };
}

const reasons = (direction: 'ingress' | 'egress', rules: readonly PolicyRule[]): YamlComments =>
  Object.fromEntries(rules.map(({ why }, index) => [`spec.${direction}.${index}`, why]));

export const names: PolicyRule = {
  peers: [podsIn(resolver.namespace, resolver.labels)],
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
  why: 'names of everything else',
};
