// Turns what services declare into users that may write the topics they produce, read those they consume, and nothing else.
import { givenValue } from '../container-input';
import type { ClusterObjectPlan } from '../facts';
import { listParameter } from '../kind';
import type { OperatedAccount, OperatedInput } from '../operated';
import { objectOf } from '../operator-object';

interface Rule {
  readonly resource: { readonly type: 'topic' | 'group'; readonly name: string; readonly patternType: 'literal' };
  readonly operations: readonly string[];
}

const rule = (type: 'topic' | 'group', name: string, operations: readonly string[]): Rule => ({
  resource: { type, name, patternType: 'literal' },
  operations,
});

/** https://kafka.apache.org/documentation/#operations_in_kafka; writing by an idempotent producer needs no more since Kafka 2.8. */
function rulesOf({ uses }: OperatedAccount): readonly Rule[] {
  const named = (parameter: string) => new Set(uses.flatMap((use) => listParameter(use.parameters, parameter)));
  const produced = named('produces');
  const consumed = named('consumes');
  const groups = uses
    .filter(({ parameters }) => listParameter(parameters, 'consumes').length > 0)
    .map((use) => givenValue(use, 'group'));
  return [
    ...[...new Set([...produced, ...consumed])]
      .sort()
      .map((topic) =>
        rule('topic', topic, [
          'Describe',
          ...(consumed.has(topic) ? ['Read'] : []),
          ...(produced.has(topic) ? ['Write'] : []),
        ]),
      ),
    ...[...new Set(groups)].sort().map((group) => rule('group', group, ['Describe', 'Read'])),
  ];
}

/** How full topics are and how far groups are behind, without an event of them. */
const watching: readonly Rule[] = [rule('topic', '*', ['Describe']), rule('group', '*', ['Describe'])];

function user(
  input: OperatedInput,
  name: string,
  secretName: string,
  acls: readonly Rule[],
  why: string,
): ClusterObjectPlan {
  const plan = objectOf(
    input,
    'kafka.strimzi.io/v1',
    'KafkaUser',
    name,
    {
      spec: {
        authentication: {
          type: 'scram-sha-512',
          password: { valueFrom: { secretKeyRef: { name: secretName, key: 'password' } } },
        },
        authorization: { type: 'simple', acls },
      },
    },
    { 'spec.authorization': why },
  );
  return { ...plan, labels: { ...plan.labels, 'strimzi.io/cluster': input.name } };
}

export const users = (input: OperatedInput): readonly ClusterObjectPlan[] => [
  ...input.accounts.map((account) =>
    user(
      input,
      account.user,
      account.secretName,
      rulesOf(account),
      `What ${account.service} declares to produce and to consume, and nothing else.`,
    ),
  ),
  ...(input.monitor === null
    ? []
    : [
        user(
          input,
          input.monitor.user,
          input.monitor.secretName,
          watching,
          'The exporter sees offsets and members, and no event.',
        ),
      ]),
];
