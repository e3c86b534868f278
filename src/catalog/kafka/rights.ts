// Turns what services declare into rights: to write the topics they produce, read those they consume, and nothing else.
import { type ContainerUse, givenValue } from '../container-input';
import { listParameter } from '../kind';

/** Operations on one topic or group by its name; `*` is every one. */
export interface Right {
  readonly type: 'topic' | 'group';
  readonly name: string;
  readonly operations: readonly string[];
}

/** https://kafka.apache.org/documentation/#operations_in_kafka; writing by an idempotent producer needs no more since Kafka 2.8. */
export function rightsOf(uses: readonly ContainerUse[]): readonly Right[] {
  const named = (parameter: string) => new Set(uses.flatMap((use) => listParameter(use.parameters, parameter)));
  const produced = named('produces');
  const consumed = named('consumes');
  const groups = uses
    .filter(({ parameters }) => listParameter(parameters, 'consumes').length > 0)
    .map((use) => givenValue(use, 'group'));
  return [
    ...[...new Set([...produced, ...consumed])].sort().map(
      (name): Right => ({
        type: 'topic',
        name,
        operations: ['Describe', ...(consumed.has(name) ? ['Read'] : []), ...(produced.has(name) ? ['Write'] : [])],
      }),
    ),
    ...[...new Set(groups)].sort().map((name): Right => ({ type: 'group', name, operations: ['Describe', 'Read'] })),
  ];
}

/** How full topics are and how far groups are behind, without an event of them. */
export const watching: readonly Right[] = [
  { type: 'topic', name: '*', operations: ['Describe'] },
  { type: 'group', name: '*', operations: ['Describe'] },
];
