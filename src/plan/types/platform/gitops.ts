// How Argo CD brings the platform and its services into the clusters: projects, applications and what it may touch.

/** A kind of object, as an AppProject lists it; `''` is the core group. */
export interface GitopsKindPlan {
  readonly group: string;
  readonly kind: string;
}

/** A field that a controller writes in the cluster: no drift. */
export interface IgnoredDifferencePlan {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** JSON Pointer. */
  readonly pointer: string;
  readonly why: string;
}

/** One service in one environment. */
export interface GitopsServicePlan {
  readonly service: string;
  /** Name of its Application. */
  readonly application: string;
  /** URL that Argo CD clones. */
  readonly repositoryUrl: string;
  /** Folder of the kustomize overlay, from the root of that repository. */
  readonly overlay: string;
  readonly imageRepository: string;
  /** Where the digest is that runs there: written by promotion, from the root of the platform's repository. */
  readonly releaseFile: string;
}

export interface GitopsEnvironmentPlan {
  readonly name: string;
  /** Whether what git holds is applied without anybody's word, and changes by hand are undone. */
  readonly automated: boolean;
  /** Exactly one of name and server. */
  readonly destination: { readonly name: string } | { readonly server: string };
  readonly namespace: string;
  readonly namespaces: readonly string[];
  /** Application of what the platform itself needs there. */
  readonly application: string;
  /** Its folder, from the root of the platform's repository. */
  readonly path: string;
  /** Name of the ApplicationSet. */
  readonly applicationSet: string;
  readonly services: readonly GitopsServicePlan[];
  readonly ignored: readonly IgnoredDifferencePlan[];
}

export interface GitopsPlan {
  /** Namespace of Argo CD, in the cluster that it runs in. */
  readonly namespace: string;
  /** URL of the platform's repository. */
  readonly repositoryUrl: string;
  /** Branch that the clusters follow. */
  readonly revision: string;
  /** Folder of the release files. */
  readonly releases: string;
  /** Names of the AppProjects and of the Application that all others come from. */
  readonly projects: { readonly services: string; readonly platform: string; readonly root: string };
  /** Cluster-scoped kinds that the platform's manifests hold. */
  readonly clusterKinds: readonly GitopsKindPlan[];
  /** Namespaced kinds that the platform's manifests must not hold. */
  readonly deniedKinds: readonly GitopsKindPlan[];
  /** Namespaced kinds that a service may have: everything that is made from a declaration. */
  readonly serviceKinds: readonly GitopsKindPlan[];
  /** Whether everything in the services' namespace comes from here, so that the rest is worth a warning. */
  readonly warnsOfOrphans: boolean;
  /** A sync that fails is tried again: first after `firstSeconds`, then `factor` times as long, at most `longestSeconds`. */
  readonly retry: {
    readonly limit: number;
    readonly firstSeconds: number;
    readonly factor: number;
    readonly longestSeconds: number;
    readonly why: string;
  };
  readonly environments: readonly GitopsEnvironmentPlan[];
}
