// One environment of a service with every number and name decided: development (compose), staging, production (Kubernetes) …
import type { BackingContainerPlan, SecretSource, SecretText } from '../../catalog/facts';
import type { MonitoringPlan } from './monitoring';
import type { ExposurePlan, NetworkPlan } from './network';
import type { JobPlan, MigrationPlan, WorkloadPlan } from './workload';

/** The type that the environment accessor gives to a variable. */
export type VariableType = 'string' | 'integer' | 'number' | 'boolean' | 'url' | 'list';

/** A variable that every container of the service gets. */
export interface VariablePlan {
  readonly name: string;
  readonly type: VariableType;
  /** Without a secret part: a plain value (ConfigMap, `environment:`). With one: a file, named by NAME_FILE. */
  readonly value: SecretText;
  readonly secret: boolean;
  /** False only for a declared secret with `optional: true`. */
  readonly required: boolean;
  /** For people: "needs.postgres output url", "config", "secrets", "calls auth-service". */
  readonly origin: string;
  /** Path in the declaration that caused it, for example ["needs","postgres"]. */
  readonly declaredAt: readonly (string | number)[];
  readonly description: string;
}

/** A resolved need: which backing resource the service uses here and what the use costs. */
export interface BindingPlan {
  /** Key under `needs`. */
  readonly key: string;
  readonly kind: string;
  /** Name of the shared backing resource, for example `postgres`. */
  readonly instance: string;
  readonly host: string;
  readonly port: number;
  /** `container` in compose, `operator` in the cluster, `aws` managed. */
  readonly runs: 'container' | 'operator' | 'aws' | 'external';
  readonly class: string;
  readonly version: string;
  /** Last day of support of the version, YYYY-MM-DD; null when it is not known. */
  readonly endOfLife: string | null;
  /** Connections that one process of the service opens at most; null where the kind has no pool. */
  readonly poolSize: number | null;
  /** Whether the code is told the size of the pool: by a variable, or inside the URL. */
  readonly poolInjected: boolean;
  /** Connections that the instance accepts, and how many of them are not for services; null where the kind has no limit. */
  readonly connectionLimit: number | null;
  readonly reservedConnections: number;
  /** Whether a pooler stands before the server: pools are then counted against it. */
  readonly pooled: boolean;
  /** What the platform may declare to have a pooler, for example `backing.postgres.pooling: transaction`; null where there is none to have. */
  readonly poolingOffer: string | null;
  /** What the service opens at most, rollout surge, jobs and migration included, with the arithmetic as text. */
  readonly connectionsAtPeak: number | null;
  readonly connectionArithmetic: string | null;
  /** Named things inside it that the service owns, for example { what: "database", name: "financial_db" }. */
  readonly owns: readonly { readonly what: string; readonly name: string }[];
  /** Best recovery point and slowest restore of the resource as backed up here, seconds; null when it keeps no data worth restoring. */
  readonly recoveryPointSeconds: number | null;
  readonly restoreSeconds: number | null;
  readonly recoveryMethod: string | null;
  readonly dataSizeGiB: number | null;
  /** The kind's own values: database, user, bucket … */
  readonly values: Readonly<Record<string, string>>;
  readonly optional: boolean;
}

/** An ExternalSecret and the SecretStore it reads. */
export interface SecretStorePlan {
  /** Kubernetes: name of the ClusterSecretStore; null in compose, where secrets are generated files. */
  readonly name: string;
  readonly kind: 'ClusterSecretStore' | 'SecretStore';
  readonly refreshInterval: string;
  /** Folder in the container where each secret variable is a file of its name. */
  readonly mountPath: string;
  /** Name of the Secret that the ExternalSecret keeps. */
  readonly secretName: string;
}

/** An authority that the generator of a laptop's secrets makes, for its own names only. */
export interface DevelopmentAuthorityPlan {
  /** Common name. */
  readonly name: string;
  /** Lifetime of its certificates, and how long before their end they are made anew. */
  readonly lifetimeDays: number;
  readonly renewDaysBefore: number;
}

