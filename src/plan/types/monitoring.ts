// What is watched in one environment: objectives, alert rules with their proofs, dashboard and runbook anchors.

/** An objective after the SRE workbook, chapter 5. */
export interface ObjectivePlan {
  /** `availability` or `latency-p95`. */
  readonly name: string;
  readonly kind: 'availability' | 'latency';
  /** Share of good events, for example 0.999; spelled as a decimal in `objectiveText`. */
  readonly objectiveRatio: number;
  /** The same as an exact decimal string, since 1 - 0.999 is not 0.001 in binary. */
  readonly objectiveText: string;
  readonly budgetText: string;
  readonly periodDays: number;
  /** Latency bound in seconds, null for availability. */
  readonly thresholdSeconds: number | null;
}

/** One recording or alerting rule, ready to be laid out. */
export interface RecordingRulePlan {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface AlertRulePlan {
  readonly alert: string;
  readonly expr: string;
  /** Prometheus duration, null when it fires at once. */
  readonly for: string | null;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
  /** Anchor in the runbook, the kebab-case of the alert. */
  readonly runbookAnchor: string;
  readonly runbookUrl: string;
  readonly dashboardUrl: string;
  /** Runbook text: what it means, how to look, how to mend. */
  readonly meaning: string;
  readonly diagnosis: readonly string[];
  readonly mitigation: readonly string[];
}

export interface RuleGroupPlan {
  readonly name: string;
  readonly interval: string;
  readonly recording: readonly RecordingRulePlan[];
  readonly alerts: readonly AlertRulePlan[];
  readonly why: string;
}

/** A promtool test: series under which an alert must fire, or must not. */
export interface RuleTestPlan {
  readonly name: string;
  readonly alert: string;
  readonly fires: boolean;
  readonly interval: string;
  readonly evaluateAt: string;
  readonly series: readonly { readonly series: string; readonly values: string }[];
  /** Labels and annotations of the expected alerts (promtool compares them exactly); empty when it must not fire. */
  readonly expected: readonly { readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>> }[];
}

export interface MonitoringPlan {
  /** Null when the service serves no metrics. */
  readonly metrics: {
    readonly library: 'prom-client' | 'opentelemetry';
    /** Value of the `job` label that scraping gives. */
    readonly job: string;
    readonly histogram: string;
    readonly statusLabel: string;
    /** Upper bounds in seconds; every latency threshold is one of them. */
    readonly bucketsSeconds: readonly number[];
    readonly scrapeIntervalSeconds: number;
  } | null;
  readonly objectives: readonly ObjectivePlan[];
  readonly groups: readonly RuleGroupPlan[];
  readonly tests: readonly RuleTestPlan[];
  readonly dashboardUid: string;
  readonly dashboardUrl: string;
  readonly runbookUrl: string;
  /** Alertmanager channel of the owner, for example `#finance-alerts`. */
  readonly channel: string;
}
