// Turns what services may do into the objects from which Strimzi makes their users.
import type { ClusterObjectPlan } from '../facts';
import type { OperatedInput } from '../operated';
import { objectOf } from '../operator-object';
import { type Right, rightsOf, watching } from './rights';

const ruleOf = ({ type, name, operations }: Right) => ({
  resource: { type, name, patternType: 'literal' },
  operations,
});

function user(
  input: OperatedInput,
  name: string,
  secretName: string,
  rights: readonly Right[],
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
        authorization: { type: 'simple', acls: rights.map(ruleOf) },
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
      rightsOf(account.uses),
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
