// What the objects of all operators share: names that clients use, amounts, and pods that Pod Security admits.
import type { ClusterObjectPlan } from './facts';
import type { OperatedInput } from './operated';

/** Names that clients reach the instance by; the last is what URLs hold. */
export const hostsOf = ({ name, namespace }: Pick<OperatedInput, 'name' | 'namespace'>): readonly string[] => [
  name,
  `${name}.${namespace}`,
  `${name}.${namespace}.svc`,
  `${name}.${namespace}.svc.cluster.local`,
];

/** Labels of every object and pod of an instance. */
export const instanceLabels = ({ name, platform }: Pick<OperatedInput, 'name' | 'platform'>) => ({
  'app.kubernetes.io/instance': name,
  'app.kubernetes.io/part-of': platform,
});

export const mebibytes = (amount: number): string => `${amount}Mi`;

export interface Amounts {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}

/** Requests are limits: the class of quality that is evicted last, and memory that no neighbour was promised too. */
export function guaranteed({ cpuMillis, memoryMiB }: Amounts) {
  const amounts = { cpu: `${cpuMillis}m`, memory: mebibytes(memoryMiB) };
  return { requests: amounts, limits: amounts };
}

/** A container of Pod Security's level `restricted`. */
export const restrictedContainer = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** A pod of Pod Security's level `restricted`. */
export const restrictedPod = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

/** Replicas over nodes by force, since two on one node fail together; over zones as far as there are zones with room. */
export const spreadOver = (matchLabels: Readonly<Record<string, string>>) => [
  {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels },
  },
  {
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
  },
];

/** An object of the instance without reasons. */
export const objectOf = (
  input: Pick<OperatedInput, 'name' | 'platform'>,
  apiVersion: string,
  kind: string,
  name: string,
  body: Readonly<Record<string, unknown>>,
  why: Readonly<Record<string, string>> = {},
): ClusterObjectPlan => ({ apiVersion, kind, name, labels: instanceLabels(input), body, why });
