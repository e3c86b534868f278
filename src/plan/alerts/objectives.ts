// Turns the declared objectives into recording rules, burn-rate alerts and their proofs.
import { binary, group } from '../promql/expression';
import type { AlertSeverity, DeadAlertPlan, Decision, ObjectivePlan, RuleGroupPlan } from '../types';
import { type BurnRate, type BurnRates, burnRates } from './burn-rates';
import { type Decimal, decimal, multiply, percentText, ratio, subtract, text } from './decimal';
import { type AlertDraft, alertName } from './draft';
import type { AlertInput, MetricsInput } from './input';
import { message, value } from './message';
import { objectiveProofs } from './objective-proof';
import { errorRatio, type ObjectiveRules, recordingGroups, requestsIn } from './objective-rules';
import { badShare, type Measured } from './request-ratio';
import { lookAtErrors, lookAtSlowness, mendRelease } from './runbook-steps';

export interface ObjectiveAlerts {
  readonly objectives: readonly ObjectivePlan[];
  readonly recording: readonly RuleGroupPlan[];
  readonly drafts: readonly AlertDraft[];
  readonly dead: readonly DeadAlertPlan[];
  readonly rules: readonly ObjectiveRules[];
  readonly decisions: readonly Decision[];
}

interface Promised {
  readonly name: string;
  readonly from: string;
  readonly objective: Decimal;
  readonly measured: Measured;
}

function promised(input: AlertInput): Promised[] {
  const { availability, latency } = input.objectives;
  const byStatus: Promised[] =
    availability === null
      ? []
      : [
          {
            name: 'availability',
            from: 'objectives.availability',
            objective: ratio(availability),
            measured: { kind: 'availability' },
          },
        ];
  const byTime = latency.map(
    ({ percentile, thresholdSeconds }): Promised => ({
      name: `latency-p${String(percentile).replace('.', '-')}`,
      from: `objectives.latency.p${percentile}`,
      objective: multiply(decimal(percentile), decimal('0.01')),
      measured: { kind: 'latency', thresholdSeconds },
    }),
  );
  return [...byStatus, ...byTime];
}

const one = decimal(1);
const alertOf = (name: string, severity: AlertSeverity): string =>
  `${name}-budget-burns-${severity === 'critical' ? 'fast' : 'slowly'}`;

export function objectiveAlerts(input: AlertInput): ObjectiveAlerts {
  const results = promised(input).map((promise) => alertsOf(input, promise));
  const all = <T>(pick: (result: ObjectiveAlerts) => readonly T[]): T[] => results.flatMap(pick);
  return {
    objectives: all((result) => result.objectives),
    recording: all((result) => result.recording),
    drafts: all((result) => result.drafts),
    dead: all((result) => result.dead),
    rules: all((result) => result.rules),
    decisions: all((result) => result.decisions),
  };
}

function nothing(promise: Promised, reason: DeadAlertPlan['reason'], arithmetic: string): ObjectiveAlerts {
  const dead = (['critical', 'warning'] as const).map((severity) => ({
    alert: alertName(alertOf(promise.name, severity)),
    reason,
    from: promise.from,
    whole: true,
    arithmetic,
  }));
  return { objectives: [], recording: [], drafts: [], dead, rules: [], decisions: [] };
}

function alertsOf(input: AlertInput, promise: Promised): ObjectiveAlerts {
  const { metrics, objectives } = input;
  const { name, from, objective, measured } = promise;
  if (metrics === null)
    return nothing(
      promise,
      'metrics-missing',
      `${from} is measured on the request histogram, and the service serves no metrics.`,
    );
  if (measured.kind === 'latency' && !metrics.bucketsSeconds.includes(measured.thresholdSeconds)) {
    const buckets = metrics.bucketsSeconds.join(', ');
    return nothing(
      promise,
      'bucket-missing',
      `No bucket ends at ${measured.thresholdSeconds} s; the buckets end at ${buckets} s.`,
    );
  }
  const budget = subtract(one, objective);
  if (budget.units <= 0n || objective.units <= 0n) {
    const arithmetic = `1 - ${text(objective)} = ${text(budget)}: an objective lies between 0% and 100%, so that some requests may fail and some may not.`;
    return nothing(promise, 'bound-out-of-range', arithmetic);
  }
  const rates = burnRates(budget, objectives.periodDays, objectives.throughputPerSecond);
  const rules: ObjectiveRules = {
    input,
    metrics,
    measured,
    name,
    objectiveText: text(objective),
    budgetText: text(budget),
    alive: rates.alive,
  };
  const plan: ObjectivePlan = {
    name,
    kind: measured.kind,
    objectiveRatio: Number(text(objective)),
    objectiveText: text(objective),
    budgetText: text(budget),
    periodDays: objectives.periodDays,
    thresholdSeconds: measured.kind === 'latency' ? measured.thresholdSeconds : null,
    errorRatioExpr: badShare(input, metrics, measured, 300),
    burnRates: rates.alive.map(
      ({ longSeconds, shortSeconds, factor, threshold, singleFailureRequests, ...rate }) => rate,
    ),
  };
  const drafts = (['critical', 'warning'] as const).flatMap((severity) => {
    const arms = rates.alive.filter((rate) => rate.severity === severity);
    return arms.length === 0 ? [] : [burnAlert(rules, metrics, severity, arms)];
  });
  return {
    objectives: [plan],
    recording: recordingGroups(rules),
    drafts,
    dead: deadOf(promise, rates),
    rules: [rules],
    decisions: decisionsOf(input, promise, rates),
  };
}

