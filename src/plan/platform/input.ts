// What the plan of the platform is made from: its facts, and each service's model and plan.
import type { PlatformFacts } from '../../model/platform-facts';
import type { ServiceModel } from '../../model/service-model';
import type { EnvironmentPlan, ServicePlan } from '../types';

export interface PlannedService {
  readonly model: ServiceModel;
  readonly plan: ServicePlan;
  /** From the root of the repository; null for a published declaration. */
  readonly folder: string | null;
  readonly declaration: string;
  readonly published: { readonly name: string; readonly version: string } | null;
}

export interface PlatformPlanInput {
  readonly facts: PlatformFacts;
  /** The declaration itself: tells what was declared and what is a default. */
  readonly declared: Readonly<Record<string, unknown>>;
  /** Path of the platform's declaration. */
  readonly declaration: string;
  /** Sorted by name. */
  readonly services: readonly PlannedService[];
}

/** A service in one environment. */
export interface ServiceThere {
  readonly service: PlannedService;
  readonly name: string;
  readonly environment: EnvironmentPlan;
}

/** Every service in the environment of a name. */
export function servicesIn(services: readonly PlannedService[], environment: string): ServiceThere[] {
  return services.flatMap((service) => {
    const found = service.plan.environments.find(({ name }) => name === environment);
    return found === undefined ? [] : [{ service, name: service.plan.identity.name, environment: found }];
  });
}
