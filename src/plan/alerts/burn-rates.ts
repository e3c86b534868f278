// Turns an objective into its pairs of windows: factor, threshold and the least traffic that says anything.
import { duration } from '../promql/duration';
import type { AlertSeverity, BurnRatePlan, DeadAlertReason } from '../types';
import { ceilingOfQuotient, compare, type Decimal, decimal, divide, multiply, text } from './decimal';

export interface BurnRate extends BurnRatePlan {
  readonly longSeconds: number;
  readonly shortSeconds: number;
  readonly factor: Decimal;
  readonly threshold: Decimal;
  /** Fewest requests of which one failed request is not more than the threshold. */
  readonly singleFailureRequests: number;
}

export interface DeadBurnRate {
  readonly severity: AlertSeverity;
  readonly reason: DeadAlertReason;
  readonly arithmetic: string;
}

interface WindowPair {
  readonly severity: AlertSeverity;
  /** Share of the period's budget that may be gone before it alerts. */
  readonly budgetShare: string;
  readonly longSeconds: number;
  readonly shortSeconds: number;
}

/** https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts; the short window is a twelfth of the long one. */
const pairs: readonly WindowPair[] = [
  { severity: 'critical', budgetShare: '0.02', longSeconds: 3600, shortSeconds: 300 },
  { severity: 'critical', budgetShare: '0.05', longSeconds: 21_600, shortSeconds: 1800 },
  { severity: 'warning', budgetShare: '0.1', longSeconds: 86_400, shortSeconds: 7200 },
  { severity: 'warning', budgetShare: '0.1', longSeconds: 259_200, shortSeconds: 21_600 },
];

const one = decimal(1);
/** Traffic below this part of the declared peak is a quiet hour. */
const quietPart = 100;
/** A busy service waits for at most so many failures, whatever its peak: an outage at night must not go unseen. */
const mostFailures = 10;

export interface BurnRates {
  readonly alive: readonly BurnRate[];
  readonly dead: readonly DeadBurnRate[];
}

export function burnRates(budget: Decimal, periodDays: number, throughputPerSecond: number | null): BurnRates {
  const alive: BurnRate[] = [];
  const dead: DeadBurnRate[] = [];
  for (const pair of pairs) {
    const found = burnRate(pair, budget, periodDays, throughputPerSecond);
    if ('reason' in found) dead.push(found);
    else alive.push(found);
  }
  return { alive, dead };
}

function burnRate(
  pair: WindowPair,
  budget: Decimal,
  periodDays: number,
  throughput: number | null,
): BurnRate | DeadBurnRate {
  const { severity, longSeconds, shortSeconds } = pair;
  const long = duration(longSeconds);
  // Budget share x period is spent in one long window: divided last, so that 1/3 is rounded once.
  const spent = multiply(decimal(pair.budgetShare), decimal(periodDays * 86_400));
  const factor = divide(spent, decimal(longSeconds));
  const threshold = divide(multiply(spent, budget), decimal(longSeconds));
  const product = `${text(factor)} x ${text(budget)} = ${text(threshold)}`;
  if (compare(threshold, one) >= 0) {
    const arithmetic = `${product}, and a share of failed requests never exceeds 1: the pair ${long} and ${duration(shortSeconds)} cannot fire.`;
    return { severity, reason: 'burn-rate-impossible', arithmetic };
  }
  const single = ceilingOfQuotient(one, threshold);
  const floor = `Of fewer than ${single} requests one that failed is more than ${text(threshold)} (1 / ${text(threshold)}, rounded up)`;
  const peak = throughput === null ? null : Math.floor(throughput * longSeconds + 1e-6);
  if (peak !== null && peak < single) {
    const arithmetic = `${product}. ${floor}, and the declared throughput brings at most ${peak} in ${long}: every failed request would alert.`;
    return { severity, reason: 'traffic-too-low', arithmetic };
  }
  const quiet = peak === null ? single : Math.ceil(peak / quietPart);
  const most = single * mostFailures;
  const minimumRequests = Math.min(Math.max(quiet, single), most);
  const guard =
    peak === null
      ? `${floor}.`
      : `${floor}; 1% of the declared throughput in ${long} is ${quiet}, ${mostFailures} failures' worth is ${most}: so ${minimumRequests}.`;
  return {
    severity,
    longWindow: long,
    shortWindow: duration(shortSeconds),
    budgetShareText: pair.budgetShare,
    factorText: text(factor),
    thresholdText: text(threshold),
    minimumRequests,
    arithmetic: `${product}. ${guard}`,
    longSeconds,
    shortSeconds,
    factor,
    threshold,
    singleFailureRequests: single,
  };
}