function deadOf({ name, from }: Promised, { alive, dead }: BurnRates): DeadAlertPlan[] {
  return dead.map(({ severity, reason, arithmetic }) => ({
    alert: alertName(alertOf(name, severity)),
    reason,
    from,
    whole: !alive.some((rate) => rate.severity === severity),
    arithmetic,
  }));
}

function decisionsOf(input: AlertInput, { name, from }: Promised, { alive }: BurnRates): Decision[] {
  return alive.map((rate) => ({
    path: `environments.${input.environment}.monitoring.objectives.${name}.burnRates.${rate.longWindow}.minimumRequests`,
    value: rate.minimumRequests,
    unit: 'requests',
    by: 'rule',
    from: input.objectives.throughputPerSecond === null ? from : 'objectives.throughput',
    why: rate.arithmetic,
    source: 'https://sre.google/workbook/alerting-on-slos/#low-traffic-services-and-error-budget-alerting',
  }));
}

/** Both windows above the threshold, and traffic enough to tell. The value of the alert is the share in the long window. */
function armExpression(rules: ObjectiveRules, rate: BurnRate): string {
  // Factor and budget stay apart in the rule: a reader finds the workbook's numbers again.
  const threshold = group(binary(rate.factorText, '*', rules.budgetText));
  const above = (seconds: number): string => binary(errorRatio(rules, seconds), '>', threshold);
  const guard = binary(requestsIn(rules, rate.longSeconds), '>=', String(rate.minimumRequests));
  return group(binary(binary(above(rate.longSeconds), 'and', above(rate.shortSeconds)), 'and', guard));
}

function burnAlert(
  rules: ObjectiveRules,
  metrics: MetricsInput,
  severity: AlertSeverity,
  arms: readonly BurnRate[],
): AlertDraft {
  const { input, measured, name } = rules;
  const isLatency = measured.kind === 'latency';
  const bad = isLatency ? `take longer than ${measured.thresholdSeconds} s` : 'fail';
  const goal = `${percentText(decimal(rules.objectiveText))} of the requests ${isLatency ? `within ${measured.thresholdSeconds} s` : 'without a server error'} over ${input.objectives.periodDays} days`;
  const pace = arms
    .map(
      ({ budgetShareText, factorText, longWindow }) =>
        `${percentText(decimal(budgetShareText))} of the budget in ${longWindow} (${factorText} times too fast)`,
    )
    .join(', or ');
  const labels = { environment: input.environment, service: input.service, slo: name };
  return {
    name: alertOf(name, severity),
    expr: arms.map((rate) => armExpression(rules, rate)).reduce((left, right) => binary(left, 'or', right)),
    // None: the short window ends the alert soon after the failures do, and the long one waits already.
    forSeconds: null,
    severity,
    labels: { slo: name },
    summary: message`${value('percentage')} of the requests to ${input.service} ${bad}`,
    description: message`The objective is ${goal}. The pace is more than ${pace}.`,
    meaning: `Users see it: requests ${bad} so often that the error budget of ${input.objectives.periodDays} days (${rules.budgetText}) goes ${severity === 'critical' ? 'within days' : 'before its period ends'}. The promise is ${goal}.`,
    diagnosis: isLatency ? lookAtSlowness(input, metrics) : lookAtErrors(input, metrics),
    mitigation: mendRelease(input),
    proofs: objectiveProofs(input, metrics, measured, arms, labels),
  };
}
