// Turns a service's plan into the variables that its code is given, for the comparison with the code.
import type { Place } from '../diagnostics';
import { platformOrigin } from '../plan/tracing';
import type { ServicePlan } from '../plan/types';
import type { InjectedVariable } from './compare-environment';

/** Tells the place of a path in the declaration; null when it was not read from a file. */
export type PlaceOf = (path: readonly (string | number)[]) => Place | null;

// Read by node and npm themselves, whether or not the plan sets them: the code need not.
const READ_BY_NODE = [
  'HOME',
  'NODE_ENV',
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
  'UV_THREADPOOL_SIZE',
  'npm_config_cache',
];

/** "needs.kafka, output brokers" → "needs.kafka": the part of the declaration, without the detail. */
const partOf = (origin: string): string => origin.split(', ')[0] ?? origin;

/**
 * Every variable of one environment, or of any (`environment` null), in the order of the plan; those that only Node.js
 * or the platform reads last. Of a static site: what is compiled in.
 */
export function injectedVariables(plan: ServicePlan, environment: string | null, placeOf: PlaceOf): InjectedVariable[] {
  const chosen = plan.environments.filter(({ name }) => environment === null || name === environment);
  const variables = environment === null ? plan.variables : chosen.flatMap((each) => each.variables);
  const declared = variables.map(({ name, origin, declaredAt }) => ({
    name,
    origin: partOf(origin),
    declaredAt: placeOf(declaredAt),
    // For libraries that the platform cannot see: whether the code reads them says nothing.
    consumedByPlatform: origin === platformOrigin,
  }));
  const compiled = plan.build.shape === 'static' ? plan.build.buildArguments : [];
  const ofSite = compiled.map(({ name }) => ({
    name,
    origin: 'config',
    declaredAt: placeOf(['config', name]),
    consumedByPlatform: false,
  }));
  const processes = chosen.flatMap(({ jobs, migration, workloads }) => [
    ...workloads,
    ...jobs,
    ...(migration === null ? [] : [migration]),
  ]);
  const fixed = [...plan.build.environment, ...processes.flatMap((each) => each.environment)].map(({ name }) => name);
  const ofPlatform = [...READ_BY_NODE, ...fixed].map((name) => ({
    name,
    origin: platformOrigin,
    declaredAt: null,
    consumedByPlatform: true,
  }));
  const all = [...declared, ...ofSite, ...ofPlatform];
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}
