// What a kind of backing resource is: neutral facts, from which every artifact follows. Names no artifact.
import type { AuditByRuns } from './audited';
import type { BackingAlert } from './backing-alert';
import type { BackupFactory } from './backups';
import type { ContainerFactory } from './container-input';
import type { ManagedKind, PermissionFactory } from './managed';
import type { ExporterFactory, OperatedKind } from './operated';
import type { PoolerKind } from './pooled';
import type { TuningFactory } from './tuned';

/** Who runs a backing resource: a container beside the service, an operator in the cluster, AWS, or somebody outside the platform. */
export type Runs = 'container' | 'operator' | 'aws' | 'external';

export type ResourceClass = 'small' | 'medium' | 'large';

/** What a class of a kind gives. Connections are null where the kind has no limit that a pool could exceed. */
export interface ClassFacts {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly connections: number | null;
}

/** A value that a binding injects. */
export interface OutputFacts {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'url' | 'list';
  readonly description: string;
  /**
   * Text with placeholders: `{host}`, `{port}`, `{user}`, `{database}` and so on from `values`, `{password}` the secret;
   * `{password|url}` percent-encodes. By who runs it, since a managed resource is reached by TLS and a container is not.
   * Null: there is no such value where it runs so (keys of a cloud that gives identity instead).
   */
  readonly text: Readonly<Record<Runs, string | null>>;
}

/** How far back a restore can reach and how long it takes, where the platform's backups run. */
export interface RecoveryFacts {
  readonly method: string;
  /** Oldest point that is lost at most, seconds. */
  readonly recoveryPointSeconds: number;
  /** Fixed time of a restore, seconds, before data flows. */
  readonly restoreFixedSeconds: number;
  readonly restoreMiBPerSecond: number;
  readonly source: string;
}

/** A server for tests, thrown away with the job: no password, since nobody else reaches it. */
export interface TestServerFacts {
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  /** Command of its health check, as one line for `docker create --health-cmd`; null without one. */
  readonly healthCommand: string | null;
  /** Text of each output that a test needs, with `{host}`, `{port}` and the kind's values. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** A declared need, as the kind sees it: the parameters of its schema fragment. */
export type NeedParameters = Readonly<Record<string, unknown>>;

export interface UseContext {
  readonly service: string;
  /** Key under `needs`. */
  readonly key: string;
  readonly platform: string;
  readonly environment: string;
  readonly region: string;
  readonly domain: string;
  /** Whether the client is Prisma, whose pool is set in the URL. */
  readonly prisma: boolean;
}

export interface KindDefinition {
  readonly kind: string;
  readonly title: string;
  /** Port that clients connect to, by who runs it. */
  readonly port: Readonly<Record<Runs, number>>;
  /** Whether clients must present a user and password. */
  readonly authenticates: Readonly<Record<Runs, boolean>>;
  /**
   * Who signs the server's certificate: `platform`, the authority that every container and pod of ours is given; `other`, an
   * operator, a cloud or a public authority; `nobody`, for traffic that is not encrypted.
   */
  readonly signedBy: Readonly<Record<Runs, 'platform' | 'other' | 'nobody'>>;
  /** Why it is not encrypted where `nobody` signs; null where that never is so. */
  readonly plainBecause: string | null;
  /** Whether traffic goes to a host (network edge) and, on AWS, to its public API endpoints. */
  readonly reach: Readonly<Record<Runs, 'pods' | 'network' | 'internet'>>;
  /** True when AWS gives the pod an identity for it (Pod Identity) in place of a password. */
  readonly cloudIdentity: boolean;
  /** Who runs it in a cluster when the platform does not say. */
  readonly defaultRuns: Runs;
  readonly outputs: Readonly<Record<string, OutputFacts>>;
  /** Variable name → output, where the need declares no `env`. */
  readonly defaultVariables: Readonly<Record<string, string>>;
  /** Connections that one process opens at most when the need does not say; null without pools. */
  readonly defaultPool: number | null;
  /** Connections kept back for administration. */
  readonly reservedConnections: number;
  readonly classes: Readonly<Record<ResourceClass, ClassFacts>>;
  /** Supported major version → last day of support (YYYY-MM-DD). */
  readonly versions: Readonly<Record<string, string>>;
  readonly defaultVersion: string;
  /** By who runs it; null = nothing worth restoring, or nobody backs it up there. */
  readonly recovery: (parameters: NeedParameters) => Readonly<Record<Runs, RecoveryFacts | null>>;
  /** Size of the data that a restore is planned for when the need does not say; null when nothing is restored. */
  readonly defaultDataSizeGiB: number | null;
  /** Host of a cloud's own endpoint, with `{region}`; null when an instance has a host of its own. */
  readonly cloudHost: string | null;
  /** The same server without authentication, for the tests in the workflow; null when its image cannot run without arguments. */
  readonly testServer: TestServerFacts | null;
  /** Values of placeholders beside host, port and password: user, database, bucket … */
  readonly values: (parameters: NeedParameters, context: UseContext) => Readonly<Record<string, string>>;
  /** What the service owns inside the resource, for collisions between services. */
  readonly owns: (
    parameters: NeedParameters,
    context: UseContext,
  ) => readonly { readonly what: string; readonly name: string }[];
  /** What of `owns` one service writes and others read: topics. Empty: everything has one owner who does both. */
  readonly streams: readonly string[];
  /** What the service reads inside the resource although another one owns it: topics that it consumes. */
  readonly reads: (parameters: NeedParameters) => readonly { readonly what: string; readonly name: string }[];
  /** Availability that AWS promises for it, as an exact decimal, and the agreement's page; null where AWS does not run it. */
  readonly cloudAvailability: { readonly ratioText: string; readonly source: string } | null;
  /** The resource on a laptop. */
  readonly container: ContainerFactory;
  /** Its settings and how they are computed; null where nothing is tuned. */
  readonly tuning: TuningFactory | null;
  /** Lends few connections to many clients; null where there is no such thing. */
  readonly pooler: PoolerKind | null;
  /** How an operator runs it in a cluster; null: a StatefulSet of one replica, from the same facts as the container. */
  readonly operated: OperatedKind | null;
  /** How it is backed up and restored; null where it keeps nothing anywhere. */
  readonly backups: BackupFactory | null;
  /** How AWS runs it; null where AWS has no such service. */
  readonly managed: ManagedKind | null;
  /** What one use may do in the cloud, where the cloud gives an identity in place of a password; empty elsewhere. */
  readonly permissions: PermissionFactory;
  /** Null where nothing can be asked for metrics. */
  readonly exporter: ExporterFactory | null;
  readonly alerts: readonly BackingAlert[];
  readonly audit: AuditByRuns;
}

/** `financial-service` → `financial_service`: the form that SQL identifiers and variable names take without quotes. */
export const snakeCase = (name: string): string => name.replaceAll('-', '_');

/** A string parameter, or the default when it is absent. */
export function stringParameter(parameters: NeedParameters, name: string, fallback: string): string {
  const value = parameters[name];
  return typeof value === 'string' ? value : fallback;
}

/** A number parameter, or the default when it is absent. */
export function numberParameter(parameters: NeedParameters, name: string, fallback: number): number {
  const value = parameters[name];
  return typeof value === 'number' ? value : fallback;
}

/** A list-of-strings parameter; empty when it is absent. */
export function listParameter(parameters: NeedParameters, name: string): readonly string[] {
  const value = parameters[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
