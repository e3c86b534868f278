// Turns a declared alert on the service's own metrics into a rule and its proofs, or says why it could never fire.
import { aggregate, binary, equals, group, type Matcher, over, select, shareOf } from '../promql/expression';
import { type MetricExpression, type MetricReference, parseMetricExpression } from '../promql/parse-metric';
import type { DeadAlertPlan, DeadAlertReason } from '../types';
import { add, compare, type Decimal, decimal, multiply, ratio, significant, text } from './decimal';
import { type AlertDraft, alertName, type ProofDraft } from './draft';
import { humanize, humanizePercentage } from './humanize';
import type { AlertInput, BusinessAlertInput, MetricsInput } from './input';
import { message, value } from './message';
import { kubectl, query, readLog, rollBack, run, say } from './runbook-steps';
import { counterSeries, linearSeries, type Sample } from './samples';

/** The unit of time of a rate, and the window that it is counted in. */
interface Pace {
  readonly unit: string;
  readonly unitSeconds: number;
  readonly windowSeconds: number;
}

/** A scrape each 30 s leaves too few samples in a minute: a rate per minute is counted over five. An hour is counted as a whole. */
const paces: Readonly<Record<string, Pace>> = {
  s: { unit: 'second', unitSeconds: 1, windowSeconds: 300 },
  min: { unit: 'minute', unitSeconds: 60, windowSeconds: 300 },
  h: { unit: 'hour', unitSeconds: 3600, windowSeconds: 3600 },
};

interface Bound {
  readonly is: 'above' | 'below';
  readonly amount: Decimal;
  readonly unit: 'share' | 'number' | 'pace';
  readonly pace: Pace | null;
  readonly declared: string;
}

export type BusinessResult =
  | { readonly draft: AlertDraft; readonly dead: null }
  | { readonly draft: null; readonly dead: DeadAlertPlan };

const one = decimal(1);

function parseBound(alert: BusinessAlertInput): Bound | null {
  const declared = alert.above ?? alert.below;
  const match = declared === null ? null : /^(\d+(?:\.\d+)?)(%|\/(s|min|h))?$/.exec(declared);
  if (declared === null || match === null) return null;
  const [, amount = '0', unit, pace] = match;
  const is = alert.above === null ? 'below' : 'above';
  if (pace !== undefined) return { is, amount: decimal(amount), unit: 'pace', pace: paces[pace] ?? null, declared };
  if (unit === '%') return { is, amount: ratio(declared), unit: 'share', pace: null, declared };
  return { is, amount: decimal(amount), unit: 'number', pace: null, declared };
}

export function businessAlert(input: AlertInput, alert: BusinessAlertInput): BusinessResult {
  const refuse = (reason: DeadAlertReason, arithmetic: string): BusinessResult => ({
    draft: null,
    dead: { alert: alertName(alert.name), reason, from: `alerts.${alert.name}`, whole: true, arithmetic },
  });
  const { metrics } = input;
  if (metrics === null)
    return refuse(
      'metrics-missing',
      `${alert.expression} is measured by the service itself, and it serves no metrics.`,
    );
  const expression = parseMetricExpression(alert.expression);
  if (
    expression === null ||
    (alert.measure === 'ratio' && expression.whole === null) ||
    (alert.measure === 'rate' && expression.whole !== null)
  ) {
    return refuse(
      'expression-malformed',
      `${alert.measure} wants ${alert.measure === 'ratio' ? 'two metrics, PART / ALL' : 'one metric'}; found ${alert.expression}.`,
    );
  }
  const bound = parseBound(alert);
  const isShare = expression.whole !== null;
  const wanted =
    alert.measure === 'rate' ? 'a unit of time (100/h)' : isShare ? 'a percentage (10%) or a number' : 'a number';
  const fits =
    bound !== null &&
    (alert.measure === 'rate' ? bound.unit === 'pace' : isShare ? bound.unit !== 'pace' : bound.unit === 'number');
  if (bound === null || !fits)
    return refuse(
      'bound-unit',
      `${alert.measure} wants a bound with ${wanted}; found ${alert.above ?? alert.below ?? 'none'}.`,
    );
  if (bound.is === 'below' && bound.amount.units === 0n)
    return refuse('bound-out-of-range', `${alert.expression} is never below 0.`);
  if (bound.is === 'above' && alert.measure === 'ratio' && compare(bound.amount, one) >= 0) {
    return refuse(
      'bound-out-of-range',
      `A share of two counters is at most 100%, and so never above ${bound.declared}.`,
    );
  }
  if (bound.is === 'below' && alert.measure === 'ratio' && compare(bound.amount, one) > 0) {
    return refuse(
      'bound-out-of-range',
      `A share of two counters is at most 100%, and so always below ${bound.declared}.`,
    );
  }
  return { draft: draftOf(input, metrics, alert, expression, bound), dead: null };
}

