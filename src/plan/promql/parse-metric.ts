// Turns a declared measure (`payment_failures_total / payment_attempts_total`) into its metrics. Nothing else of PromQL is accepted.
import type { Matcher } from './expression';

const name = '[a-zA-Z_:][a-zA-Z0-9_:]{0,199}';
/** No quotes, backslashes or control characters inside a value (a way out of its string), no `$` and `[` (a dashboard's variables). */
const matcher = '[a-zA-Z_][a-zA-Z0-9_]{0,99}!?="[^"$[\\\\\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{0,200}"';
const metric = `${name}(\\{ *${matcher}( *, *${matcher}){0,9} *\\})?`;

/** For the schema: a metric with optional matchers; a share of two of them. */
export const metricPattern = `^${metric}$`;
export const metricRatioPattern = `^${metric} */ *${metric}$`;
export const metricExpressionPattern = `^${metric}( */ *${metric})?$`;

export interface MetricReference {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

export interface MetricExpression {
  readonly part: MetricReference;
  /** Null for a metric alone. */
  readonly whole: MetricReference | null;
}

function reference(text: string): MetricReference {
  const brace = text.indexOf('{');
  if (brace < 0) return { metric: text, matchers: [] };
  const matchers = [...text.slice(brace).matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)(!?=)"([^"]*)"/g)].map(
    ([, label = '', operator, value = '']): Matcher => ({ label, operator: operator === '!=' ? '!=' : '=', value }),
  );
  return { metric: text.slice(0, brace), matchers };
}

/** Null when the text is no metric and no share of two. */
export function parseMetricExpression(text: string): MetricExpression | null {
  if (!new RegExp(metricExpressionPattern).test(text)) return null;
  // A `/` may stand inside a matcher's value; the one that divides stands outside of quotes.
  const divider = text.replace(/"[^"]*"/g, (value) => '_'.repeat(value.length)).indexOf('/');
  if (divider < 0) return { part: reference(text), whole: null };
  return { part: reference(text.slice(0, divider).trim()), whole: reference(text.slice(divider + 1).trim()) };
}
