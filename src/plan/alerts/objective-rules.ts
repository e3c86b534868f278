// Turns an objective and its windows into recording rules: error ratio per window, requests, budget left.

import { duration } from '../promql/duration';
import { aggregate, binary, constant, equals, group, over, select } from '../promql/expression';
import type { RecordingRulePlan, RuleGroupPlan } from '../types';
import type { BurnRate } from './burn-rates';
import type { AlertInput, MetricsInput } from './input';
import { badShare, type Measured, requestCount } from './request-ratio';

export interface ObjectiveRules {
  readonly input: AlertInput;
  readonly metrics: MetricsInput;
  readonly measured: Measured;
  readonly name: string;
  readonly objectiveText: string;
  readonly budgetText: string;
  readonly alive: readonly BurnRate[];
}

const shortest = 300;
/** From here on a window moves so little between two evaluations that every second one is enough. */
const slowFromSeconds = 86_400;

const labelsOf = ({ input, name }: ObjectiveRules): Record<string, string> => ({
  environment: input.environment,
  service: input.service,
  slo: name,
});

const recorded = (rules: ObjectiveRules, record: string): string =>
  select(
    record,
    Object.entries(labelsOf(rules)).map(([label, text]) => equals(label, text)),
  );

/** Sloth's names, so that dashboards made for them work: https://sloth.dev/introduction/#prometheus-rules */
export const errorRatio = (rules: ObjectiveRules, windowSeconds: number): string =>
  recorded(rules, `slo:sli_error:ratio_rate${duration(windowSeconds)}`);
export const requestsIn = (rules: ObjectiveRules, windowSeconds: number): string =>
  recorded(rules, `slo:sli_total:increase${duration(windowSeconds)}`);
export const budgetLeft = (rules: ObjectiveRules): string => recorded(rules, 'slo:period_error_budget_remaining:ratio');
export const currentBurnRate = (rules: ObjectiveRules): string => recorded(rules, 'slo:current_burn_rate:ratio');

export function recordingGroups(rules: ObjectiveRules): RuleGroupPlan[] {
  const { input, metrics, measured, name, alive } = rules;
  const labels = labelsOf(rules);
  const windows = [
    ...new Set([shortest, ...alive.flatMap(({ longSeconds, shortSeconds }) => [longSeconds, shortSeconds])]),
  ].sort((a, b) => a - b);
  const ratios = windows.map((seconds) => ({
    seconds,
    rule: {
      record: `slo:sli_error:ratio_rate${duration(seconds)}`,
      expr: badShare(input, metrics, measured, seconds),
      labels,
    },
  }));
  const totals = alive.map(({ longSeconds }) => ({
    seconds: longSeconds,
    rule: {
      record: `slo:sli_total:increase${duration(longSeconds)}`,
      expr: requestCount(input, metrics, longSeconds),
      labels,
    },
  }));
  const of = (isSlow: boolean): RecordingRulePlan[] =>
    [...ratios, ...totals].filter(({ seconds }) => seconds >= slowFromSeconds === isSlow).map(({ rule }) => rule);
  const groupOf = (
    suffix: string,
    interval: string,
    recording: readonly RecordingRulePlan[],
    why: string,
  ): RuleGroupPlan => ({
    name: `${input.service}-${name}-${suffix}`,
    interval,
    recording,
    alerts: [],
    why,
  });
  return [
    groupOf(
      'sli',
      '30s',
      of(false),
      `Share of bad requests per window, for the objective ${rules.objectiveText}; the alerts below compare these.`,
    ),
    groupOf(
      'sli-long',
      '1m',
      of(true),
      'Windows of days: a day moves little in a minute, and each evaluation reads all of it.',
    ),
    groupOf(
      'budget',
      '1m',
      budgetRules(rules, labels),
      'The promise as series, so that a dashboard shows how much of the budget is left.',
    ),
  ].filter(({ recording }) => recording.length > 0);
}

function budgetRules(rules: ObjectiveRules, labels: Record<string, string>): RecordingRulePlan[] {
  const periodDays = rules.input.objectives.periodDays;
  const period = `${periodDays}d`;
  const ratio5m = errorRatio(rules, shortest);
  const overPeriod = recorded(rules, `slo:sli_error:ratio_rate${period}`);
  const rule = (record: string, expr: string): RecordingRulePlan => ({ record, expr, labels });
  return [
    rule('slo:objective:ratio', constant(rules.objectiveText)),
    rule('slo:error_budget:ratio', constant(rules.budgetText)),
    rule('slo:time_period:days', constant(String(periodDays))),
    rule('slo:current_burn_rate:ratio', binary(aggregate('max', ratio5m), '/', rules.budgetText)),
    // An average of the recorded ratios: the raw counters of a month would be read at every evaluation.
    rule(
      `slo:sli_error:ratio_rate${period}`,
      binary(
        group(over('sum_over_time', ratio5m, periodDays * slowFromSeconds)),
        '/',
        group(over('count_over_time', ratio5m, periodDays * slowFromSeconds)),
      ),
    ),
    rule('slo:period_burn_rate:ratio', binary(aggregate('max', overPeriod), '/', rules.budgetText)),
    rule(
      'slo:period_error_budget_remaining:ratio',
      binary('1', '-', aggregate('max', recorded(rules, 'slo:period_burn_rate:ratio'))),
    ),
  ];
}
