// Kafka: a log of events, topics that services produce and consume.
import { type KindDefinition, listParameter, stringParameter } from '../kind';
import { noPermissions } from '../managed';
import { alerts } from './alerts';
import { audit } from './audit';
import { container } from './container';
import { exporter } from './exporter';
import { managed } from './managed';
import { operated } from './operator';
import { tuning } from './tuning';

const same = (text: string) => ({ container: text, operator: text, aws: text, external: text });

export const kafka: KindDefinition = {
  kind: 'kafka',
  title: 'Kafka',
  // 9093 and 9096: TLS with SCRAM of Strimzi's usual listener and of MSK, https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html
  port: { container: 9092, operator: 9093, aws: 9096, external: 9093 },
  authenticates: { container: true, operator: true, aws: true, external: true },
  signedBy: { container: 'platform', operator: 'platform', aws: 'other', external: 'other' },
  plainBecause: null,
  reach: { container: 'pods', operator: 'pods', aws: 'network', external: 'internet' },
  cloudIdentity: false,
  defaultRuns: 'operator',
  outputs: {
    brokers: {
      type: 'list',
      description: 'Bootstrap servers, HOST:PORT separated by commas',
      text: same('{host}:{port}'),
    },
    group: { type: 'string', description: 'Consumer group', text: same('{group}') },
    produces: { type: 'list', description: 'Topics to write, separated by commas', text: same('{produces}') },
    consumes: { type: 'list', description: 'Topics to read, separated by commas', text: same('{consumes}') },
    tls: {
      type: 'boolean',
      description: 'Whether to connect by TLS and SCRAM-SHA-512',
      text: same('true'),
    },
    user: {
      type: 'string',
      description: 'SCRAM user',
      text: same('{user}'),
    },
    password: {
      type: 'string',
      description: 'SCRAM password',
      text: same('{password}'),
    },
  },
  defaultVariables: { KAFKA_BROKERS: 'brokers', KAFKA_TLS: 'tls', KAFKA_USER: 'user', KAFKA_PASSWORD: 'password' },
  defaultPool: null,
  reservedConnections: 0,
  classes: {
    small: { cpuMillis: 500, memoryMiB: 1024, connections: null },
    medium: { cpuMillis: 2000, memoryMiB: 4096, connections: null },
    large: { cpuMillis: 4000, memoryMiB: 16384, connections: null },
  },
  // Three minor releases are supported, about one year: https://kafka.apache.org/community/downloads/
  versions: { '4': '2027-12-31' },
  defaultVersion: '4',
  // Events are replicated over three brokers and kept by retention; databases are what is restored.
  recovery: () => ({ container: null, operator: null, aws: null, external: null }),
  defaultDataSizeGiB: null,
  cloudHost: null,
  testServer: {
    environment: [],
    healthCommand: '/opt/kafka/bin/kafka-broker-api-versions.sh --bootstrap-server 127.0.0.1:9092',
    outputs: {
      brokers: '{host}:{port}',
      group: '{group}',
      produces: '{produces}',
      consumes: '{consumes}',
      tls: 'false',
      user: '',
      password: '',
    },
  },
  values: (parameters, context) => ({
    // Strimzi's SCRAM user is the name of a Kubernetes object, which has no underscore.
    user: context.service,
    group: stringParameter(parameters, 'group', context.service),
    produces: listParameter(parameters, 'produces').join(','),
    consumes: listParameter(parameters, 'consumes').join(','),
  }),
  owns: (parameters) => listParameter(parameters, 'produces').map((name) => ({ what: 'topic', name })),
  streams: ['topic'],
  reads: (parameters) => listParameter(parameters, 'consumes').map((name) => ({ what: 'topic', name })),
  cloudAvailability: { ratioText: '0.999', source: 'https://aws.amazon.com/msk/sla/' },
  container,
  backups: null,
  tuning,
  pooler: null,
  operated,
  managed,
  permissions: noPermissions,
  exporter,
  alerts,
  audit,
};
