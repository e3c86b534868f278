// What the objects of one environment's monitoring are rendered from, and their names and labels.
import type { ClusterPlan, ObservabilityPlan, PlatformPlan, WatcherPlan } from '../../../plan/types/platform';
import { type KubernetesObject, type Manifest, manifest, type ObjectMetadata } from '../../shared/kubernetes/manifest';
import type { YamlComments } from '../../shared/yaml';

export interface MonitoringScope {
  readonly plan: PlatformPlan;
  readonly cluster: ClusterPlan;
  readonly watching: ObservabilityPlan;
}

const domain = 'groundwork.daorsagro.com';

export const ownLabels = ({ plan }: MonitoringScope, name: string) => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': name,
  'app.kubernetes.io/part-of': plan.identity.name,
  'app.kubernetes.io/managed-by': 'groundwork',
});

/** `configure` comes before `run`, by Argo CD's waves; both before the services. */
export type Phase = 'configure' | 'run';
const waves: Readonly<Record<Phase, string>> = { configure: '-3', run: '-2' };

/** `of` is what the object belongs to: `prometheus`, `grafana`. `namespace` null: an object of the cluster. */
export function metadata(
  scope: MonitoringScope,
  name: string,
  of: string,
  phase: Phase,
  namespace: string | null = scope.watching.monitoringNamespace,
): ObjectMetadata {
  return {
    name,
    ...(namespace === null ? {} : { namespace }),
    labels: { ...ownLabels(scope, of), 'app.kubernetes.io/instance': name },
    annotations: {
      [`${domain}/declaration`]: `${scope.plan.identity.repository}/${scope.plan.identity.declaration}`,
      'argocd.argoproj.io/sync-wave': waves[phase],
    },
  };
}

export const inFile =
  (file: string) =>
  (object: KubernetesObject, comments: YamlComments = {}): Manifest =>
    manifest(file, object, comments);

export function watcherNamed({ watching }: MonitoringScope, name: string): WatcherPlan {
  const found = watching.watchers.find((watcher) => watcher.name === name);
  if (found === undefined) throw new Error(`BUG: nothing watches by the name ${name}`);
  return found;
}

export const hasWatcher = ({ watching }: MonitoringScope, name: string): boolean =>
  watching.watchers.some((watcher) => watcher.name === name);

/** Pod Security "restricted". Ids of 10000 and above are nobody's on the node. */
export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: 10001,
  runAsGroup: 10001,
  fsGroup: 10001,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
};

/** The same, by the user of Elastic's images. */
export const elasticSecurity = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  fsGroup: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** A pod elsewhere that does the same is better than two on one node. */
export const spread = (labels: Readonly<Record<string, string>>) => ({
  affinity: {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: labels } },
        },
      ],
    },
  },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: labels },
    },
  ],
});

export const disruptionBudget = (scope: MonitoringScope, of: string, labels: Readonly<Record<string, string>>) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: metadata(scope, of, of, 'run'),
  spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: labels } },
});

export const serviceAccount = (scope: MonitoringScope, of: string) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: metadata(scope, of, of, 'configure'),
  automountServiceAccountToken: false,
});
