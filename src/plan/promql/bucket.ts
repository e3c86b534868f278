// Turns the upper bound of a histogram bucket into a matcher that holds in Prometheus 2 and 3.
import { escapeRegex } from './escape';
import { equals, type Matcher, matches } from './expression';

/**
 * Prometheus 3 rewrites `le="1"` to `le="1.0"` when it scrapes, Prometheus 2 keeps what the client wrote:
 * https://prometheus.io/docs/prometheus/latest/migration/#le-and-quantile-label-values
 */
export function bucketMatcher(boundText: string): Matcher {
  return /^\d+$/.test(boundText) ? matches('le', `${escapeRegex(boundText)}(\\.0)?`) : equals('le', boundText);
}
