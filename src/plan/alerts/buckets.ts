// Turns latency bounds into the buckets of the request histogram.

/** prom-client's own: https://github.com/siimon/prom-client/blob/master/lib/histogram.js */
const defaultsSeconds: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A latency bound that is no bucket cannot be counted: the defaults and each bound once, ascending. */
export const histogramBuckets = (thresholdsSeconds: readonly number[]): number[] =>
  [...new Set([...defaultsSeconds, ...thresholdsSeconds])].sort((a, b) => a - b);
