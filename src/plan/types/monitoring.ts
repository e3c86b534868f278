// What is watched in one environment: objectives, alert rules with their proofs, dashboard and runbook.
import type { DeadAlertPlan, ObjectivePlan, RuleGroupPlan, RuleTestPlan } from './alerts';
import type { DashboardPlan } from './dashboard';

export interface MonitoringPlan {
  /** Null when the service serves no metrics. */
  readonly metrics: {
    readonly library: 'prom-client' | 'opentelemetry';
    /** Value of the `job` label that scraping gives. */
    readonly job: string;
    readonly histogram: string;
    readonly statusLabel: string;
    /** Label that holds the route; probes and metrics are left out of the objectives by it. */
    readonly routeLabel: string;
    readonly path: string;
    /** Upper bounds in seconds; every latency threshold is one of them. */
    readonly bucketsSeconds: readonly number[];
    readonly scrapeIntervalSeconds: number;
    /** Class of the Prometheus Operator that has the mesh's certificate; null for plain HTTP. */
    readonly scrapeClass: string | null;
  } | null;
  readonly objectives: readonly ObjectivePlan[];
  readonly groups: readonly RuleGroupPlan[];
  readonly tests: readonly RuleTestPlan[];
  /** Of the promtool tests, for example `1m`. */
  readonly evaluationInterval: string;
  /** Alerts that were left out since they could never fire: each is refused. */
  readonly neverFires: readonly DeadAlertPlan[];
  /** Null in compose. */
  readonly dashboard: DashboardPlan | null;
  readonly dashboardUid: string;
  readonly dashboardUrl: string;
  /** Opens the way there in a cluster. */
  readonly dashboardCommand: string;
  readonly runbookUrl: string;
  /** Alertmanager channel of the owner, for example `#finance-alerts`. */
  readonly channel: string;
  /** Prometheus inside the cluster, for the analysis of canaries; null where none is known. */
  readonly prometheusUrl: string | null;
}
