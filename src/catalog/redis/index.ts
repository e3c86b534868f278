// Redis: an in-memory data store, as cache, session store or queue.
import { type KindDefinition, snakeCase, stringParameter } from '../kind';
import { noPermissions } from '../managed';
import { alerts } from './alerts';
import { audit } from './audit';
import { backups } from './backups';
import { container } from './container';
import { exporter } from './exporter';
import { managed } from './managed';

const same = (text: string) => ({ container: text, operator: text, aws: text, external: text });
const url = (scheme: string): string => `${scheme}://{user}:{password|url}@{host}:{port}/{databaseIndex}`;

export const redis: KindDefinition = {
  kind: 'redis',
  title: 'Redis',
  port: { container: 6379, operator: 6379, aws: 6379, external: 6379 },
  authenticates: { container: true, operator: true, aws: true, external: true },
  signedBy: { container: 'nobody', operator: 'nobody', aws: 'other', external: 'other' },
  plainBecause: 'only the services that need it join its network',
  reach: { container: 'pods', operator: 'pods', aws: 'network', external: 'internet' },
  cloudIdentity: false,
  defaultRuns: 'operator',
  outputs: {
    // rediss:// is Redis over TLS: https://www.iana.org/assignments/uri-schemes/prov/rediss
    url: {
      type: 'url',
      description: 'Connection URL with user and password',
      text: { container: url('redis'), operator: url('redis'), aws: url('rediss'), external: url('rediss') },
    },
    host: { type: 'string', description: 'Host name', text: same('{host}') },
    port: { type: 'integer', description: 'Port', text: same('{port}') },
    user: { type: 'string', description: 'User of the access control list', text: same('{user}') },
    password: { type: 'string', description: 'Password of the user', text: same('{password}') },
    database: { type: 'integer', description: 'Index of the logical database', text: same('{databaseIndex}') },
  },
  defaultVariables: { REDIS_URL: 'url' },
  defaultPool: null,
  reservedConnections: 32,
  classes: {
    small: { cpuMillis: 250, memoryMiB: 512, connections: 10_000 },
    medium: { cpuMillis: 500, memoryMiB: 2048, connections: 10_000 },
    large: { cpuMillis: 2000, memoryMiB: 8192, connections: 10_000 },
  },
  // https://redis.io/docs/latest/operate/oss_and_stack/install/archive/ ; 8 is the supported line of 2026
  versions: { '8': '2030-09-30' },
  defaultVersion: '8',
  recovery: (parameters) =>
    stringParameter(parameters, 'use', 'cache') === 'cache'
      ? { container: null, operator: null, aws: null, external: null }
      : {
          container: null,
          operator: {
            method: 'append-only file, fsync every second',
            recoveryPointSeconds: 1,
            restoreFixedSeconds: 120,
            restoreMiBPerSecond: 100,
            source: 'https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/',
          },
          aws: {
            method: 'ElastiCache Multi-AZ replication, daily snapshot',
            recoveryPointSeconds: 86_400,
            restoreFixedSeconds: 600,
            restoreMiBPerSecond: 100,
            source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups.html',
          },
          external: null,
        },
  defaultDataSizeGiB: 1,
  cloudHost: null,
  testServer: {
    environment: [],
    healthCommand: 'redis-cli ping',
    outputs: {
      url: 'redis://{host}:{port}/{databaseIndex}',
      host: '{host}',
      port: '{port}',
      user: '',
      password: '',
      database: '{databaseIndex}',
    },
  },
  values: (parameters, context) => ({
    user: snakeCase(context.service),
    databaseIndex: typeof parameters.database === 'number' ? String(parameters.database) : '0',
    use: stringParameter(parameters, 'use', 'cache'),
  }),
  owns: () => [],
  streams: [],
  reads: () => [],
  cloudAvailability: { ratioText: '0.9999', source: 'https://aws.amazon.com/elasticache/sla/' },
  container,
  backups,
  tuning: null,
  pooler: null,
  operated: null,
  managed,
  permissions: noPermissions,
  exporter,
  alerts,
  audit,
};
