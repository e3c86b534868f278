// What the alerts of one environment are made from: everything is known and valid by then.
import type { AlertSeverity, JobPlan, MigrationPlan, MonitoringPlan, Tier, WorkloadPlan } from '../types';

export interface ObjectivesInput {
  /** As declared, `99.9%`; null = not promised. */
  readonly availability: string | null;
  /** `{ percentile: 95, thresholdSeconds: 0.2 }`: 95 % of the requests are answered within 0.2 s. */
  readonly latency: readonly { readonly percentile: number; readonly thresholdSeconds: number }[];
  /** Requests per second at the declared peak; null = not declared. */
  readonly throughputPerSecond: number | null;
  /** Days that the promise is counted over; 30 unless declared. */
  readonly periodDays: number;
}

/** A declared alert, its texts as declared. */
export interface BusinessAlertInput {
  /** Kebab-case key under `alerts`. */
  readonly name: string;
  readonly measure: 'ratio' | 'rate' | 'value';
  /** `payment_failures_total / payment_attempts_total`: see `metricExpressionPattern` in ../promql/parse-metric. */
  readonly expression: string;
  /** `10%`, `100/h`, `42`; exactly one of both is not null. */
  readonly above: string | null;
  readonly below: string | null;
  readonly forSeconds: number;
  readonly severity: AlertSeverity;
  /** Null: made from the name and the bound. */
  readonly summary: string | null;
}

export interface BackingInput {
  /** Key under `needs`. */
  readonly key: string;
  readonly kind: string;
  /** Name of the resource; the label `service` of its exporter's target. */
  readonly instance: string;
  readonly runs: 'container' | 'operator' | 'aws' | 'external';
  /** The kind's own values: database, group, use … */
  readonly values: Readonly<Record<string, string>>;
}

export type MetricsInput = NonNullable<MonitoringPlan['metrics']>;

export interface AlertInput {
  readonly service: string;
  readonly owner: string;
  readonly tier: Tier;
  readonly platform: string;
  /** Name of the environment: a label of every rule, so that two environments can share a Prometheus. */
  readonly environment: string;
  readonly namespace: string;
  /** Null when the service serves no metrics: alerts from the cluster's own metrics are all there is then. */
  readonly metrics: MetricsInput | null;
  /** Paths of probes and metrics: they say nothing about users and are left out of objectives. */
  readonly unmeasuredRoutes: readonly string[];
  readonly objectives: ObjectivesInput;
  readonly workloads: readonly WorkloadPlan[];
  readonly jobs: readonly JobPlan[];
  readonly migration: MigrationPlan | null;
  /** The public host's certificate: name and namespace of the Certificate (the Gateway's namespace behind a gateway); null = not exposed. */
  readonly certificate: { readonly host: string; readonly name: string; readonly namespace: string } | null;
  readonly bindings: readonly BackingInput[];
  readonly business: readonly BusinessAlertInput[];
  /** Without anchor. */
  readonly runbookUrl: string;
  readonly dashboardUrl: string;
  readonly dashboardUid: string;
}
