// What a kind is told when it is asked how it is backed up, and what it answers: jobs, commands and promises as neutral facts.
import type { AccessStatement } from './access';
import type { ContainerUse, MonitorAccount } from './container-input';
import type { BackingContainerPlan } from './facts';
import type { ResourceClass, Runs } from './kind';

/** A question to restored data, with its bound: exactly one of the last three is set. */
export interface RestoreProbe {
  /** Unique in the instance, in kebab-case. */
  readonly name: string;
  readonly database: string;
  /** Who asks: the service's own account, or the administrator. */
  readonly user: string;
  /** A SELECT of one value. */
  readonly sql: string;
  readonly atLeast: number | null;
  readonly atMost: number | null;
  /** The answer is a time that lies at most so many seconds before the backup. */
  readonly newerThanSeconds: number | null;
  /** What asks it: a declaration, or every restore test. */
  readonly by: string;
}

/** One job: containers one after another that share a disk. */
export interface BackupJob {
  /** DNS label, for example `postgres-dump`. */
  readonly name: string;
  readonly purpose: 'archive' | 'backup' | 'restore-test' | 'restore';
  /** Cron schedule in UTC; null: run by a person, or all the time where `isServer`. */
  readonly schedule: string | null;
  readonly isServer: boolean;
  readonly deadlineSeconds: number;
  /** All but the last are done before the next one starts. Their `volumes` named `work` are one disk that is gone with the job. */
  readonly stages: readonly [BackingContainerPlan, ...BackingContainerPlan[]];
  readonly workMiB: number;
  /** Names of `volumes` that no stage writes. */
  readonly readOnlyVolumes: readonly string[];
  readonly reachesInstance: boolean;
  /** Endpoints of the cloud: S3, and what else the statements name. */
  readonly reachesCloud: boolean;
  readonly statements: readonly AccessStatement[];
  readonly why: string;
}

/** One step of a procedure; the command is complete, with nothing to fill in but what the text says. */
export interface RecoveryStep {
  readonly text: string;
  readonly command: string | null;
}

/** What is copied between two dumps. */
export interface ArchiveFacts {
  readonly what: string;
  /** Newest data that is not copied yet, at most. */
  readonly intervalSeconds: number;
  readonly why: string;
}

export interface BackupInput {
  /** Kind of the instance, a label of its containers. */
  readonly kindName: string;
  readonly name: string;
  readonly platform: string;
  readonly environment: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly region: string;
  /** Region that takes over, with a copy of the bucket in it; null where none is declared. */
  readonly otherRegion: { readonly name: string; readonly bucket: string } | null;
  readonly runs: Runs;
  readonly version: string;
  readonly class: ResourceClass;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly connections: number | null;
  readonly host: string;
  readonly port: number;
  readonly replicas: number;
  readonly uses: readonly ContainerUse[];
  /** The account of backups; its password is a secret of the instance. */
  readonly account: MonitorAccount;
  /** `SecretSource.id` of the administrator's password. */
  readonly adminSecret: string;
  /** The instance's own containers, server first; empty where an operator or the cloud runs it. */
  readonly containers: readonly BackingContainerPlan[];
  /** Bucket of the environment's backups; null on a laptop, where a volume holds them. */
  readonly bucket: string | null;
  readonly keep: { readonly daily: number; readonly weekly: number; readonly monthly: number };
  readonly keepDays: number;
  readonly schedule: string;
  readonly restoreTest: string;
  /** Between two slices, where the kind sends slices: as declared, or as the RPO asks; null = the kind's own. */
  readonly intervalSeconds: number | null;
  readonly rpoSeconds: number | null;
  readonly dataSizeGiB: number;
  readonly probes: readonly RestoreProbe[];
}

export interface BackupFacts {
  /** `restored`: backups bring it back. `replicated`: copies of the server keep it. `rebuilt`: it is made from other data. */
  readonly promise: 'restored' | 'replicated' | 'rebuilt';
  readonly method: string;
  readonly source: string;
  readonly archive: ArchiveFacts | null;
  /** Whether dumps are taken, and by what; null where the archive is everything. */
  readonly dumps: { readonly what: string; readonly schedule: string } | null;
  /** Whether slices of the archive lie below `archive/` in the bucket. */
  readonly slices: boolean;
  readonly encryption: string;
  readonly jobs: readonly BackupJob[];
  /** What a restore test does, in words; null where nothing is to be restored. */
  readonly restoreTest: {
    readonly scratch: string;
    readonly job: string;
    readonly probes: readonly RestoreProbe[];
  } | null;
  /** Restore to a point in time, in place. */
  readonly restore: readonly RecoveryStep[];
  /** The other region takes over. */
  readonly failover: readonly RecoveryStep[];
  /** Where the archive's lag is measured: a rule on metrics that its exporter has; null where nothing measures it. */
  readonly lagMetric: { readonly failed: string; readonly age: string } | null;
}

/** Null where the kind keeps nothing there. */
export type BackupFactory = (input: BackupInput) => BackupFacts | null;
