// What watches one environment: objectives, recording and alerting rules, the runbook's text and the rules' proofs.

/** `critical` pages a person, `warning` makes a ticket, `info` is only shown. */
export type AlertSeverity = 'critical' | 'warning' | 'info';

/** One pair of windows of an objective: it alerts when the budget burns `factor` times too fast in both. */
export interface BurnRatePlan {
  readonly severity: AlertSeverity;
  /** Prometheus durations, for example `1h` and `5m`. */
  readonly longWindow: string;
  readonly shortWindow: string;
  /** Share of the period's budget that is gone when it alerts, for example `0.02`. */
  readonly budgetShareText: string;
  /** How many times faster than allowed the budget burns, for example `14.4`. */
  readonly factorText: string;
  /** factor x budget: share of bad events above which it alerts, for example `0.0144`. */
  readonly thresholdText: string;
  /** Requests that the long window must hold; fewer say nothing about a share. */
  readonly minimumRequests: number;
  /** How the threshold and the minimum were found, in one sentence each. */
  readonly arithmetic: string;
}

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
  /** PromQL of the share of bad events over 5 minutes, from the service's own metrics (a canary's analysis asks the same). */
  readonly errorRatioExpr: string;
  /** The pairs of windows that can fire; those that cannot are in `MonitoringPlan.neverFires`. */
  readonly burnRates: readonly BurnRatePlan[];
}

/** One recording rule, ready to be laid out. */
export interface RecordingRulePlan {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** One step of a runbook: a sentence, and a command or query to run, or null. */
export interface RunbookStep {
  readonly text: string;
  readonly code: string | null;
  readonly language: 'sh' | 'promql' | null;
}

export interface AlertRulePlan {
  readonly alert: string;
  readonly expr: string;
  /** Prometheus duration, null when it fires at once. */
  readonly for: string | null;
  readonly severity: AlertSeverity;
  /** Every label of the rule, severity and team among them. Prometheus expands them as Go templates: literal braces are escaped. */
  readonly labels: Readonly<Record<string, string>>;
  /** Go templates, as the labels. */
  readonly summary: string;
  readonly description: string;
  /** Anchor in the runbook, the kebab-case of the alert. */
  readonly runbookAnchor: string;
  readonly runbookUrl: string;
  readonly dashboardUrl: string;
  /** Runbook text: what it means, how to look, how to mend. */
  readonly meaning: string;
  readonly diagnosis: readonly RunbookStep[];
  readonly mitigation: readonly RunbookStep[];
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
  readonly expected: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

/** Why an alert, or one pair of windows of it, could never fire. */
export type DeadAlertReason =
  /** factor x budget is 1 or more, and a share never exceeds 1. */
  | 'burn-rate-impossible'
  /** At the declared throughput one failed request is more than the threshold: the window never holds enough requests. */
  | 'traffic-too-low'
  /** No bucket of the histogram ends at the latency bound, so nothing counts the requests below it. */
  | 'bucket-missing'
  /** A share cannot rise above 100 %, a count cannot fall below 0. */
  | 'bound-out-of-range'
  /** The bound has a unit that the measure has not, for example `%` for a rate. */
  | 'bound-unit'
  /** The measure is no metric and no share of two. */
  | 'expression-malformed'
  /** The service serves no metrics. */
  | 'metrics-missing'
  /** Another alert has the name. */
  | 'name-taken';

/** An alert that was declared or derived and was left out, since it could never fire. */
export interface DeadAlertPlan {
  readonly alert: string;
  readonly reason: DeadAlertReason;
  /** Path in the declaration, for example `objectives.availability`. */
  readonly from: string;
  /** True when no part of the alert is left: the promise has no alarm. */
  readonly whole: boolean;
  /** Sentence with the numbers. */
  readonly arithmetic: string;
}
