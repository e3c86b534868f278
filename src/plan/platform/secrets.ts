// Names secrets for the whole platform: an id is unique within one service, so the service's name goes before it.
import type { EnvironmentPlan, SecretSource, SecretText } from '../types';

/** `postgres-password` of financial-service → `financial-service-postgres-password`. */
export const platformSecret = (service: string, id: string): string => `${service}-${id}`;

const renamed = (service: string, text: SecretText): SecretText =>
  text.map((part) => (part.kind === 'secret' ? { ...part, secret: platformSecret(service, part.secret) } : part));

/** The environment with every secret named for the platform and without containers of its own. */
export function withPlatformSecrets(service: string, environment: EnvironmentPlan): EnvironmentPlan {
  const own = new Set(
    environment.variables.flatMap(({ value }) =>
      value.flatMap((part) => (part.kind === 'secret' ? [part.secret] : [])),
    ),
  );
  return {
    ...environment,
    backing: [],
    variables: environment.variables.map((variable) => ({ ...variable, value: renamed(service, variable.value) })),
    secretSources: environment.secretSources
      .filter(({ id }) => own.has(id))
      .map((source) => ({ ...source, id: platformSecret(service, source.id) })),
  };
}

/** One source for each id, the first that names it. */
export function uniqueSources(sources: readonly SecretSource[]): SecretSource[] {
  const byId = new Map<string, SecretSource>();
  for (const source of sources) if (!byId.has(source.id)) byId.set(source.id, source);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
