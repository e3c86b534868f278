// What runs: the web workload, the workers, the scheduled jobs and the migration.
import type { HealthCheckPlan, NameValue, ResourceAmounts, WritableFolder } from '../../catalog/facts';

export type { ResourceAmounts, WritableFolder } from '../../catalog/facts';

export interface ResourcesPlan {
  readonly request: ResourceAmounts;
  readonly limit: ResourceAmounts;
}

/** One probe. `http` asks path on the port named `http`; `tcp` opens it; `command` runs in the container. */
export interface ProbePlan {
  readonly check:
    | { readonly kind: 'http'; readonly path: string }
    | { readonly kind: 'tcp' }
    | { readonly kind: 'command'; readonly command: readonly string[] };
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

export interface ProbesPlan {
  readonly startup: ProbePlan;
  readonly readiness: ProbePlan;
  readonly liveness: ProbePlan;
}

/** What a HorizontalPodAutoscaler or a KEDA ScaledObject looks at. */
export type ScaleSignal =
  | { readonly kind: 'cpu'; readonly utilizationPercent: number }
  | { readonly kind: 'memory'; readonly utilizationPercent: number }
  | {
      readonly kind: 'kafka-lag';
      readonly messagesPerReplica: number;
      /** Empty: every topic of the group. */
      readonly topics: readonly string[];
      readonly consumerGroup: string;
      readonly bootstrapServers: string;
      /** By TLS and SCRAM-SHA-512, with the service's own user; null where the brokers ask for none. */
      readonly authentication: {
        readonly username: string;
        readonly remoteKey: string;
        readonly remoteProperty: string;
      } | null;
      /** Secret of the service's namespace that holds the brokers' authority as `ca.crt`; null for one that everybody knows. */
      readonly authority: string | null;
    };

export interface ScalePlan {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Empty when min equals max: the number of replicas is fixed and no autoscaler exists. */
  readonly signals: readonly ScaleSignal[];
  readonly scaleDownStabilizationSeconds: number;
}

export interface RolloutPlan {
  /** `recreate` never: a service keeps answering while it is replaced. */
  readonly strategy: 'rolling' | 'blue-green' | 'canary';
  readonly maxSurge: number;
  readonly maxUnavailable: number;
  readonly minReadySeconds: number;
  readonly progressDeadlineSeconds: number;
  readonly revisionHistoryLimit: number;
  /** Seconds that the old version stays up after a blue-green switch, so that going back is instant; null unless blue-green. */
  readonly scaleDownDelaySeconds: number | null;
  /** Weights in percent with the pause after each; empty unless canary. */
  readonly canarySteps: readonly { readonly weightPercent: number; readonly pauseSeconds: number }[];
}

/** preStop sleeps while endpoints are withdrawn, then SIGTERM, then the process drains; grace covers both and a margin. */
export interface ShutdownPlan {
  readonly preStopSeconds: number;
  readonly drainSeconds: number;
  readonly terminationGraceSeconds: number;
}

/** A PodDisruptionBudget: how many pods a drain may take at once. */
export interface DisruptionPlan {
  readonly maxUnavailable: number;
}

/** A Deployment in Kubernetes, a service in compose. */
export interface WorkloadPlan {
  /** DNS label: the service's own name for the web workload, `SERVICE-WORKER` for a worker. */
  readonly name: string;
  /** The name in the declaration: `ledger`; the service's own for the web workload. */
  readonly declaredName: string;
  readonly component: 'web' | 'worker';
  /** argv; null runs what the image runs. */
  readonly command: readonly string[] | null;
  /** The port it listens on, named `http`; null for a worker without one. */
  readonly port: number | null;
  /** Where metrics are scraped: on `port`; null when none are served. */
  readonly metricsPath: string | null;
  readonly resources: ResourcesPlan;
  readonly heapMiB: number | null;
  /** Variables that differ between workloads: NODE_OPTIONS, UV_THREADPOOL_SIZE. */
  readonly environment: readonly NameValue[];
  readonly probes: ProbesPlan;
  readonly healthCheck: HealthCheckPlan | null;
  readonly scale: ScalePlan;
  readonly rollout: RolloutPlan;
  readonly shutdown: ShutdownPlan;
  readonly disruption: DisruptionPlan;
  /** What the scheduler does when zones cannot be filled evenly. */
  readonly zoneSpread: 'DoNotSchedule' | 'ScheduleAnyway';
  readonly writableFolders: readonly WritableFolder[];
}

/** A CronJob. In compose it runs only on demand, under the profile `jobs`. */
export interface JobPlan {
  /** `SERVICE-JOB`, at most 52 characters (Kubernetes appends 11 for the run). */
  readonly name: string;
  /** The name in the declaration. */
  readonly declaredName: string;
  readonly command: readonly string[];
  readonly schedule: string;
  readonly timeZone: string;
  /** Longest run before it is ended: activeDeadlineSeconds. */
  readonly timeoutSeconds: number;
  /** A start missed by more than this is skipped. */
  readonly startingDeadlineSeconds: number;
  readonly concurrencyPolicy: 'Forbid';
  readonly successfulHistoryLimit: number;
  readonly failedHistoryLimit: number;
  readonly backoffLimit: number;
  readonly ttlSecondsAfterFinished: number;
  /** Longest time between two scheduled starts: a job without success for this long plus its timeout is late. */
  readonly longestIntervalSeconds: number;
  /** Shortest time between two starts; null when it starts once only. */
  readonly shortestIntervalSeconds: number | null;
  /** A start that daylight saving skips (gap) or doubles (overlap), local time; null when none does. */
  readonly clockConflict: { readonly kind: 'gap' | 'overlap'; readonly at: string } | null;
  readonly resources: ResourcesPlan;
  readonly heapMiB: number | null;
  readonly environment: readonly NameValue[];
  readonly writableFolders: readonly WritableFolder[];
}

/** A Job that runs to its end before any pod of the new version starts. */
export interface MigrationPlan {
  readonly name: string;
  readonly command: readonly string[];
  readonly timeoutSeconds: number;
  readonly backoffLimit: number;
  readonly ttlSecondsAfterFinished: number;
  readonly resources: ResourcesPlan;
  readonly heapMiB: number | null;
  readonly environment: readonly NameValue[];
  readonly writableFolders: readonly WritableFolder[];
}
