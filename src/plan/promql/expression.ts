// The few PromQL forms that rules and dashboards are built from. No other place spells PromQL.
import { duration } from './duration';
import { quote } from './escape';

/** A label and what it must be; a list of both makes a selector. */
export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

export const equals = (label: string, value: string): Matcher => ({ label, operator: '=', value });
export const differs = (label: string, value: string): Matcher => ({ label, operator: '!=', value });
/** `pattern` is a regular expression of RE2, anchored at both ends; quote parts of it with `escapeRegex`. */
export const matches = (label: string, pattern: string): Matcher => ({ label, operator: '=~', value: pattern });
export const matchesNot = (label: string, pattern: string): Matcher => ({ label, operator: '!~', value: pattern });

/** `up{job="x"}` */
export function select(metric: string, matchers: readonly Matcher[]): string {
  const inside = matchers.map(({ label, operator, value }) => `${label}${operator}${quote(value)}`).join(',');
  return inside === '' ? metric : `${metric}{${inside}}`;
}

/** Equality matchers from a map, in its order. */
export const labelled = (labels: Readonly<Record<string, string>>): Matcher[] =>
  Object.entries(labels).map(([label, value]) => equals(label, value));

type OverTime =
  | 'rate'
  | 'increase'
  | 'avg_over_time'
  | 'max_over_time'
  | 'sum_over_time'
  | 'count_over_time'
  | 'changes';

/** A function over a window of one selector: `rate(x[5m])`. */
export const over = (name: OverTime, selector: string, windowSeconds: number): string =>
  `${name}(${selector}[${duration(windowSeconds)}])`;

type Aggregation = 'sum' | 'max' | 'min' | 'count' | 'avg';

/** `sum(x)`, or `sum by (pod) (x)`. */
export const aggregate = (name: Aggregation, expression: string, by: readonly string[] = []): string =>
  by.length === 0 ? `${name}(${expression})` : `${name} by (${by.join(', ')}) (${expression})`;

export const absent = (selector: string): string => `absent(${selector})`;
export const secondsSince = (expression: string): string => `time() - ${expression}`;
export const group = (expression: string): string => `(${expression})`;
export const constant = (value: string): string => `vector(${value})`;

type Operator = '+' | '-' | '*' | '/' | '>' | '<' | '>=' | '<=' | '==' | '!=' | 'and' | 'or' | 'unless';

/** `left operator right`; whoever nests puts `group` around it. */
export const binary = (left: string, operator: Operator, right: string): string => `${left} ${operator} ${right}`;

/** `left and on () right`: left holds only while right has any series. */
export const whileAny = (left: string, right: string): string => `${left} and on () ${right}`;

/** `histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m])))`, or one for each value of the labels `by`. */
export const quantile = (
  share: string,
  bucketSelector: string,
  windowSeconds: number,
  by: readonly string[] = [],
): string =>
  `histogram_quantile(${share}, ${aggregate('sum', over('rate', bucketSelector, windowSeconds), ['le', ...by])})`;

/** The series with the highest values. */
export const highest = (count: number, expression: string): string => `topk(${count}, ${expression})`;

/** A metric whose exporter puts its own `namespace` beside the object's, which Prometheus then renames unless `honor_labels` is set. */
export function selectInNamespace(metric: string, matchers: readonly Matcher[], namespace: string): string {
  const renamed = select(metric, [...matchers, equals('exported_namespace', namespace)]);
  const kept = select(metric, [...matchers, equals('namespace', namespace)]);
  return group(binary(renamed, 'or', kept));
}

/** Share of two sums: a part that has no series yet counts as 0, and no traffic gives no series in place of NaN. */
export function shareOf(part: string, whole: string): string {
  return `(${part} or 0 * ${whole}) / (${whole} > 0)`;
}
