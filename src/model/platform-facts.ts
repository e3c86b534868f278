// What the platform says, with its defaults filled: where services run, what backs them, who is told.
import type { ResourceClass, Runs } from '../catalog/kind';
import type { PlatformDeclaration } from '../declaration/platform';
import { parseCpuMillis, parseDurationSeconds, parseMemoryMiB, parseRange } from './quantities';

export interface EnvironmentFacts {
  readonly name: string;
  readonly runs: 'compose' | 'kubernetes';
  readonly namespace: string;
  readonly cluster: string | null;
  readonly account: string | null;
  readonly region: string;
  readonly gated: boolean;
  readonly quota: {
    readonly cpuMillis: { readonly request: number; readonly limit: number } | null;
    readonly memoryMiB: { readonly request: number; readonly limit: number } | null;
    readonly volumes: number | null;
  } | null;
  /** What pods can use of one node, and the most nodes; null = not measured. */
  readonly nodes: { readonly cpuMillis: number; readonly memoryMiB: number; readonly max: number } | null;
  /** MAJOR.MINOR of the cluster. */
  readonly kubernetes: string;
  /** Directory of Let's Encrypt that certificates come from. */
  readonly issuer: 'staging' | 'production';
}

export interface BackingFacts {
  readonly version: string | null;
  readonly class: ResourceClass | null;
  /** By environment. */
  readonly runs: Readonly<Record<string, Runs>>;
  /** MiB; null = decided from the data sizes. */
  readonly storageMiB: number | null;
  /** Null = as the environment is gated or not. */
  readonly highAvailability: boolean | null;
  /** What several services may use although one owns it. */
  readonly shared: readonly string[];
  /** The kind's own fields, for example `topics`. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Slack channel by severity. */
export interface ChannelFacts {
  readonly critical: string;
  readonly warning: string;
  readonly info: string;
}

export interface ObservabilityFacts {
  readonly metrics: 'prometheus-operator' | 'none';
  readonly dashboards: 'grafana' | 'none';
  readonly logging: 'elastic' | 'none';
  readonly tracing: 'elastic-apm' | 'none';
  readonly retentionSeconds: number;
  readonly logRetentionSeconds: number;
}

/** How backups are taken, kept, tried and practised. */
export interface BackupFacts {
  /** With `{environment}`; null = named after platform and environment. */
  readonly bucket: string | null;
  readonly keep: { readonly daily: number; readonly weekly: number; readonly monthly: number };
  /** Days that a point in time can be chosen from. */
  readonly keepDays: number;
  /** Cron schedules in UTC. */
  readonly schedule: string;
  readonly restoreTest: string;
  /** Between two archived slices; null = as the RPO asks. */
  readonly intervalSeconds: number | null;
  readonly drill: 'monthly' | 'quarterly' | 'yearly' | 'none';
}

/** An item of `services`: a folder or glob, a published declaration, or name and port only. */
export type ServiceSource =
  | { readonly kind: 'folder'; readonly pattern: string }
  | { readonly kind: 'package'; readonly name: string; readonly version: string }
  | { readonly kind: 'facts'; readonly name: string; readonly port: number };

/** What Terraform makes beside the clusters and the data stores. */
export interface AwsFacts {
  /** Ranges that may reach the API of the clusters from outside. */
  readonly apiAccess: readonly string[];
  /** Tiers whose pods prefer spot capacity. */
  readonly spot: readonly string[];
  readonly disasterRecovery: { readonly region: string; readonly network: string } | null;
  /** IAM roles that administrate the clusters. */
  readonly administrators: readonly string[];
  readonly alarmEmail: string | null;
  /** US dollars in a month, by environment. */
  readonly monthlyBudget: Readonly<Record<string, number>>;
}

export interface PlatformFacts {
  /** False when no platform was given and everything here is a default. */
  readonly declared: boolean;
  readonly name: string;
  readonly domain: string;
  readonly registry: string;
  readonly repository: string | null;
  readonly asOf: string;
  readonly environments: readonly EnvironmentFacts[];
  readonly backing: Readonly<Record<string, BackingFacts>>;
  readonly notify: Readonly<Record<string, ChannelFacts>>;
  readonly gateway: { readonly name: string; readonly namespace: string; readonly section: string };
  readonly network: string;
  readonly servicePorts: Readonly<Record<string, number>>;
  readonly services: readonly ServiceSource[];
  readonly observability: ObservabilityFacts;
  /** Promised for every service that promises nothing itself. */
  readonly recovery: { readonly rpoSeconds: number | null; readonly rtoSeconds: number | null };
  readonly backups: BackupFacts;
  /** ACME account; null = none is given. */
  readonly certificateEmail: string | null;
  readonly gitops: 'argo-cd' | 'none';
  readonly mesh: 'none' | 'istio';
  readonly calico: boolean;
  readonly aws: AwsFacts;
}

/** Day of the catalog's tables: what end of life is measured against when nobody gives a date. */
export const catalogDate = '2026-11-24';

/** What there is when nobody says. */
export const defaultEnvironments = { development: { runs: 'compose' }, staging: {}, production: {} } as const;

const noChannels: ChannelFacts = { critical: '#alerts', warning: '#alerts', info: '#alerts' };

/** Channels of an owner: a severity without one goes where the nearest other goes. */
function channelsOf(declared: unknown, fallback: ChannelFacts): ChannelFacts {
  if (typeof declared === 'string') return { critical: declared, warning: declared, info: declared };
  const { critical, warning, info } = (declared ?? {}) as Partial<ChannelFacts>;
  return {
    critical: critical ?? warning ?? info ?? fallback.critical,
    warning: warning ?? info ?? fallback.warning,
    info: info ?? warning ?? fallback.info,
  };
}

function notifyFacts(declared: PlatformDeclaration['notify']): Readonly<Record<string, ChannelFacts>> {
  const fallback = channelsOf(declared?.default, noChannels);
  return Object.fromEntries(
    Object.entries(declared ?? {}).map(([owner, value]) => [owner, channelsOf(value, fallback)]),
  );
}

/** Channels of an owner, the default's where it has none. */
export const channelsFor = (platform: PlatformFacts, owner: string): ChannelFacts =>
  platform.notify[owner] ?? platform.notify.default ?? noChannels;

function serviceSource(item: NonNullable<PlatformDeclaration['services']>[number]): ServiceSource {
  if (typeof item === 'string') return { kind: 'folder', pattern: item };
  if ('package' in item) return { kind: 'package', name: item.package, version: item.version };
  return { kind: 'facts', name: item.name, port: item.port ?? 3000 };
}

function backingFacts(declared: Readonly<Record<string, unknown>>): BackingFacts {
  const { version, class: size, runs, storage, highAvailability, shared, ...parameters } = declared;
  return {
    version: version === undefined ? null : String(version),
    class: (size ?? null) as ResourceClass | null,
    runs: (runs ?? {}) as Readonly<Record<string, Runs>>,
    storageMiB: typeof storage === 'string' ? parseMemoryMiB(storage) : null,
    highAvailability: typeof highAvailability === 'boolean' ? highAvailability : null,
    shared: Array.isArray(shared) ? shared.map(String) : [],
    parameters,
  };
}

/** A restore test runs after the night's dumps: at four, on the first of the month or on Sundays. */
const restoreTests: Readonly<Record<string, string>> = { weekly: '0 4 * * 0', monthly: '0 4 1 * *' };

function backupFacts(declared: PlatformDeclaration['backups']): BackupFacts {
  const { daily = 7, weekly = 4, monthly = 12 } = declared?.keep ?? {};
  const restoreTest = declared?.restoreTest ?? 'monthly';
  return {
    bucket: declared?.bucket ?? null,
    keep: { daily, weekly, monthly },
    keepDays: declared?.keepDays ?? daily,
    schedule: declared?.schedule ?? '0 2 * * *',
    restoreTest: restoreTests[restoreTest] ?? restoreTest,
    intervalSeconds: recoverySeconds(declared?.interval),
    drill: declared?.drill ?? 'quarterly',
  };
}

const recoverySeconds = (declared: string | undefined): number | null =>
  declared === undefined ? null : parseDurationSeconds(declared);

/** Facts of a valid platform declaration, or the documented defaults without one. */
export function platformFacts(declaration: PlatformDeclaration | null): PlatformFacts {
  const name = declaration?.name ?? 'daorsagro';
  const entries = Object.entries(declaration?.environments ?? defaultEnvironments);
  const services = (declaration?.services ?? []).map(serviceSource);
  const observability = declaration?.observability;
  const lastCluster = entries
    .map(([key, value]) => ((value as { runs?: string }).runs === 'compose' ? null : key))
    .filter((key) => key !== null)
    .at(-1);
  return {
    declared: declaration !== null,
    name,
    domain: declaration?.domain ?? `${name}.com`,
    registry: declaration?.registry ?? `ghcr.io/${name}`,
    repository: declaration?.repository ?? null,
    asOf: declaration?.asOf ?? catalogDate,
    environments: entries.map(([key, value]) => {
      const environment = value as NonNullable<PlatformDeclaration['environments']>[string];
      const { quota, nodes } = environment;
      const gated = environment.gated ?? key === lastCluster;
      return {
        name: key,
        runs: environment.runs ?? 'kubernetes',
        namespace: environment.namespace ?? name,
        cluster: environment.cluster ?? null,
        account: environment.account ?? null,
        region: environment.region ?? 'eu-west-1',
        gated,
        quota:
          quota === undefined
            ? null
            : {
                cpuMillis: quota.cpu === undefined ? null : parseRange(quota.cpu, parseCpuMillis),
                memoryMiB: quota.memory === undefined ? null : parseRange(quota.memory, parseMemoryMiB),
                volumes: quota.volumes ?? null,
              },
        nodes:
          nodes === undefined
            ? null
            : { cpuMillis: parseCpuMillis(nodes.cpu), memoryMiB: parseMemoryMiB(nodes.memory), max: nodes.max ?? 10 },
        kubernetes: environment.kubernetes ?? '1.35',
        issuer: declaration?.certificates?.issuer?.[key] ?? (gated ? 'production' : 'staging'),
      };
    }),
    backing: Object.fromEntries(
      Object.entries(declaration?.backing ?? {}).map(([kind, facts]) => [kind, backingFacts({ ...facts })]),
    ),
    notify: notifyFacts(declaration?.notify),
    gateway: {
      name: declaration?.gateway?.name ?? 'public',
      namespace: declaration?.gateway?.namespace ?? 'gateway-system',
      section: declaration?.gateway?.section ?? 'https',
    },
    network: declaration?.network ?? '10.0.0.0/16',
    servicePorts: Object.fromEntries(
      services.flatMap((source) => (source.kind === 'facts' ? [[source.name, source.port]] : [])),
    ),
    services,
    observability: {
      metrics: observability?.metrics ?? 'prometheus-operator',
      dashboards: observability?.dashboards ?? 'grafana',
      logging: observability?.logging ?? 'none',
      tracing: observability?.tracing ?? 'none',
      retentionSeconds: parseDurationSeconds(observability?.retention ?? '15d'),
      logRetentionSeconds: parseDurationSeconds(observability?.logRetention ?? '14d'),
    },
    recovery: {
      rpoSeconds: recoverySeconds(declaration?.recovery?.rpo),
      rtoSeconds: recoverySeconds(declaration?.recovery?.rto),
    },
    backups: backupFacts(declaration?.backups),
    certificateEmail: declaration?.certificates?.email ?? null,
    gitops: declaration?.gitops ?? 'argo-cd',
    mesh: declaration?.mesh ?? 'none',
    calico: declaration?.policy?.calico ?? false,
    aws: {
      apiAccess: declaration?.aws?.apiAccess ?? [],
      spot: declaration?.aws?.spot ?? ['background'],
      disasterRecovery: declaration?.aws?.disasterRecovery ?? null,
      administrators: declaration?.aws?.administrators ?? [],
      alarmEmail: declaration?.aws?.alarmEmail ?? declaration?.certificates?.email ?? null,
      monthlyBudget: declaration?.aws?.monthlyBudget ?? {},
    },
  };
}
