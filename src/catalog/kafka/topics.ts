// Turns the declared topics into the objects from which Strimzi makes them.
import type { ClusterObjectPlan } from '../facts';
import { listParameter } from '../kind';
import type { OperatedInput } from '../operated';
import { objectOf } from '../operator-object';

/** Copies of each partition, and how many of them must have an event before it is acknowledged. */
export const replication = (replicas: number) => ({
  factor: Math.min(3, replicas),
  inSync: replicas >= 3 ? 2 : 1,
});

// The defaults that schema.json states.
const defaults = { partitions: 6, retention: '7d' };

const hourMilliseconds = 3_600_000;

/** `7d` or `12h`, by the schema. Unit: milliseconds. */
function retentionMilliseconds(text: string): number {
  const hours = Number(text.slice(0, -1)) * (text.endsWith('d') ? 24 : 1);
  return hours * hourMilliseconds;
}

function settingsOf(parameters: OperatedInput['parameters'], topic: string): typeof defaults {
  const topics = parameters.topics;
  const found: unknown = topics === null || typeof topics !== 'object' ? undefined : Reflect.get(topics, topic);
  return { ...defaults, ...(typeof found === 'object' ? found : {}) };
}

/** Topics that anybody writes or reads, sorted. */
export const topicsOf = (input: Pick<OperatedInput, 'accounts'>): readonly string[] =>
  [
    ...new Set(
      input.accounts.flatMap(({ uses }) =>
        uses.flatMap(({ parameters }) => [
          ...listParameter(parameters, 'produces'),
          ...listParameter(parameters, 'consumes'),
        ]),
      ),
    ),
  ].sort();

/** A name for the object: topics may have capitals and underscores. Two that become equal are told apart by a number. */
function objectNames(instance: string, all: readonly string[]): readonly string[] {
  const plain = all.map((topic) => `${instance}-${topic.toLowerCase().replaceAll('_', '-')}`);
  return plain.map((name, index) => {
    const before = plain.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name}-${before + 1}`;
  });
}

export function topics(input: OperatedInput): readonly ClusterObjectPlan[] {
  const { factor, inSync } = replication(input.replicas);
  const all = topicsOf(input);
  const names = objectNames(input.name, all);
  return all.map((topic, index) => {
    const { partitions, retention } = settingsOf(input.parameters, topic);
    const plan = objectOf(
      input,
      'kafka.strimzi.io/v1',
      'KafkaTopic',
      names[index] ?? topic,
      {
        spec: {
          topicName: topic,
          partitions,
          replicas: factor,
          config: { 'retention.ms': retentionMilliseconds(retention), 'min.insync.replicas': inSync },
        },
      },
      {
        'spec.partitions': 'The most consumers of one group that work at once.',
        'spec.config': `Events are kept for ${retention}.`,
      },
    );
    return { ...plan, labels: { ...plan.labels, 'strimzi.io/cluster': input.name } };
  });
}