/** How the service's containers verify servers whose certificates are signed by an authority that Node.js does not know. */
export interface TrustPlan {
  /** Folder in the container that holds nothing but the authority's certificate, and the file of that. */
  readonly folder: string;
  readonly file: string;
  /** Secret of the service's namespace that holds it as `ca.crt`; null on a laptop. */
  readonly secretName: string | null;
  /** Signs on a laptop; null in a cluster. */
  readonly development: DevelopmentAuthorityPlan | null;
}

/** What a namespace may use, from the platform; null where it sets no limit. */
export interface QuotaPlan {
  readonly cpuMillis: { readonly request: number; readonly limit: number } | null;
  readonly memoryMiB: { readonly request: number; readonly limit: number } | null;
}

export interface EnvironmentPlan {
  readonly name: string;
  readonly runs: 'compose' | 'kubernetes';
  /** Kubernetes namespace; the compose project's name in compose. */
  readonly namespace: string;
  readonly cluster: string | null;
  readonly account: string | null;
  readonly region: string | null;
  /** IAM role that the pods take by Pod Identity; null when nothing on AWS is needed. */
  readonly podRole: string | null;
  /** Nodes that may be taken back at any time: pods tolerate them and prefer them; null where they run on any other one. */
  readonly spot: { readonly key: string; readonly value: string } | null;
  /** Made by the platform; null without one, since a class that does not exist keeps pods from starting. */
  readonly priorityClassName: string | null;
  /** Limits of compose that Kubernetes does not have. */
  readonly laptop: { readonly pidsLimit: number; readonly logFileMB: number; readonly logFiles: number };
  readonly workloads: readonly WorkloadPlan[];
  readonly jobs: readonly JobPlan[];
  readonly migration: MigrationPlan | null;
  readonly variables: readonly VariablePlan[];
  /** What the migration gets in place of variables of the same name: it goes past the pooler. */
  readonly migrationVariables: readonly VariablePlan[];
  /** Names that two declared places claim: refused. */
  readonly duplicateVariables: readonly { readonly name: string; readonly origins: readonly string[] }[];
  readonly secretSources: readonly SecretSource[];
  readonly secretStore: SecretStorePlan;
  /** Null where no data store of the service presents such a certificate. */
  readonly trust: TrustPlan | null;
  readonly bindings: readonly BindingPlan[];
  /** Beside the service in compose; empty in Kubernetes. */
  readonly backing: readonly BackingContainerPlan[];
  readonly network: NetworkPlan;
  readonly exposure: ExposurePlan | null;
  /** Longest request and longest drain, seconds; null without an HTTP server. */
  readonly requests: { readonly timeoutSeconds: number; readonly drainSeconds: number } | null;
  /** Promised latencies and availability, as declared. */
  readonly promises: {
    readonly availability: string | null;
    readonly latency: readonly { readonly percentile: number; readonly thresholdSeconds: number }[];
    /** Requests per second; null when nothing is promised. */
    readonly throughputPerSecond: number | null;
  };
  /** Values under config, before anything is injected: what a static site compiles in. */
  readonly config: readonly { readonly name: string; readonly value: string }[];
  /** Called services, in the order of the declaration. */
  readonly calls: readonly string[];
  /** Whether a limit of the body was declared although it cannot be kept beside websockets. */
  readonly bodyLimitDeclared: boolean;
  /** Port of the host that the web workload is published on at 127.0.0.1 in compose; null = none. */
  readonly publishedPort: number | null;
  readonly monitoring: MonitoringPlan;
  readonly quota: QuotaPlan | null;
  /** Promised recovery; null when nothing is promised. */
  readonly recovery: { readonly rpoSeconds: number | null; readonly rtoSeconds: number | null } | null;
  /** JSON Patch on rendered objects, by artifact. */
  readonly overrides: readonly OverridePlan[];
}

/** What the declaration cannot say: an RFC 6902 patch on one rendered object. */
export interface OverridePlan {
  readonly artifact: 'compose' | 'kubernetes' | 'workflow' | 'rules';
  /** Kubernetes: `Kind/name`; otherwise empty. */
  readonly target: string;
  readonly operations: readonly PatchOperation[];
}

export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove' | 'test';
  readonly path: string;
  readonly value: unknown;
}
