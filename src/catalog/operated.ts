// What a kind is told when it is asked how an operator runs it in a cluster, and when it is asked for its exporter.
import type { ContainerUse, MonitorAccount } from './container-input';
import type { ClusterObjectPlan, ExporterPlan } from './facts';
import type { ResourceClass, Runs } from './kind';

/** A service's account: its Secret (`username`, `password`) is there beside the instance. */
export interface OperatedAccount {
  readonly service: string;
  readonly user: string;
  readonly secretName: string;
  readonly uses: readonly ContainerUse[];
}

export interface OperatedInput {
  /** Name of the instance: host, label `app.kubernetes.io/instance` of its pods. */
  readonly name: string;
  readonly platform: string;
  readonly environment: string;
  readonly namespace: string;
  readonly version: string;
  readonly class: ResourceClass;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly storageMiB: number;
  readonly connections: number | null;
  readonly replicas: number;
  readonly accounts: readonly OperatedAccount[];
  /** The kind's own fields of `backing.KIND`, for example `topics`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The exporter's account: its Secret (`username`, `password`) is there beside the instance; null where nobody watches. */
  readonly monitor: { readonly user: string; readonly secretName: string } | null;
  /** Where backups go: an S3 prefix, reached by the pod's own identity; null for kinds that keep nothing worth restoring. */
  readonly backup: {
    readonly destination: string;
    readonly keepDays: number;
    readonly region: string;
    /** Cron, UTC. */
    readonly schedule: string;
    /** Between two archived slices, as declared or as the promise asks; null = the kind's own. */
    readonly intervalSeconds: number | null;
    /** The account of backups: its Secret (`username`, `password`) is there beside the instance. */
    readonly account: { readonly user: string; readonly secretName: string };
  } | null;
}

/** What an operator and the members of an instance need of the network, beside its users. */
export interface OperatorNetwork {
  /** The operator's pods and the ports of the instance that they ask; null where it asks none. */
  readonly operator: {
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly ports: readonly number[];
  } | null;
  /** Ports among the instance's own pods. */
  readonly members: readonly number[];
  readonly reachesApiServer: boolean;
  readonly reachesObjectStore: boolean;
  readonly why: string;
}

export interface OperatedKind {
  readonly network: OperatorNetwork;
  /** Name of the operator, for people, and the page that describes its objects. */
  readonly operator: string;
  readonly documentation: string;
  /** Whether its backups are taken by an account of their own. */
  readonly savesByAccount: boolean;
  readonly replicas: { readonly single: number; readonly highlyAvailable: number };
  /** The objects. The pods that they make carry the label `app.kubernetes.io/instance: NAME`, and a Service NAME reaches them. */
  readonly objects: (input: OperatedInput) => readonly ClusterObjectPlan[];
}

export interface ExporterInput {
  /** Name of the instance. */
  readonly instance: string;
  readonly host: string;
  readonly port: number;
  readonly runs: Runs;
  readonly version: string;
  readonly monitor: MonitorAccount;
  readonly uses: readonly ContainerUse[];
}

/** Null where the exporter gets nothing that is worth a server of its own. */
export type ExporterFactory = (input: ExporterInput) => ExporterPlan | null;
