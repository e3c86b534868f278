// Decides which public path goes to which service.
import type { ServiceSettings } from '../../model/settings';
import type { PublicRoutePlan } from '../types/platform';
import type { PlannedService } from './input';

const units = { s: 'Second', min: 'Minute', h: 'Hour' } as const;

/** Longest path first, as a prefix is matched. */
const byHostAndPath = (a: PublicRoutePlan, b: PublicRoutePlan): number => {
  if (a.host !== b.host) return a.host < b.host ? -1 : 1;
  if (a.path.length !== b.path.length) return b.path.length - a.path.length;
  return a.path < b.path ? -1 : 1;
};

/** A prefix ends at a slash: https://gateway-api.sigs.k8s.io/reference/spec/#pathmatchtype */
export const isBelow = (prefix: string, path: string): boolean => {
  const folder = prefix.endsWith('/') ? prefix : `${prefix}/`;
  return path === prefix || path.startsWith(folder);
};

/** The prefix that a path is matched by; undefined when none is. */
const longestOf = (prefixes: readonly string[], path: string): string | undefined =>
  prefixes.filter((prefix) => isBelow(prefix, path)).sort((a, b) => b.length - a.length)[0];

function routesOf(settings: ServiceSettings): PublicRoutePlan[] {
  const { http } = settings;
  const side = http?.public ?? null;
  if (http === null || side === null) return [];
  return side.paths.map((path) => ({
    host: side.host,
    path,
    samples: side.samples.filter((sample) => longestOf(side.paths, sample) === path),
    service: settings.name,
    port: http.port,
    bodyLimitBytes: side.bodyLimitDeclared && !side.websockets ? side.bodyLimitMiB * 1024 * 1024 : null,
    rateLimit: side.rateLimit === null ? null : { requests: side.rateLimit.amount, unit: units[side.rateLimit.unit] },
    requestTimeoutSeconds: side.websockets ? 0 : Math.ceil(http.timeoutSeconds),
    websockets: side.websockets,
    isStatic: settings.runtime.static !== null,
  }));
}

export function planRoutes(services: readonly PlannedService[], environment: string): PublicRoutePlan[] {
  return services
    .flatMap(({ model }) => {
      const found = model.environments.find(({ facts }) => facts.name === environment);
      return found === undefined ? [] : routesOf(found.settings);
    })
    .sort(byHostAndPath);
}
