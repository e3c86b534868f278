// Checks the finished plan: every promise that cannot be kept becomes a diagnostic with its arithmetic.
import type { Diagnostic } from '../diagnostics';
import type { ServicePlan } from '../plan/types';
import { capacityRefusals } from './capacity';
import { exposureRefusals } from './exposure';
import { jobRefusals } from './jobs';
import { nameRefusals } from './names';
import { promiseRefusals } from './promises';
import type { Refusal } from './refusal';
import { sentence } from './sentence';
import { shapeRefusals } from './shape';
import { versionRefusals } from './versions';

/** Every refusal, by code. */
export const refusals: readonly Refusal[] = [
  ...capacityRefusals,
  ...exposureRefusals,
  ...jobRefusals,
  ...nameRefusals,
  ...promiseRefusals,
  ...shapeRefusals,
  ...versionRefusals,
].sort((a, b) => (a.code < b.code ? -1 : 1));

/** Diagnostics of a plan. What is found alike in several environments is said once. */
export function checkPlan(plan: ServicePlan): Diagnostic[] {
  return refusals.flatMap(({ code, severity, check }) => {
    const groups = new Map<string, { readonly environments: string[]; readonly diagnostic: Diagnostic }>();
    for (const { environment, path, message, fix } of check(plan)) {
      const key = JSON.stringify([path, message]);
      const group = groups.get(key) ?? {
        environments: [],
        diagnostic: { code, severity, path, place: null, message, fix },
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
