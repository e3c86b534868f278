// What a refusal is: a check on the finished plan, with its code and the reason why it exists.
import type { Diagnostic } from '../diagnostics';
import type { EnvironmentPlan, ServicePlan } from '../plan/types';

/** One thing found. The environment is null when it is about the whole service. */
export interface Finding {
  readonly environment: string | null;
  /** Path in the declaration. */
  readonly path: readonly (string | number)[];
  /** Sentence without the environment; it is put before. */
  readonly message: string;
  readonly fix: string | null;
}

export interface Refusal {
  /** Kebab-case sentence: anchor of the reference, name of the refused case. */
  readonly code: string;
  readonly severity: Diagnostic['severity'];
  /** One line for the reference page. */
  readonly title: string;
  /** Why such a declaration cannot be kept. */
  readonly why: string;
  readonly check: (plan: ServicePlan) => readonly Finding[];
}

/** Runs a check on every environment in a cluster. */
export function inClusters(
  plan: ServicePlan,
  check: (environment: EnvironmentPlan) => readonly Omit<Finding, 'environment'>[],
): Finding[] {
  return plan.environments
    .filter(({ runs }) => runs === 'kubernetes')
    .flatMap((environment) => check(environment).map((finding) => ({ ...finding, environment: environment.name })));
}

/** Runs a check once, on what holds where no environment says otherwise. */
export const once = (findings: readonly Omit<Finding, 'environment'>[]): Finding[] =>
  findings.map((finding) => ({ ...finding, environment: null }));
