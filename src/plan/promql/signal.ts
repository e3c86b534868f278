// Turns a neutral measure of the catalog into PromQL.
import type { Signal } from '../../catalog/backing-alert';
import { absent, aggregate, binary, group, labelled, type Matcher, over, secondsSince, select } from './expression';

/** Fills the placeholders of a label's value. */
export type FillValue = (text: string) => string;

const aggregations = { total: 'sum', largest: 'max', smallest: 'min' } as const;
const operators = { share: '/', sum: '+', difference: '-' } as const;

/** `scope` is added to every selector: which resource is meant. Binary operations come in parentheses. */
export function signalExpression(signal: Signal, scope: readonly Matcher[], fill: FillValue): string {
  const inner = (nested: Signal): string => signalExpression(nested, scope, fill);
  const selector = (metric: string, labels: Readonly<Record<string, string>>): string =>
    select(metric, [...scope, ...labelled(labels).map((matcher) => ({ ...matcher, value: fill(matcher.value) }))]);
  switch (signal.of) {
    case 'value':
      return selector(signal.metric, signal.labels);
    case 'increase':
      return over('increase', selector(signal.metric, signal.labels), signal.windowSeconds);
    case 'age':
      return group(secondsSince(selector(signal.metric, signal.labels)));
    case 'absence':
      return absent(selector(signal.metric, signal.labels));
    case 'share':
      return group(binary(inner(signal.part), operators.share, inner(signal.whole)));
    case 'sum':
    case 'difference':
      return group(binary(inner(signal.left), operators[signal.of], inner(signal.right)));
    case 'divided':
      return group(binary(inner(signal.signal), '/', String(signal.by)));
    default:
      return aggregate(aggregations[signal.of], inner(signal.signal), signal.per);
  }
}
