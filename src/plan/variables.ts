// Decides every variable that the service's containers get, and every secret behind them.
import type { EnvironmentFacts, PlatformFacts } from '../model/platform-facts';
import type { ServiceSettings } from '../model/settings';
import { needSecrets, needVariables, type Use } from './bindings';
import type { TracingVariables } from './tracing';
import type { SecretSource, VariablePlan } from './types';

const literal = (text: string): VariablePlan['value'] => [{ kind: 'literal', text }];

function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function ownVariables(settings: ServiceSettings): VariablePlan[] {
  const variables: VariablePlan[] = settings.config.map(({ name, value, type }) => ({
    name,
    type,
    value: literal(value),
    secret: false,
    required: true,
    origin: 'config',
    declaredAt: ['config', name],
    description: 'Declared value',
  }));
  if (settings.http !== null && settings.runtime.static === null) {
    variables.push({
      name: 'PORT',
      type: 'integer',
      value: literal(String(settings.http.port)),
      secret: false,
      required: true,
      origin: 'http.port',
      declaredAt: ['http', 'port'],
      description: 'Port to listen on',
    });
    if (settings.http.public !== null) {
      variables.push({
        name: 'HTTP_BODY_LIMIT_BYTES',
        type: 'integer',
        value: literal(String(settings.http.public.bodyLimitMiB * 1024 * 1024)),
        secret: false,
        required: true,
        origin: 'http.public.bodyLimit',
        declaredAt: ['http', 'public', 'bodyLimit'],
        description: 'Largest request body, in bytes',
      });
    }
  }
  return variables;
}

/** URL of a called service: its Service listens on 80 in a cluster, its container on its own port in compose. */
function callVariables(
  settings: ServiceSettings,
  platform: PlatformFacts,
  environment: EnvironmentFacts,
): VariablePlan[] {
  if (settings.runtime.static !== null) return [];
  return settings.calls.map((call) => ({
    name: call.variable,
    type: 'url',
    value: literal(
      environment.runs === 'compose'
        ? `http://${call.name}:${call.port ?? platform.servicePorts[call.name] ?? 3000}`
        : `http://${call.name}`,
    ),
    secret: false,
    required: true,
    origin: `needs.services, ${call.name}`,
    declaredAt: ['needs', 'services'],
    description: `Address of ${call.name}`,
  }));
}

/** The secret's id in the plan; the prefix keeps it apart from those that needs bring. */
const secretId = (name: string): string => `secret-${name.toLowerCase().replaceAll('_', '-')}`;

/** Entry of the secret store that holds what belongs to a service in an environment. */
export const secretFolder = (platform: string, environment: string, service: string): string =>
  `${platform}/${environment}/${service}`;

export interface Injected {
  readonly variables: readonly VariablePlan[];
  readonly secrets: readonly SecretSource[];
  /** Names that two origins claim. */
  readonly duplicates: readonly { readonly name: string; readonly origins: readonly string[] }[];
}

export function planVariables(
  settings: ServiceSettings,
  platform: PlatformFacts,
  environment: EnvironmentFacts,
  uses: readonly Use[],
  tracing: TracingVariables,
): Injected {
  const folder = secretFolder(platform.name, environment.name, settings.name);
  const declaredSecrets = settings.secrets.map((secret) => {
    const [key = folder, property] = (secret.from ?? `${folder}#${secret.name}`).split('#');
    return {
      source: {
        id: secretId(secret.name),
        description: secret.description === '' ? secret.name : secret.description,
        generatedLength: secret.generatedLength,
        developmentValue: null,
        remoteKey: key,
        remoteProperty: property ?? secret.name,
      },
      variable: {
        name: secret.name,
        type: 'string',
        value: [{ kind: 'secret', secret: secretId(secret.name), encoding: 'none' }],
        secret: true,
        required: !secret.optional,
        origin: 'secrets',
        declaredAt: ['secrets', secret.index],
        description: secret.description === '' ? 'Declared secret' : secret.description,
      } satisfies VariablePlan,
    };
  });
  const all = [
    ...ownVariables(settings),
    ...callVariables(settings, platform, environment),
    ...uses.flatMap(needVariables),
    ...declaredSecrets.map(({ variable }) => variable),
  ];
  const origins = new Map<string, string[]>();
  for (const { name, origin } of all) origins.set(name, [...(origins.get(name) ?? []), origin]);
  const duplicates = [...origins]
    .filter(([, list]) => list.length > 1)
    .map(([name, list]) => ({ name, origins: list }));
  const kept = all.filter((variable, index) => all.findIndex(({ name }) => name === variable.name) === index);
  const secrets = new Map<string, SecretSource>();
  // What is declared wins over what only the platform gives.
  const given = tracing.variables.filter(({ name }) => !origins.has(name));
  for (const source of [
    ...uses.flatMap((use) => needSecrets(use, folder)),
    ...declaredSecrets.map(({ source: declared }) => declared),
    ...(given.some(({ secret }) => secret) ? tracing.secrets : []),
  ]) {
    if (!secrets.has(source.id)) secrets.set(source.id, source);
  }
  // A static site takes its values when it is built; nothing is injected into nginx.
  const variables = settings.runtime.static === null ? kept : kept.filter(({ origin }) => origin !== 'config');
  return {
    variables: byName([...variables, ...given]),
    secrets: [...secrets.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    duplicates,
  };
}
