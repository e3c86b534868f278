// A backing resource as the platform runs it in one environment: who uses it, what it holds, what carries it.

import type { AccessStatement } from '../../../catalog/access';
import type {
  BackingContainerPlan,
  ClusterObjectPlan,
  ExporterPlan,
  ImageReference,
  SecretSource,
} from '../../../catalog/facts';
import type { ManagedResourcePlan } from '../../../catalog/managed';
import type { OperatorNetwork } from '../../../catalog/operated';
import type { Tuned } from '../../../catalog/tuned';
import type { PanelPlan } from '../dashboard';
import type { InstanceRecoveryPlan } from './recovery';

/** An account inside an instance: one per service that uses it, with rights on what the service declared and nothing else. */
export interface InstanceAccountPlan {
  readonly service: string;
  readonly user: string;
  /** `SecretSource.id` of its password; null where the cloud gives an identity or nobody asks for a password. */
  readonly passwordSecret: string | null;
  /** Entry and property of the secret store that hold the password. */
  readonly remoteKey: string;
  readonly remoteProperty: string;
  /** Name of the Kubernetes Secret (`username`, `password`) beside the instance. */
  readonly secretName: string;
}

/** What a service uses of an instance. */
export interface InstanceUsePlan {
  readonly service: string;
  /** Key under `needs` of the service. */
  readonly key: string;
  readonly optional: boolean;
  readonly values: Readonly<Record<string, string>>;
  /** Named things inside that the service owns: databases, buckets, topics that it writes. */
  readonly owns: readonly { readonly what: string; readonly name: string }[];
  /** Named things that it only reads: topics that it consumes. */
  readonly reads: readonly { readonly what: string; readonly name: string }[];
  readonly poolSize: number | null;
  /** What the service opens at most, rollout surge, workers, jobs and migration counted; with the arithmetic as text. */
  readonly connectionsAtPeak: number | null;
  readonly connectionArithmetic: string | null;
  /** What the service's identity may do in the cloud; empty where it has a password instead. */
  readonly permissions: readonly AccessStatement[];
}

/** A pooler before the server: few connections, lent to many clients for one transaction at a time. */
export interface PoolingPlan {
  readonly title: string;
  /** DNS label of the pooler, host of its clients. */
  readonly name: string;
  readonly image: ImageReference;
  readonly processes: number;
  /** Connections to the server that one process opens for one service and database. */
  readonly poolSize: number;
  /** One for each service and database. */
  readonly pools: number;
  /** Connections of the server that are the pooler's to lend. */
  readonly lent: number;
  /** Connections that one process accepts. */
  readonly clientConnections: number;
  /** Requests of a service that may wait for the server at once, where it promises rate and latency. */
  readonly demands: readonly { readonly service: string; readonly connections: number; readonly arithmetic: string }[];
}

/** How an instance is kept from being overheard, and what it writes down. */
export interface ProtectionPlan {
  /** For a person: who signs its certificate, or why there is none. */
  readonly encryption: string;
  /** What is recorded; null where somebody else runs it. */
  readonly audit: {
    readonly recorded: readonly string[];
    readonly missing: string | null;
    /** Command, query or place; null where nothing is recorded. */
    readonly where: string | null;
    readonly source: string;
  } | null;
}

export interface BackingInstancePlan {
  /** DNS label and host name, for example `postgres`. */
  readonly name: string;
  readonly kind: string;
  /** For people, for example `PostgreSQL`. */
  readonly title: string;
  readonly runs: 'container' | 'operator' | 'aws' | 'external';
  readonly version: string;
  readonly endOfLife: string | null;
  readonly class: string;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  /** Disk of each replica; null where nothing is kept. */
  readonly storageMiB: number | null;
  readonly replicas: number;
  /** Whether replicas are to take over when one fails. */
  readonly highlyAvailable: boolean;
  readonly host: string;
  readonly port: number;
  /** Connections: what it accepts, what is kept back, what all services open at most. Null where the kind has no limit. */
  readonly connections: {
    readonly limit: number;
    readonly reserved: number;
    readonly atPeak: number;
    readonly arithmetic: string;
  } | null;
  /** Its settings with their formulas; null where nothing is tuned or somebody else does. */
  readonly tuning: Tuned | null;
  readonly pooling: PoolingPlan | null;
  /** What the platform may declare to have a pooler, for example `backing.postgres.pooling: transaction`. */
  readonly poolingOffer: string | null;
  readonly protection: ProtectionPlan;
  readonly uses: readonly InstanceUsePlan[];
  readonly accounts: readonly InstanceAccountPlan[];
  /** What of `owns` one service writes and others read, for example `topic`. */
  readonly streams: readonly string[];
  /** The exporter's account where an operator makes accounts; null otherwise. */
  readonly monitorAccount: {
    readonly user: string;
    readonly passwordSecret: string;
    readonly secretName: string;
  } | null;
  /** The account of backups where an operator makes accounts; null otherwise. */
  readonly backupAccount: {
    readonly user: string;
    readonly passwordSecret: string;
    readonly secretName: string;
  } | null;
  /** What several services may use although one owns it. */
  readonly shared: readonly string[];
  /** Availability that the instance can carry alone, as an exact decimal (`0.9995`), and where that figure is from. */
  readonly availability: { readonly ratioText: string; readonly source: string };
  /** Containers of the instance, server first: all of it in compose; a StatefulSet and Jobs in a cluster without an operator. */
  readonly containers: readonly BackingContainerPlan[];
  /** Custom resources where an operator runs it; empty otherwise. */
  readonly objects: readonly ClusterObjectPlan[];
  /** What its operator and its own members need of the network; null where no operator runs it. */
  readonly network: OperatorNetwork | null;
  /** Labels of its pods, for network policies; empty where it has none. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** How AWS runs it: module, class, what is paid; null where AWS does not. */
  readonly managed: ManagedResourcePlan | null;
  /** How it is backed up, restored and tried; null where it keeps nothing. */
  readonly recovery: InstanceRecoveryPlan | null;
  /** Makes its metrics; null where nothing can be asked for them. */
  readonly exporter: ExporterPlan | null;
  /** Secrets that the containers, accounts and exporter read, by id. */
  readonly secretSources: readonly SecretSource[];
  /** Dashboard: one panel for each measure that is alerted on. */
  readonly panels: readonly PanelPlan[];
}
