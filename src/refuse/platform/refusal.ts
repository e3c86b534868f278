// What a refusal of the platform is: a check on its plan and its services' plans.
import type { Diagnostic } from '../../diagnostics';
import type { ServicePlan } from '../../plan/types';
import type { ClusterPlan, LaptopPlan, PlatformPlan } from '../../plan/types/platform';

export interface PlatformFinding {
  /** Environments that it is found in; null when it is about the whole platform. */
  readonly environment: string | null;
  /** The service whose declaration it is about; null = the platform's. */
  readonly service: string | null;
  /** Path in that declaration. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly fix: string | null;
}

export interface PlatformRefusal {
  readonly code: string;
  readonly severity: Diagnostic['severity'];
  readonly title: string;
  readonly why: string;
  readonly check: (plan: PlatformPlan, services: readonly ServicePlan[]) => readonly PlatformFinding[];
}

/** Runs a check on every environment in a cluster. */
export const inClusters = (
  plan: PlatformPlan,
  check: (cluster: ClusterPlan) => readonly Omit<PlatformFinding, 'environment'>[],
): PlatformFinding[] =>
  plan.clusters.flatMap((cluster) => check(cluster).map((finding) => ({ ...finding, environment: cluster.name })));

/** Runs a check once, on what holds everywhere. */
export const once = (findings: readonly Omit<PlatformFinding, 'environment'>[]): PlatformFinding[] =>
  findings.map((finding) => ({ ...finding, environment: null }));

/** Runs a check on every environment, those that only compose runs among them. */
export const everywhere = (
  plan: PlatformPlan,
  check: (environment: ClusterPlan | LaptopPlan) => readonly Omit<PlatformFinding, 'environment'>[],
): PlatformFinding[] => {
  const inCluster = new Set(plan.clusters.map(({ name }) => name));
  return [...plan.laptops.filter(({ name }) => !inCluster.has(name)), ...plan.clusters].flatMap((environment) =>
    check(environment).map((finding) => ({ ...finding, environment: environment.name })),
  );
};
