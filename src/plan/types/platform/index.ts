// The plan of the platform: what no single service can know, decided from all of them together.
import type { Decision, Tier } from '..';
import type { ClusterPlan } from './cluster';
import type { DeploymentPlan } from './deployment';
import type { GitopsPlan } from './gitops';
import type { LaptopPlan } from './laptop';
import type { LoadTestPlan } from './load-test';
import type { MaintenancePlan } from './maintenance';
import type { ObservabilityPlan } from './observability';
import type { OperationsPlan } from './operations';
import type { DrillPlan } from './recovery';

export type * from './aws';
export type * from './cluster';
export type * from './cost';
export type * from './deployment';
export type * from './edge';
export type * from './gitops';
export type * from './instance';
export type * from './laptop';
export type * from './load-test';
export type * from './maintenance';
export type * from './observability';
export type * from './operations';
export type * from './recovery';
export type * from './watching-edge';

export interface PlatformServicePlan {
  readonly name: string;
  readonly owner: string;
  readonly tier: Tier;
  readonly description: string;
  /** From the root of the repository, for example `backend/services/auth-service`; null for a published declaration. */
  readonly folder: string | null;
  /** Where its declaration is, as shown in messages. */
  readonly declaration: string;
  /** The npm package of a published declaration; null for a folder. */
  readonly published: { readonly name: string; readonly version: string } | null;
  readonly shape: 'node' | 'static';
  readonly port: number | null;
  /** `owner/name` on GitHub, where its manifests are. */
  readonly repository: string;
  /** Folder of the kustomize overlays, from the root of that repository; the environment's name follows. */
  readonly overlays: string;
  readonly imageRepository: string;
}

/** Names and ports of services that are declared elsewhere. */
export interface ForeignServicePlan {
  readonly name: string;
  readonly port: number;
}

export interface PlatformPlan {
  readonly format: 1;
  readonly asOf: string;
  readonly identity: {
    readonly name: string;
    readonly domain: string;
    readonly registry: string;
    /** `owner/name` on GitHub. */
    readonly repository: string;
    /** Path of the declaration, for example `platform.yaml`. */
    readonly declaration: string;
  };
  /** Sorted by name. */
  readonly services: readonly PlatformServicePlan[];
  readonly foreignServices: readonly ForeignServicePlan[];
  /** Channels by owner, every owner of a service among them. */
  readonly channels: readonly {
    readonly owner: string;
    readonly critical: string;
    readonly warning: string;
    readonly info: string;
    /** False when nobody declared one and the last resort is used. */
    readonly declared: boolean;
  }[];
  readonly observability: {
    readonly metrics: 'prometheus-operator' | 'none';
    readonly dashboards: 'grafana' | 'none';
    readonly logging: 'elastic' | 'none';
    readonly tracing: 'elastic-apm' | 'none';
    readonly retentionSeconds: number;
    readonly logRetentionSeconds: number;
  };
  readonly gitops: 'argo-cd' | 'none';
  /** What Argo CD delivers; null without it. */
  readonly argo: GitopsPlan | null;
  /** When people practise the failover; null when they do not. */
  readonly drills: DrillPlan | null;
  /** Environments in clusters, in the order of promotion. */
  readonly clusters: readonly ClusterPlan[];
  /** Every environment run by compose, in the same order. */
  readonly laptops: readonly LaptopPlan[];
  /** How one command brings all of it into an environment. */
  readonly deployment: DeploymentPlan;
  /** One for each public service that promises a throughput. */
  readonly loadTests: readonly LoadTestPlan[];
  /** What the repository does by the clock; null where it holds no service. */
  readonly maintenance: MaintenancePlan | null;
  /** What people promise each other about incidents and updates. */
  readonly operations: OperationsPlan;
  /** What watches each environment, clusters first; empty where nothing is measured. */
  readonly monitoring: readonly ObservabilityPlan[];
  /** The platform's declaration with `services` as names and ports: what a service's own repository needs of it. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly decisions: readonly Decision[];
}
