// Turns a service's plan into the variables that its containers get, for the comparison with the code.
import type { Place } from '../diagnostics';
import type { ServicePlan } from '../plan/types';
import type { InjectedVariable } from './compare-environment';

/** Tells the place of a path in the declaration; null when it was not read from a file. */
export type PlaceOf = (path: readonly (string | number)[]) => Place | null;

/** "needs.kafka, output brokers" → "needs.kafka": the part of the declaration, without the detail. */
const partOf = (origin: string): string => origin.split(', ')[0] ?? origin;

/** Every variable of any environment, in the order of the plan; those that only Node.js or the platform reads last. */
export function injectedVariables(plan: ServicePlan, placeOf: PlaceOf): InjectedVariable[] {
  const declared = plan.variables.map(({ name, origin, declaredAt }) => ({
    name,
    origin: partOf(origin),
    declaredAt: placeOf(declaredAt),
    consumedByPlatform: false,
  }));
  const compiled = plan.build.shape === 'static' ? plan.build.buildArguments : [];
  const ofSite = compiled.map(({ name }) => ({
    name,
    origin: 'config',
    declaredAt: placeOf(['config', name]),
    consumedByPlatform: false,
  }));
  const processes = [plan.base, ...plan.environments].flatMap(({ jobs, migration, workloads }) => [
    ...workloads,
    ...jobs,
    ...(migration === null ? [] : [migration]),
  ]);
  const ofPlatform = [...plan.build.environment, ...processes.flatMap(({ environment }) => environment)].map(
    ({ name }) => ({
      name,
      origin: 'runtime',
      declaredAt: null,
      consumedByPlatform: true,
    }),
  );
  const all = [...declared, ...ofSite, ...ofPlatform];
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}
