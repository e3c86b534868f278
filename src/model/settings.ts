// A declaration with every default filled and every quantity parsed, as it holds in one environment.
import type { NeedParameters } from '../catalog/kind';

export type Tier = 'critical' | 'standard' | 'background';
export type DeclaredPath = readonly (string | number)[];

export interface Amounts {
  readonly request: number;
  readonly limit: number;
}

export interface SizeSettings {
  readonly cpuMillis: Amounts;
  readonly memoryMiB: Amounts;
}

export interface RuntimeSettings {
  readonly node: number;
  readonly packageManager: 'npm' | 'pnpm' | 'yarn';
  readonly packageManagerVersion: string | null;
  readonly workspace: string | null;
  readonly workspaces: readonly string[];
  readonly typescript: boolean;
  readonly build: readonly string[] | null;
  readonly start: readonly string[];
  readonly outputs: readonly string[];
  readonly prisma: boolean;
  readonly nativeModules: boolean;
  readonly heapMiB: number | null;
  readonly nodeOptions: readonly string[];
  readonly buildDigest: string | null;
  readonly runDigest: string | null;
  readonly static: StaticSettings | null;
}

export interface StaticSettings {
  readonly output: string;
  readonly fallback: string | null;
  readonly immutable: string;
  readonly connect: readonly string[];
}

export interface PublicSettings {
  readonly host: string;
  readonly paths: readonly string[];
  /** Paths that a GET answers with success; empty when none is declared. */
  readonly samples: readonly string[];
  readonly bodyLimitMiB: number;
  readonly bodyLimitDeclared: boolean;
  readonly rateLimit: { readonly amount: number; readonly unit: 's' | 'min' | 'h'; readonly perSeconds: number } | null;
  readonly websockets: boolean;
  readonly via: 'gateway' | 'ingress';
}

export interface HttpSettings {
  readonly port: number;
  /** The same path for both when one was declared. */
  readonly livePath: string;
  readonly readyPath: string;
  readonly metrics: {
    readonly path: string;
    readonly library: 'prom-client' | 'opentelemetry';
    readonly statusLabel: string;
  } | null;
  readonly public: PublicSettings | null;
  readonly publish: number | null;
  readonly timeoutSeconds: number;
  readonly drainSeconds: number;
  readonly startupSeconds: number;
}

export interface WorkerSettings {
  readonly name: string;
  readonly command: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly cpuPercent: number;
  readonly kafkaLag: number | null;
  readonly size: SizeSettings;
  readonly drainSeconds: number;
}

export interface JobSettings {
  readonly name: string;
  readonly command: readonly string[];
  readonly schedule: string;
  readonly timeZone: string;
  readonly timeoutSeconds: number | null;
  readonly size: SizeSettings;
}

export interface NeedSettings {
  readonly key: string;
  readonly kind: string;
  readonly parameters: NeedParameters;
  /** Variable → output; null = the kind's defaults. */
  readonly env: Readonly<Record<string, string>> | null;
  readonly optional: boolean;
}

export interface CallSettings {
  readonly name: string;
  readonly port: number | null;
  readonly variable: string;
  readonly optional: boolean;
}

export interface SecretSettings {
  readonly name: string;
  readonly description: string;
  readonly from: string | null;
  readonly generatedLength: number;
  readonly optional: boolean;
  readonly index: number;
}

export interface AlertSettings {
  readonly name: string;
  readonly ratio: string | null;
  readonly rate: string | null;
  readonly value: string | null;
  readonly above: string | null;
  readonly below: string | null;
  readonly forSeconds: number;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly summary: string | null;
}

export interface OverrideSettings {
  readonly artifact: 'compose' | 'kubernetes' | 'workflow' | 'rules';
  readonly target: string;
  readonly operations: readonly {
    readonly op: 'add' | 'replace' | 'remove' | 'test';
    readonly path: string;
    readonly value: unknown;
  }[];
}

/** A question that a restore test asks; one of the three bounds is set. */
export interface RestoreProbeSettings {
  readonly name: string;
  /** Key under `needs`. */
  readonly need: string;
  readonly sql: string;
  readonly atLeast: number | null;
  readonly atMost: number | null;
  /** The answer is a time at most so many seconds before the backup. */
  readonly newerThanSeconds: number | null;
}

export interface ServiceSettings {
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  readonly tier: Tier;
  readonly runtime: RuntimeSettings;
  readonly http: HttpSettings | null;
  readonly migration: { readonly command: readonly string[]; readonly timeoutSeconds: number } | null;
  readonly workers: readonly WorkerSettings[];
  readonly jobs: readonly JobSettings[];
  readonly needs: readonly NeedSettings[];
  readonly calls: readonly CallSettings[];
  readonly outside: readonly string[];
  readonly config: readonly {
    readonly name: string;
    readonly value: string;
    readonly type: 'string' | 'integer' | 'number' | 'boolean';
  }[];
  readonly secrets: readonly SecretSettings[];
  readonly scale: {
    readonly min: number;
    readonly max: number;
    readonly cpuPercent: number;
    readonly memoryPercent: number | null;
  };
  readonly size: SizeSettings;
  readonly objectives: {
    readonly availability: string | null;
    readonly latency: readonly { readonly percentile: number; readonly thresholdSeconds: number }[];
    readonly throughputPerSecond: number | null;
  };
  readonly recovery: {
    readonly rpoSeconds: number | null;
    readonly rtoSeconds: number | null;
    readonly probes: readonly RestoreProbeSettings[];
  };
  readonly alerts: readonly AlertSettings[];
  readonly deploy: 'rolling' | 'blue-green' | 'canary';
  readonly checks: {
    readonly lint: readonly string[] | null;
    readonly types: readonly string[] | null;
    readonly test: readonly string[] | null;
  };
  readonly overrides: readonly OverrideSettings[];
}
