// Decides, for each need, which resource serves it in an environment, and the text of every variable it injects.
import { kinds } from '../catalog';
import type { KindDefinition, ResourceClass, Runs, UseContext } from '../catalog/kind';
import { poolerOf } from '../catalog/pooled';
import type { EnvironmentFacts, PlatformFacts } from '../model/platform-facts';
import { parseMemoryMiB } from '../model/quantities';
import type { NeedSettings, ServiceSettings } from '../model/settings';
import { hostSecretOf, outputText } from './output-text';
import type { SecretSource, VariablePlan } from './types';

/** A need joined to its kind and to where it runs in one environment. */
export interface Use {
  readonly need: NeedSettings;
  readonly kind: KindDefinition;
  readonly runs: Runs;
  readonly instance: string;
  readonly version: string;
  readonly declaredClass: ResourceClass | null;
  /** What clients connect to: the pooler where one stands before the server. */
  readonly host: string;
  /** The server itself. */
  readonly serverHost: string;
  /** Whether a pooler lends connections to the server. */
  readonly pooled: boolean;
  /** Whether it goes to the server itself although there is a pooler. */
  readonly direct: boolean;
  /** True where the host is known only to the secret store (a managed endpoint). */
  readonly hostSecret: boolean;
  readonly port: number;
  readonly pool: number | null;
  readonly values: Readonly<Record<string, string>>;
  readonly passwordSecret: string;
  readonly context: UseContext;
}

/** Namespace of the backing resources that run in the cluster. */
export const backingNamespace = (platform: PlatformFacts): string => `${platform.name}-data`;

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);

export function usesOf(settings: ServiceSettings, platform: PlatformFacts, environment: EnvironmentFacts): Use[] {
  return settings.needs.map((need) => {
    const kind = kinds[need.kind];
    if (kind === undefined) throw new Error(`BUG: the schema let the kind "${need.kind}" through`);
    const backing = platform.backing[need.kind];
    const runs: Runs =
      environment.runs === 'compose' ? 'container' : (backing?.runs[environment.name] ?? kind.defaultRuns);
    const context: UseContext = {
      service: settings.name,
      key: need.key,
      platform: platform.name,
      environment: environment.name,
      region: environment.region,
      domain: platform.domain,
      prisma: settings.runtime.prisma,
    };
    const declaredHost = typeof need.parameters.host === 'string' ? need.parameters.host : null;
    const instance = need.kind;
    const asked = kind.pooler?.declared;
    const pooled =
      asked !== undefined && (runs === 'operator' || runs === 'aws') && backing?.parameters[asked.key] === asked.value;
    const serverHost =
      runs === 'container'
        ? instance
        : runs === 'operator'
          ? `${instance}.${backingNamespace(platform)}.svc.cluster.local`
          : runs === 'aws' && kind.cloudHost !== null
            ? kind.cloudHost.replace('{region}', environment.region)
            : (declaredHost ?? '');
    const host = pooled && runs === 'operator' ? serverHost.replace(instance, poolerOf(instance)) : serverHost;
    return {
      need,
      kind,
      runs,
      instance,
      version: backing?.version ?? kind.defaultVersion,
      declaredClass: backing?.class ?? null,
      host,
      serverHost,
      pooled,
      direct: false,
      hostSecret: host === '',
      port: runs === 'container' ? kind.port.container : (number(need.parameters.port) ?? kind.port[runs]),
      pool: kind.defaultPool === null ? null : (number(need.parameters.pool) ?? kind.defaultPool),
      values: kind.values(need.parameters, context),
      // One password for a service at one instance: two needs of one kind are two databases of one role.
      passwordSecret: `${instance}-password`,
      context,
    };
  });
}

/** Size of the data that a restore moves. */
export function dataSizeGiB(use: Use): number | null {
  const declared = use.need.parameters.dataSize;
  if (typeof declared === 'string') return parseMemoryMiB(declared) / 1024;
  return use.kind.defaultDataSizeGiB;
}

function variablesOfNeed(use: Use): Readonly<Record<string, string>> {
  const { need, kind } = use;
  if (need.env !== null) return need.env;
  if (need.key === need.kind) return kind.defaultVariables;
  const prefix = need.key.replaceAll('-', '_').toUpperCase();
  const outputs = [...new Set(Object.values(kind.defaultVariables))];
  return Object.fromEntries(
    outputs.map((output) => [`${prefix}_${output.replace(/([A-Z])/g, '_$1').toUpperCase()}`, output]),
  );
}

/** Variables of one need, where it runs; an output that does not exist there is left out. */
export function needVariables(use: Use): VariablePlan[] {
  return Object.entries(variablesOfNeed(use)).flatMap(([name, output]): VariablePlan[] => {
    const facts = use.kind.outputs[output];
    const template = facts?.text[use.runs] ?? null;
    if (facts === undefined || template === null) return [];
    const value = outputText(template, use);
    return [
      {
        name,
        type: facts.type,
        value,
        secret: value.some((part) => part.kind === 'secret'),
        required: true,
        origin: `needs.${use.need.key}, output ${output}`,
        declaredAt: ['needs', use.need.key],
        description: `${facts.description} (${use.kind.title})`,
      },
    ];
  });
}

/** The same use without the pooler: for what lives longer than a transaction. */
export const pastPooler = (use: Use): Use => ({ ...use, host: use.serverHost, direct: true });

/** Variables as a migration needs them where they differ: it locks for its whole length, which no pooler passes on. */
export const migrationVariables = (uses: readonly Use[]): VariablePlan[] =>
  uses.flatMap((use) => {
    if (!use.pooled) return [];
    const ordinary = needVariables(use).map(({ value }) => JSON.stringify(value));
    return needVariables(pastPooler(use)).filter(({ value }, index) => JSON.stringify(value) !== ordinary[index]);
  });

/** Secrets that a need brings: its password, and what only the secret store knows. */
export function needSecrets(use: Use, folder: string): SecretSource[] {
  const secrets: SecretSource[] = [];
  const remote = (id: string, description: string, property: string, developmentValue: string | null): void => {
    secrets.push({
      id,
      description,
      generatedLength: 32,
      developmentValue,
      remoteKey: `${folder}/${use.instance}`,
      remoteProperty: property,
    });
  };
  if (use.kind.authenticates[use.runs])
    remote(use.passwordSecret, `Password of the service at ${use.instance}`, 'password', null);
  if (use.hostSecret) remote(hostSecretOf(use), `Host of ${use.instance}`, 'host', use.instance);
  if (use.hostSecret && use.pooled)
    remote(
      hostSecretOf(pastPooler(use)),
      `Host of ${use.instance} itself, past its pooler`,
      'server-host',
      use.instance,
    );
  if (Object.values(use.kind.outputs).some((output) => output.text[use.runs]?.includes('{secretUser}'))) {
    remote(`${use.instance}-user`, `User of the service at ${use.instance}`, 'user', null);
  }
  return secrets;
}
