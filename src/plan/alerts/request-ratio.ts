// Turns an objective into PromQL over the service's own request histogram: all requests, and the bad ones.
import { bucketMatcher } from '../promql/bucket';
import { escapeRegex } from '../promql/escape';
import {
  aggregate,
  binary,
  equals,
  group,
  type Matcher,
  matches,
  matchesNot,
  over,
  select,
} from '../promql/expression';
import type { AlertInput, MetricsInput } from './input';

/** What counts as good and bad: `availability` by status, `latency` by a bucket of the histogram. */
export type Measured =
  | { readonly kind: 'availability' }
  | { readonly kind: 'latency'; readonly thresholdSeconds: number };

/** Requests of users: the service's targets without the routes of probes and metrics. */
export function requestMatchers(input: AlertInput, metrics: MetricsInput): Matcher[] {
  const ours = [equals('job', metrics.job), equals('namespace', input.namespace)];
  if (input.unmeasuredRoutes.length === 0) return ours;
  return [...ours, matchesNot(metrics.routeLabel, input.unmeasuredRoutes.map(escapeRegex).join('|'))];
}

export const serverErrors = (metrics: MetricsInput): Matcher => matches(metrics.statusLabel, '5..');

const countOf = (metrics: MetricsInput, matchers: readonly Matcher[]): string =>
  select(`${metrics.histogram}_count`, matchers);

/** Requests per second. */
export const requestRate = (
  input: AlertInput,
  metrics: MetricsInput,
  windowSeconds: number,
  extra: readonly Matcher[] = [],
): string =>
  aggregate('sum', over('rate', countOf(metrics, [...requestMatchers(input, metrics), ...extra]), windowSeconds));

/** Requests in the window. */
export const requestCount = (input: AlertInput, metrics: MetricsInput, windowSeconds: number): string =>
  aggregate('sum', over('increase', countOf(metrics, requestMatchers(input, metrics)), windowSeconds));

/** Requests per second that were answered within the bound. */
const fastRate = (
  input: AlertInput,
  metrics: MetricsInput,
  thresholdSeconds: number,
  windowSeconds: number,
): string => {
  const bucket = select(`${metrics.histogram}_bucket`, [
    ...requestMatchers(input, metrics),
    bucketMatcher(String(thresholdSeconds)),
  ]);
  return aggregate('sum', over('rate', bucket, windowSeconds));
};

/** Share of bad requests over a window; no series while there is no traffic (0 / 0 would poison every longer average). */
export function badShare(input: AlertInput, metrics: MetricsInput, measured: Measured, windowSeconds: number): string {
  const all = requestRate(input, metrics, windowSeconds);
  const traffic = group(binary(all, '>', '0'));
  if (measured.kind === 'latency') {
    return binary(
      group(binary(all, '-', fastRate(input, metrics, measured.thresholdSeconds, windowSeconds))),
      '/',
      traffic,
    );
  }
  const failed = requestRate(input, metrics, windowSeconds, [serverErrors(metrics)]);
  // A counter of failures does not exist before the first failure: `or 0 *` makes that a share of 0.
  return binary(group(binary(failed, 'or', binary('0', '*', all))), '/', traffic);
}
