// Checks the plan of the platform: every promise that spans services and cannot be kept becomes a diagnostic with its arithmetic.
import type { Diagnostic } from '../../diagnostics';
import type { ServicePlan } from '../../plan/types';
import type { PlatformPlan } from '../../plan/types/platform';
import { sentence } from '../sentence';
import { capacityRefusals } from './capacity';
import { collisionRefusals } from './collisions';
import { costRefusals } from './cost';
import { dependencyRefusals } from './dependencies';
import { networkRefusals } from './networks';
import { poolingRefusals } from './pooling';
import { promiseRefusals } from './promises';
import type { PlatformRefusal } from './refusal';

/** Every refusal of the platform, by code. */
export const platformRefusals: readonly PlatformRefusal[] = [
  ...capacityRefusals,
  ...collisionRefusals,
  ...costRefusals,
  ...dependencyRefusals,
  ...networkRefusals,
  ...poolingRefusals,
  ...promiseRefusals,
].sort((a, b) => (a.code < b.code ? -1 : 1));

export type ServiceDiagnostic = Diagnostic & { readonly service: string | null };

/** Diagnostics of the platform. What is found alike in several environments is said once. */
export function checkPlatform(plan: PlatformPlan, services: readonly ServicePlan[]): ServiceDiagnostic[] {
  return platformRefusals.flatMap(({ code, severity, check }) => {
    const groups = new Map<string, { readonly environments: string[]; readonly diagnostic: ServiceDiagnostic }>();
    for (const { environment, service, path, message, fix } of check(plan, services)) {
      const key = JSON.stringify([service, path, message]);
      const group = groups.get(key) ?? {
        environments: [],
        diagnostic: { code, severity, path, place: null, message, fix, service },
      };
      if (environment !== null && !group.environments.includes(environment)) group.environments.push(environment);
      groups.set(key, group);
    }
    return [...groups.values()].map(({ environments, diagnostic }) => ({
      ...diagnostic,
      message: sentence(environments, diagnostic.message),
    }));
  });
}
