// What every object of the platform is rendered from, and the labels and annotations that objects find each other by.
import type { ClusterPlan, PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import type { Manifest, ObjectMetadata } from '../shared/kubernetes/manifest';

export interface ClusterScope {
  readonly plan: PlatformPlan;
  readonly cluster: ClusterPlan;
}

/** What a folder of the environment holds, beside its kustomization. */
export interface Concern {
  readonly folder: string;
  readonly manifests: readonly Manifest[];
  /** Files that ConfigMaps are made of; paths from the folder. */
  readonly files: readonly GeneratedFile[];
  /** Entries of the kustomization: `configMapGenerator`, `images`. */
  readonly kustomization: Readonly<Record<string, unknown>>;
}

const domain = 'groundwork.daorsagro.com';

/**
 * When Argo CD applies an object: `found` is what others refer to (namespaces, stores, classes), `configure` what a pod needs
 * to start, `run` the data stores, `prepare` what fills them. Services come after all of it, in applications of their own.
 */
export type Phase = 'found' | 'configure' | 'run' | 'prepare';
const syncWaves: Readonly<Record<Phase, string>> = { found: '-4', configure: '-3', run: '-2', prepare: '-1' };

interface Identity {
  readonly name: string;
  readonly phase: Phase;
  /** Absent for what belongs to the cluster. */
  readonly namespace?: string;
  /** What it is a part of, for example the kind of a data store; the object's own name when absent. */
  readonly of?: string;
  readonly component?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export function metadata(scope: ClusterScope, identity: Identity): ObjectMetadata {
  const { name, namespace, phase, labels, annotations } = identity;
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    labels: { ...ownLabels(scope, identity), ...labels },
    annotations: {
      [`${domain}/declaration`]: `${scope.plan.identity.repository}/${scope.plan.identity.declaration}`,
      'argocd.argoproj.io/sync-wave': syncWaves[phase],
      ...annotations,
    },
  };
}

/** The recommended labels. */
export function ownLabels({ plan }: ClusterScope, { name, of, component }: Omit<Identity, 'phase'>) {
  return {
    'app.kubernetes.io/name': of ?? name,
    'app.kubernetes.io/instance': name,
    ...(component === undefined ? {} : { 'app.kubernetes.io/component': component }),
    'app.kubernetes.io/part-of': plan.identity.name,
    'app.kubernetes.io/managed-by': 'groundwork',
  };
}

/** Selects by the object's own name: immutable in workloads, so it holds nothing that could ever change. */
export const instanceSelector = (name: string) => ({ 'app.kubernetes.io/instance': name });

export const concern = (folder: string, manifests: readonly Manifest[]): Concern => ({
  folder,
  manifests,
  files: [],
  kustomization: {},
});