const ours = (input: AlertInput, metrics: MetricsInput): Matcher[] => [
  equals('job', metrics.job),
  equals('namespace', input.namespace),
];

function measureExpression(
  input: AlertInput,
  metrics: MetricsInput,
  alert: BusinessAlertInput,
  { part, whole }: MetricExpression,
  bound: Bound,
): string {
  const selector = ({ metric, matchers }: MetricReference): string =>
    select(metric, [...ours(input, metrics), ...matchers]);
  const sum = (reference: MetricReference): string =>
    alert.measure === 'ratio'
      ? aggregate('sum', over('rate', selector(reference), 300))
      : aggregate('sum', selector(reference));
  if (whole !== null) return shareOf(sum(part), sum(whole));
  if (bound.pace === null) return sum(part);
  const counted = aggregate('sum', over('increase', selector(part), bound.pace.windowSeconds));
  const units = bound.pace.windowSeconds / bound.pace.unitSeconds;
  return units === 1 ? counted : binary(counted, '/', String(units));
}

/** Also what the dashboard draws. */
export function businessMeasure(
  input: AlertInput,
  alert: BusinessAlertInput,
): { readonly expr: string; readonly bound: number; readonly isShare: boolean; readonly lowIsBad: boolean } | null {
  const expression = parseMetricExpression(alert.expression);
  const bound = parseBound(alert);
  if (input.metrics === null || expression === null || bound === null) return null;
  return {
    expr: measureExpression(input, input.metrics, alert, expression, bound),
    bound: Number(text(bound.amount)),
    isShare: expression.whole !== null,
    lowIsBad: bound.is === 'below',
  };
}

function draftOf(
  input: AlertInput,
  metrics: MetricsInput,
  alert: BusinessAlertInput,
  expression: MetricExpression,
  bound: Bound,
): AlertDraft {
  const measure = measureExpression(input, metrics, alert, expression, bound);
  const isShare = expression.whole !== null;
  const per = bound.pace === null ? '' : ` per ${bound.pace.unit}`;
  const format = isShare ? 'percentage' : 'number';
  const limit = `${bound.is} ${bound.declared}`;
  const web = input.workloads.find(({ component }) => component === 'web');
  return {
    name: alert.name,
    expr: binary(
      isShare || bound.pace !== null ? group(measure) : measure,
      bound.is === 'above' ? '>' : '<',
      text(bound.amount),
    ),
    forSeconds: alert.forSeconds === 0 ? null : alert.forSeconds,
    severity: alert.severity,
    labels: {},
    summary:
      alert.summary === null ? message`${alert.name.replaceAll('-', ' ')}: ${value(format)}${per}` : [alert.summary],
    description: message`${alert.expression} of ${input.service} is ${value(format)}${per}; it was declared to alert ${limit}.`,
    meaning: `Declared as alerts.${alert.name} in the service's declaration: ${alert.expression} is ${limit}.`,
    diagnosis: [
      query('The number behind it.', measure),
      readLog(input, input.service),
      run(
        'Did it begin with a release?',
        kubectl(
          input,
          `get replicasets --selector app.kubernetes.io/instance=${input.service} --sort-by .metadata.creationTimestamp`,
        ),
      ),
    ],
    mitigation: [
      ...(web === undefined ? [] : [rollBack(input, web)]),
      say('Without a release: look at what the service calls and needs, on its dashboard.'),
    ],
    proofs: proofsOf(input, metrics, alert, expression, bound),
  };
}

