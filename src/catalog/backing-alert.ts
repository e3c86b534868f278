// What to watch on a backing resource: neutral measures with a bound, and samples that prove each of them.
import type { Runs } from './kind';

/** Samples of one metric whose labels hold these values; a value may be `{placeholder}` of the kind's `values`. */
export interface SampleSelector {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A number to watch. Where several series are left, the worst of each `BackingAlert.per` counts. */
export type Signal =
  /** The sample as it is. */
  | ({ readonly of: 'value' } & SampleSelector)
  /** Growth of a counter over a window. */
  | ({ readonly of: 'increase'; readonly windowSeconds: number } & SampleSelector)
  /** Seconds since the time that the sample holds. */
  | ({ readonly of: 'age' } & SampleSelector)
  /** 1 while no such sample exists. */
  | ({ readonly of: 'absence' } & SampleSelector)
  | { readonly of: 'share'; readonly part: Signal; readonly whole: Signal }
  | { readonly of: 'sum' | 'difference'; readonly left: Signal; readonly right: Signal }
  | { readonly of: 'divided'; readonly signal: Signal; readonly by: number }
  /** Series put together, one result for each combination of the labels. */
  | { readonly of: 'total' | 'largest' | 'smallest'; readonly signal: Signal; readonly per: readonly string[] };

/** One series of a proof: `start`, then `start + perMinute`, and so on. */
export interface ProofSeries extends SampleSelector {
  readonly start: number;
  readonly perMinute: number;
}

export interface BackingAlert {
  /** Kebab-case, begins with the kind: `postgres-connections-nearly-exhausted`. */
  readonly name: string;
  readonly severity: 'critical' | 'warning' | 'info';
  /** Who has to run the resource for the measure to exist. */
  readonly runs: readonly Runs[];
  /** Whether it makes sense for this use of the resource. */
  readonly appliesTo: (values: Readonly<Record<string, string>>) => boolean;
  readonly signal: Signal;
  readonly bound: { readonly is: 'above' | 'below' | 'equal'; readonly value: number };
  /** Labels that tell apart what it is about, for example `instance`; empty: one alert for the resource. */
  readonly per: readonly string[];
  readonly forSeconds: number;
  /** How the value is read by a person. */
  readonly shows: 'percentage' | 'duration' | 'number';
  /** `{value}`, `{resource}` (the resource's name) and `{label:NAME}` are filled in. */
  readonly summary: string;
  readonly description: string;
  readonly meaning: string;
  readonly diagnosis: readonly string[];
  readonly mitigation: readonly string[];
  /** Where names and numbers come from. */
  readonly source: string;
  readonly proof: {
    readonly fires: readonly ProofSeries[];
    /** The value as shown to a person when it fires. */
    readonly shown: string;
    readonly quiet: readonly ProofSeries[];
  };
}

export const always = (): boolean => true;

/** The proof of a measure of one sample: a constant that fires and one that does not. */
export function constants(
  metric: string,
  labels: Readonly<Record<string, string>>,
  firing: number,
  quiet: number,
  shown: string,
): BackingAlert['proof'] {
  const series = (start: number): ProofSeries[] => [{ metric, labels, start, perMinute: 0 }];
  return { fires: series(firing), quiet: series(quiet), shown };
}

/** The proof of a share of two samples. */
export function shares(
  part: string,
  whole: string,
  firing: readonly [number, number],
  quiet: readonly [number, number],
  shown: string,
): BackingAlert['proof'] {
  const series = ([numerator, denominator]: readonly [number, number]): ProofSeries[] => [
    { metric: part, labels: {}, start: numerator, perMinute: 0 },
    { metric: whole, labels: {}, start: denominator, perMinute: 0 },
  ];
  return { fires: series(firing), quiet: series(quiet), shown };
}

/** The proof of a counter's growth. */
export function growth(
  metric: string,
  labels: Readonly<Record<string, string>>,
  perMinute: number,
  shown: string,
): BackingAlert['proof'] {
  const series = (rate: number): ProofSeries[] => [{ metric, labels, start: 0, perMinute: rate }];
  return { fires: series(perMinute), quiet: series(0), shown };
}

/** Nobody watches: the exporter's own metric is gone, and with it every other alert of the resource. */
export function unwatched(kind: string, title: string, metric: string, runs: readonly Runs[]): BackingAlert {
  return {
    name: `${kind}-unwatched`,
    severity: 'warning',
    runs,
    appliesTo: always,
    signal: { of: 'absence', metric, labels: {} },
    bound: { is: 'equal', value: 1 },
    per: [],
    forSeconds: 900,
    shows: 'number',
    summary: `Nothing measures ${title} {resource}`,
    description: `No sample of ${metric} came from {resource} for 15 minutes; its other alerts cannot fire.`,
    meaning: `The exporter of ${title} is not scraped. All other alerts on this resource are blind until it is.`,
    diagnosis: ['Look whether the exporter runs and whether it may reach the resource (network policy, credentials).'],
    mitigation: ['Restart the exporter; renew its credentials when they were rotated.'],
    source: 'https://prometheus.io/docs/prometheus/latest/querying/functions/#absent',
    proof: {
      fires: [],
      shown: '1',
      quiet: [{ metric, labels: {}, start: 1, perMinute: 0 }],
    },
  };
}
