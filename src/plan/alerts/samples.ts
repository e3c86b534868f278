// Series of the proofs, one sample a minute, in promtool's notation.
import { labelled, select } from '../promql/expression';

/** https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series */
export interface Sample {
  readonly series: string;
  readonly values: string;
}

const named = (metric: string, labels: Readonly<Record<string, string>>): string => select(metric, labelled(labels));

/** A number that stays the same. */
export const constantSeries = (
  metric: string,
  labels: Readonly<Record<string, string>>,
  level: number,
  minutes: number,
): Sample => ({
  series: named(metric, labels),
  values: `${level}x${minutes}`,
});

/** A number that changes by the same amount each minute. */
export const linearSeries = (
  metric: string,
  labels: Readonly<Record<string, string>>,
  start: number,
  perMinute: number,
  minutes: number,
): Sample => ({
  series: named(metric, labels),
  values: perMinute < 0 ? `${start}-${-perMinute}x${minutes}` : `${start}+${perMinute}x${minutes}`,
});

/** So many minutes in which a counter grows by so much a minute. */
export interface Phase {
  readonly minutes: number;
  readonly perMinute: number;
}

/** A counter that starts at 0 and grows phase by phase. */
export function counterSeries(
  metric: string,
  labels: Readonly<Record<string, string>>,
  phases: readonly Phase[],
): Sample {
  const parts: string[] = ['0'];
  let level = 0;
  for (const { minutes, perMinute } of phases) {
    // `a+bxn` is n + 1 samples, from a on.
    parts.push(`${level + perMinute}+${perMinute}x${minutes - 1}`);
    level += perMinute * minutes;
  }
  return { series: named(metric, labels), values: parts.join(' ') };
}
