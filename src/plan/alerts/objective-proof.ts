// Proofs of an objective's alerts: traffic in which each pair of windows fires, and traffic in which none may.
import type { BurnRate } from './burn-rates';
import { compare, type Decimal, decimal, multiply, significant, text } from './decimal';
import type { ProofDraft } from './draft';
import { humanizePercentage } from './humanize';
import type { AlertInput, MetricsInput } from './input';
import type { Measured } from './request-ratio';
import { counterSeries, type Phase, type Sample } from './samples';

interface TrafficPhase {
  readonly minutes: number;
  readonly requestsPerMinute: number;
  readonly badPerMinute: number;
}

const one = decimal(1);
/** Half an hour with twenty times the traffic and no failure keeps a window of 6 h calm through one bad hour, and the proofs short. */
const calmMinutes = 30;
const calmTraffic = 20;

/** Series of the histogram as the service exports it. */
function traffic(
  input: AlertInput,
  metrics: MetricsInput,
  measured: Measured,
  phases: readonly TrafficPhase[],
): Sample[] {
  const common = {
    job: metrics.job,
    namespace: input.namespace,
    pod: `${input.service}-0`,
    [metrics.routeLabel]: '/orders',
  };
  const count = (status: string, perMinute: (phase: TrafficPhase) => number): Sample =>
    counterSeries(
      `${metrics.histogram}_count`,
      { ...common, [metrics.statusLabel]: status },
      phases.map((phase): Phase => ({ minutes: phase.minutes, perMinute: perMinute(phase) })),
    );
  // Probes answer fast and never fail: they must not dilute the share.
  const probes = input.unmeasuredRoutes.slice(0, 1).map((route) =>
    counterSeries(
      `${metrics.histogram}_count`,
      { ...common, [metrics.routeLabel]: route, [metrics.statusLabel]: '200' },
      phases.map((phase) => ({ minutes: phase.minutes, perMinute: phase.requestsPerMinute * 100 })),
    ),
  );
  if (measured.kind === 'latency') {
    const bucket = counterSeries(
      `${metrics.histogram}_bucket`,
      { ...common, [metrics.statusLabel]: '200', le: String(measured.thresholdSeconds) },
      phases.map((phase) => ({ minutes: phase.minutes, perMinute: phase.requestsPerMinute - phase.badPerMinute })),
    );
    return [count('200', (phase) => phase.requestsPerMinute), bucket, ...probes];
  }
  const isClean = phases.every((phase) => phase.badPerMinute === 0);
  const good = count('200', (phase) => phase.requestsPerMinute - phase.badPerMinute);
  return isClean ? [good, ...probes] : [good, count('500', (phase) => phase.badPerMinute), ...probes];
}

/** Requests per minute of which the share is a whole number, and at least ten thousand. */
function phaseOf(share: Decimal, minutes: number): TrafficPhase {
  const requestsPerMinute = 10 ** Math.max(share.scale, 4);
  return { minutes, requestsPerMinute, badPerMinute: Number(text(multiply(share, decimal(requestsPerMinute)))) };
}

/** No failure, and much traffic: as many requests per minute as `phaseOf` makes of the share, times the factor. */
function calmBefore(share: Decimal): TrafficPhase {
  return {
    minutes: calmMinutes,
    requestsPerMinute: phaseOf(share, 1).requestsPerMinute * calmTraffic,
    badPerMinute: 0,
  };
}

const aboveThreshold = (threshold: Decimal): Decimal => {
  const share = significant(multiply(threshold, decimal('1.2')), 2, 'up');
  return compare(share, one) < 0 ? share : one;
};
const belowThreshold = (threshold: Decimal): Decimal => significant(multiply(threshold, decimal('0.8')), 2, 'down');

export function objectiveProofs(
  input: AlertInput,
  metrics: MetricsInput,
  measured: Measured,
  alive: readonly BurnRate[],
  labels: Readonly<Record<string, string>>,
): ProofDraft[] {
  const series = (phases: readonly TrafficPhase[]): Sample[] => traffic(input, metrics, measured, phases);
  const minutesOf = (phases: readonly TrafficPhase[]): number => phases.reduce((sum, { minutes }) => sum + minutes, 0);
  const proof = (name: string, phases: readonly TrafficPhase[], shown: string | null): ProofDraft => ({
    name,
    series: series(phases),
    afterMinutes: minutesOf(phases),
    fires: shown === null ? null : { labels, shown },
  });
  const firing = alive.map((rate) => {
    const share = aboveThreshold(rate.threshold);
    // Before the fastest pair, hours without a failure: the slower pair of the same alert must not be what fires.
    const calm = rate.longSeconds === 3600 ? [calmBefore(share)] : [];
    const bad = phaseOf(share, rate.longSeconds === 3600 ? 65 : 40);
    return proof(
      `fires at ${humanizePercentage(share)} for ${rate.longWindow} and ${rate.shortWindow}`,
      [...calm, bad],
      humanizePercentage(share),
    );
  });
  const lowest = alive.reduce((a, b) => (compare(a.threshold, b.threshold) < 0 ? a : b));
  const highest = alive.reduce((a, b) => (compare(a.threshold, b.threshold) > 0 ? a : b));
  const quiet = [
    proof('stays quiet without a failure', [phaseOf({ units: 0n, scale: 0 }, 40)], null),
    proof(
      `stays quiet at ${humanizePercentage(belowThreshold(lowest.threshold))}`,
      [phaseOf(belowThreshold(lowest.threshold), 40)],
      null,
    ),
    proof(
      `stays quiet when one of ${highest.singleFailureRequests - 1} requests fails at night`,
      [
        { minutes: 56, requestsPerMinute: 0, badPerMinute: 0 },
        { minutes: 1, requestsPerMinute: highest.singleFailureRequests - 1, badPerMinute: 1 },
        { minutes: 3, requestsPerMinute: 0, badPerMinute: 0 },
      ],
      null,
    ),
  ];
  // Little traffic must not silence an outage: every request fails, and there are just enough of them.
  const least = Math.min(...alive.map(({ minimumRequests }) => minimumRequests));
  const perMinute = Math.ceil(least / 50);
  const outage = proof(
    `fires when each of ${perMinute} requests a minute is bad`,
    [{ minutes: 60, requestsPerMinute: perMinute, badPerMinute: perMinute }],
    humanizePercentage(one),
  );
  const fast = alive.find((rate) => rate.longSeconds === 3600);
  if (fast === undefined) return [...firing, outage, ...quiet];
  const burst = aboveThreshold(fast.threshold);
  const ended = proof(
    'goes quiet soon after a burst has ended',
    [calmBefore(burst), phaseOf(burst, 60), { ...phaseOf(burst, 5), badPerMinute: 0 }],
    null,
  );
  return [...firing, outage, ...quiet, ended];
}
