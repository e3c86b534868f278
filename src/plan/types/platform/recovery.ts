// How one backing instance comes back after a disaster: what is promised, what is copied, how it is restored and tried.
import type { AccessStatement } from '../../../catalog/access';
import type { ArchiveFacts, BackupJob, RecoveryStep, RestoreProbe } from '../../../catalog/backups';

export type { BackupJob, RecoveryStep, RestoreProbe } from '../../../catalog/backups';

/** The tightest promise of an instance's users. */
export interface RecoveryPromisePlan {
  readonly seconds: number;
  /** Services that promise exactly so much. */
  readonly by: readonly string[];
}

/** Dumps of one age. */
export interface DumpPlan {
  readonly tier: 'daily' | 'weekly' | 'monthly';
  /** How many are kept, and after how many days the store removes one. */
  readonly keep: number;
  readonly expireDays: number;
  /** Key prefix below the bucket, for the lifecycle rule: `postgres/daily/`. */
  readonly prefix: string;
  /** Whether the schedule ever starts on a day of this tier. */
  readonly isReached: boolean;
}

/** What a job may do in the cloud, by its service account. */
export interface JobIdentityPlan {
  readonly serviceAccount: string;
  readonly namespace: string;
  readonly statements: readonly AccessStatement[];
}

export interface InstanceRecoveryPlan {
  readonly rpo: RecoveryPromisePlan | null;
  readonly rto: RecoveryPromisePlan | null;
  /** `restored`: backups bring it back. `replicated`: copies of the server keep it. `rebuilt`: it is made from other data. */
  readonly promise: 'restored' | 'replicated' | 'rebuilt';
  readonly method: string;
  readonly source: string;
  /** What is copied between two dumps; null where nothing is. */
  readonly archive: ArchiveFacts | null;
  /** Newest data that a restore cannot bring back, at most; null on a laptop, where nothing is promised. */
  readonly recoveryPoint: { readonly seconds: number; readonly arithmetic: string } | null;
  /** What is dumped, and when (cron, UTC); null where the archive is everything. */
  readonly dumped: { readonly what: string; readonly schedule: string } | null;
  readonly dumps: readonly DumpPlan[];
  /** Days that a point in time can be chosen from; 0 without an archive. */
  readonly keepDays: number;
  /** Bucket of the backups; null where the cloud keeps them itself, and on a laptop. */
  readonly bucket: string | null;
  /** `s3://BUCKET/INSTANCE`, or the volume of a laptop. */
  readonly destination: string;
  /** What the bucket removes by itself, by key prefix. */
  readonly lifecycle: readonly { readonly prefix: string; readonly expireDays: number; readonly why: string }[];
  readonly encryption: string;
  readonly identities: readonly JobIdentityPlan[];
  readonly data: { readonly sizeGiB: number; readonly arithmetic: string };
  /** How long a restore takes; null on a laptop. */
  readonly restoreTime: {
    readonly seconds: number;
    readonly fixedSeconds: number;
    readonly mebibytesPerSecond: number;
    readonly arithmetic: string;
  } | null;
  readonly jobs: readonly BackupJob[];
  readonly restoreTest: {
    /** Cron, UTC. */
    readonly schedule: string;
    readonly job: string;
    readonly scratch: string;
    readonly probes: readonly RestoreProbe[];
  } | null;
  readonly lagMetric: { readonly failed: string; readonly age: string } | null;
  readonly restore: readonly RecoveryStep[];
  readonly failover: readonly RecoveryStep[];
}

/** When people practise the failover. */
export interface DrillPlan {
  readonly frequency: 'monthly' | 'quarterly' | 'yearly';
  readonly intervalMonths: number;
  /** First one, YYYY-MM-DD; the others follow on the second Tuesday every `intervalMonths`. */
  readonly first: string;
  /** HH:MM, UTC, and how long it takes. */
  readonly start: string;
  readonly hours: number;
  /** Day that the calendar entry is of: the platform's date. */
  readonly stamp: string;
  readonly uid: string;
}
