// What a public service has to stand before it is let into production: so many requests, so fast, with so few errors.

export interface LoadTestPlan {
  readonly service: string;
  /** Environment whose promises it tests, and where it runs. */
  readonly environment: string;
  readonly host: string;
  /** Paths that are asked in turn. */
  readonly paths: readonly string[];
  /** Statuses below it are right answers: 400 where the declaration names samples, 500 otherwise. */
  readonly errorFrom: 400 | 500;
  /** Whole requests of one minute: an arrival rate is a whole number. */
  readonly requestsPerMinute: number;
  readonly durationSeconds: number;
  /** Upper bounds of percentiles. */
  readonly latency: readonly { readonly percentile: number; readonly milliseconds: number }[];
  /** Largest share of wrong answers, as a decimal: what availability leaves; 0.01 when none is promised. */
  readonly errorRatioText: string;
  /** Requests that wait for an answer at once: as many virtual users are made before it begins. */
  readonly preAllocatedUsers: number;
  readonly maxUsers: number;
  /** How rate and users were found, one sentence each. */
  readonly arithmetic: readonly string[];
}
