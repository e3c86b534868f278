// The plan of a service: every number, name and edge decided, as plain JSON. Renderers lay it out and decide nothing.
import type { BuildPlan } from './build';
import type { DeliveryPlan } from './delivery';
import type { EnvironmentPlan, OverridePlan, VariablePlan } from './environment';

export type * from '../../catalog/facts';
export type * from './alerts';
export type * from './build';
export type * from './dashboard';
export type * from './delivery';
export type * from './environment';
export type * from './monitoring';
export type * from './network';
export type * from './workload';

/** How important a service is: decides priority class, spread and defaults of alerts. */
export type Tier = 'critical' | 'standard' | 'background';

/** Who decided a value of the plan. */
export type DecidedBy = 'declaration' | 'default' | 'platform' | 'rule';

/** One decision: a value of the plan, who decided it and why. */
export interface Decision {
  /** Path in the plan, for example `environments.production.workloads.financial-service.heapMiB`. */
  readonly path: string;
  readonly value: string | number | boolean | null;
  readonly unit: string | null;
  readonly by: DecidedBy;
  /** Declared path that it comes from, for example `size.memory`; null when no declared value takes part. */
  readonly from: string | null;
  readonly why: string;
  /** Specification or documentation of a formula or number; null when the reason says it all. */
  readonly source: string | null;
}

export interface IdentityPlan {
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  readonly tier: Tier;
  /** The system it is part of: label app.kubernetes.io/part-of, and the default namespace. */
  readonly platform: string;
  readonly domain: string;
  /** `owner/name` on GitHub. */
  readonly repository: string;
  /** Path of the declaration from the root of the repository, for example `service.yaml`. */
  readonly declaration: string;
}

export interface ServicePlan {
  /** Version of this document's shape. */
  readonly format: 1;
  /** The date that ends of life are measured against, YYYY-MM-DD. */
  readonly asOf: string;
  readonly identity: IdentityPlan;
  readonly image: { readonly repository: string; readonly tag: string };
  readonly build: BuildPlan;
  /** Everything the accessor knows: the union of all environments' variables, sorted by name. */
  readonly variables: readonly VariablePlan[];
  /** Histogram buckets that the rules assume, exported by the accessor; empty without metrics. */
  readonly histogramBucketsSeconds: readonly number[];
  /** The declaration without any environment's override: what the kustomize base is made from. */
  readonly base: EnvironmentPlan;
  /** In the order of promotion: development, staging, production. */
  readonly environments: readonly EnvironmentPlan[];
  readonly delivery: DeliveryPlan;
  readonly overrides: readonly OverridePlan[];
  readonly decisions: readonly Decision[];
}
