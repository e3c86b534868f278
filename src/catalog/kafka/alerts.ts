// What to watch on Kafka, in the metrics of kafka_exporter (the one that Strimzi deploys).
import { always, type BackingAlert, constants, unwatched } from '../backing-alert';

const source = 'https://github.com/danielqsj/kafka_exporter';
const exported = ['operator', 'aws'] as const;

export const alerts: readonly BackingAlert[] = [
  {
    name: 'kafka-consumer-lags',
    severity: 'warning',
    runs: exported,
    appliesTo: (values) => (values.consumes ?? '') !== '',
    signal: {
      of: 'total',
      per: ['consumergroup', 'topic'],
      signal: { of: 'value', metric: 'kafka_consumergroup_lag', labels: { consumergroup: '{group}' } },
    },
    bound: { is: 'above', value: 10_000 },
    per: ['consumergroup', 'topic'],
    forSeconds: 900,
    shows: 'number',
    summary: 'Consumer group {label:consumergroup} is {value} events behind on {label:topic}',
    description: '{value} events of topic {label:topic} wait for group {label:consumergroup} for 15 minutes.',
    meaning: 'Events come faster than they are handled, or one event fails again and again and holds its partition.',
    diagnosis: [
      'kafka-consumer-groups.sh --describe --group GROUP: one partition behind means a poisonous event, all behind means too little throughput.',
    ],
    mitigation: [
      'Skip or park the event that fails; add consumers, at most one per partition; roll back when it began with a release.',
    ],
    source,
    proof: constants(
      'kafka_consumergroup_lag',
      { consumergroup: '{group}', topic: 'events', partition: '0' },
      25_000,
      120,
      '25k',
    ),
  },
  {
    name: 'kafka-partitions-under-replicated',
    severity: 'warning',
    runs: exported,
    appliesTo: always,
    signal: {
      of: 'total',
      per: ['topic'],
      signal: { of: 'value', metric: 'kafka_topic_partition_under_replicated_partition', labels: {} },
    },
    bound: { is: 'above', value: 0 },
    per: ['topic'],
    forSeconds: 600,
    shows: 'number',
    summary: '{value} partitions of topic {label:topic} lack replicas',
    description:
      '{value} partitions of {label:topic} have fewer replicas in sync than configured; writes with acks=all may soon fail.',
    meaning: 'A broker is down, slow, or cut off from the others.',
    diagnosis: ['kafka-topics.sh --describe --under-replicated-partitions; state and disks of the brokers.'],
    mitigation: ['Bring the broker back; move partitions away from it when it is lost.'],
    source,
    proof: constants(
      'kafka_topic_partition_under_replicated_partition',
      { topic: 'events', partition: '0' },
      1,
      0,
      '1',
    ),
  },
  unwatched('kafka', 'Kafka', 'kafka_brokers', exported),
];
