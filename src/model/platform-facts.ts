// What the platform says, with its defaults filled: where services run, what backs them, who is told.
import type { ResourceClass, Runs } from '../catalog/kind';
import type { PlatformDeclaration } from '../declaration/platform';
import { parseCpuMillis, parseMemoryMiB, parseRange } from './quantities';

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
  } | null;
}

export interface BackingFacts {
  readonly version: string | null;
  readonly class: ResourceClass | null;
  /** By environment. */
  readonly runs: Readonly<Record<string, Runs>>;
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
  readonly notify: Readonly<Record<string, string>>;
  readonly gateway: { readonly name: string; readonly namespace: string; readonly section: string };
  readonly network: string;
  readonly servicePorts: Readonly<Record<string, number>>;
}

/** Day of the catalog's tables: what end of life is measured against when nobody gives a date. */
export const catalogDate = '2026-11-24';

const defaultEnvironments = { development: { runs: 'compose' }, staging: {}, production: {} } as const;

/** Facts of a valid platform declaration, or the documented defaults without one. */
export function platformFacts(declaration: PlatformDeclaration | null): PlatformFacts {
  const name = declaration?.name ?? 'daorsagro';
  const entries = Object.entries(declaration?.environments ?? defaultEnvironments);
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
      const quota = environment.quota;
      return {
        name: key,
        runs: environment.runs ?? 'kubernetes',
        namespace: environment.namespace ?? name,
        cluster: environment.cluster ?? null,
        account: environment.account ?? null,
        region: environment.region ?? 'eu-west-1',
        gated: environment.gated ?? key === lastCluster,
        quota:
          quota === undefined
            ? null
            : {
                cpuMillis: quota.cpu === undefined ? null : parseRange(quota.cpu, parseCpuMillis),
                memoryMiB: quota.memory === undefined ? null : parseRange(quota.memory, parseMemoryMiB),
              },
      };
    }),
    backing: Object.fromEntries(
      Object.entries(declaration?.backing ?? {}).map(([kind, facts]) => [
        kind,
        {
          version: facts?.version ?? null,
          class: facts?.class ?? null,
          runs: (facts?.runs ?? {}) as Readonly<Record<string, Runs>>,
        },
      ]),
    ),
    notify: declaration?.notify ?? {},
    gateway: {
      name: declaration?.gateway?.name ?? 'public',
      namespace: declaration?.gateway?.namespace ?? 'gateway-system',
      section: declaration?.gateway?.section ?? 'https',
    },
    network: declaration?.network ?? '10.0.0.0/16',
    servicePorts: Object.fromEntries(
      Object.entries(declaration?.services ?? {}).flatMap(([key, value]) =>
        value.port === undefined ? [] : [[key, value.port]],
      ),
    ),
  };
}