/** A level on either side of the bound that is far from it, and within what is possible. */
function levels(
  alert: BusinessAlertInput,
  bound: Bound,
  isShare: boolean,
): { readonly firing: Decimal; readonly quiet: Decimal } {
  const round = (number: Decimal, direction: 'up' | 'down'): Decimal => significant(number, 3, direction);
  const half = multiply(bound.amount, decimal('0.5'));
  const cap = isShare && alert.measure === 'ratio' ? one : null;
  const raised = multiply(bound.amount, decimal('1.5'));
  // Half way to 100 % where half as much again is more than there can be.
  const above = cap !== null && compare(raised, cap) > 0 ? multiply(add(bound.amount, cap), decimal('0.5')) : raised;
  const some = decimal(isShare ? '0.5' : 3);
  const high =
    bound.amount.units === 0n ? some : cap !== null && compare(above, cap) === 0 ? cap : significant(above, 4, 'up');
  const low = round(half, 'down');
  const clear = (level: Decimal, factor: string): Decimal => (isShare ? level : clearOfPrefix(level, factor));
  return bound.is === 'above' ? { firing: clear(high, '1.1'), quiet: low } : { firing: clear(low, '0.9'), quiet: high };
}

/** At 1, 1k, 1m … the last bit of a floating-point rate decides between `1k` and `1000`: such a level proves nothing reliably. */
const clearOfPrefix = (level: Decimal, factor: string): Decimal =>
  /^1[a-zA-Z]?$/.test(humanize(level)) ? multiply(level, decimal(factor)) : level;

function proofsOf(
  input: AlertInput,
  metrics: MetricsInput,
  alert: BusinessAlertInput,
  expression: MetricExpression,
  bound: Bound,
): ProofDraft[] {
  const isShare = expression.whole !== null;
  const { firing, quiet } = levels(alert, bound, isShare);
  const window = alert.measure === 'ratio' ? 300 : (bound.pace?.windowSeconds ?? 0);
  const minutes = Math.ceil((alert.forSeconds + window) / 60) + 5;
  const shown = isShare ? humanizePercentage(firing) : humanize(firing);
  const series = (level: Decimal): Sample[] => seriesOf(input, metrics, alert, expression, bound, level, minutes);
  return [
    {
      name: `fires ${bound.is} ${bound.declared}`,
      series: series(firing),
      afterMinutes: minutes,
      fires: { labels: {}, shown },
    },
    {
      name: `stays quiet unless ${bound.is} ${bound.declared}`,
      series: series(quiet),
      afterMinutes: minutes,
      fires: null,
    },
  ];
}

function seriesOf(
  input: AlertInput,
  metrics: MetricsInput,
  alert: BusinessAlertInput,
  { part, whole }: MetricExpression,
  bound: Bound,
  level: Decimal,
  minutes: number,
): Sample[] {
  const labelsOf = ({ matchers }: MetricReference): Record<string, string> => ({
    job: metrics.job,
    namespace: input.namespace,
    pod: `${input.service}-0`,
    // A sample that a declared matcher accepts; `!=` accepts any other value.
    ...Object.fromEntries(
      matchers.map((matcher) => [matcher.label, matcher.operator === '=' ? matcher.value : `not-${matcher.value}`]),
    ),
  });
  const number = (amount: Decimal): number => Number(text(amount));
  if (alert.measure === 'ratio' && whole !== null) {
    const all = decimal(10 ** Math.max(level.scale, 2));
    const counter = (reference: MetricReference, amount: Decimal): Sample =>
      counterSeries(reference.metric, labelsOf(reference), [{ minutes, perMinute: number(amount) }]);
    return [counter(part, multiply(level, all)), counter(whole, all)];
  }
  const constant = (reference: MetricReference, amount: Decimal): Sample =>
    linearSeries(reference.metric, labelsOf(reference), number(amount), 0, minutes);
  if (whole !== null) {
    const all = decimal(10 ** Math.max(level.scale, 2));
    return [constant(part, multiply(level, all)), constant(whole, all)];
  }
  if (bound.pace === null) return [constant(part, level)];
  // 60 / unit is whole for a second and a minute; an hour makes a counter grow by a fraction each minute, as a test may.
  const perMinute = (number(level) * 60) / bound.pace.unitSeconds;
  return [linearSeries(part.metric, labelsOf(part), 0, perMinute, minutes)];
}
