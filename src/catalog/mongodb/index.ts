// MongoDB: a document database, one database and one user per service.
import { type KindDefinition, snakeCase, stringParameter } from '../kind';
import { noPermissions } from '../managed';
import { alerts } from './alerts';
import { audit } from './audit';
import { container } from './container';
import { exporter } from './exporter';
import { managed } from './managed';
import { operated } from './operator';
import { tuning } from './tuning';

const same = (text: string) => ({ container: text, operator: text, aws: text, external: text });
// authSource is the service's own database: the user is created there. maxPoolSize: https://www.mongodb.com/docs/manual/reference/connection-string-options/
const url = (query: string): string =>
  `mongodb://{user}:{password|url}@{host}:{port}/{database}?authSource={database}&maxPoolSize={pool}${query}`;

export const mongodb: KindDefinition = {
  kind: 'mongodb',
  title: 'MongoDB',
  port: { container: 27017, operator: 27017, aws: 27017, external: 27017 },
  authenticates: { container: true, operator: true, aws: true, external: true },
  signedBy: { container: 'platform', operator: 'platform', aws: 'other', external: 'other' },
  plainBecause: null,
  reach: { container: 'pods', operator: 'pods', aws: 'network', external: 'internet' },
  cloudIdentity: false,
  defaultRuns: 'operator',
  outputs: {
    // retryWrites=false: DocumentDB refuses retryable writes, https://docs.aws.amazon.com/documentdb/latest/developerguide/functional-differences.html
    url: {
      type: 'url',
      description: 'Connection URL with user and password',
      text: {
        container: url('&tls=true'),
        operator: url('&tls=true'),
        aws: url('&tls=true&retryWrites=false'),
        external: url('&tls=true'),
      },
    },
    host: { type: 'string', description: 'Host name', text: same('{host}') },
    port: { type: 'integer', description: 'Port', text: same('{port}') },
    database: { type: 'string', description: 'Database', text: same('{database}') },
    user: { type: 'string', description: 'User', text: same('{user}') },
    password: { type: 'string', description: 'Password of the user', text: same('{password}') },
    pool: { type: 'integer', description: 'Connections that one process may open', text: same('{pool}') },
  },
  defaultVariables: { MONGODB_URL: 'url', MONGODB_DB: 'database' },
  defaultPool: 20,
  reservedConnections: 20,
  classes: {
    small: { cpuMillis: 500, memoryMiB: 1024, connections: 500 },
    medium: { cpuMillis: 2000, memoryMiB: 4096, connections: 1500 },
    large: { cpuMillis: 4000, memoryMiB: 16384, connections: 4500 },
  },
  // https://www.mongodb.com/legal/support-policy/lifecycles
  versions: { '7.0': '2027-08-31', '8.0': '2029-10-31' },
  defaultVersion: '8.0',
  recovery: () => ({
    container: null,
    operator: {
      method: 'oplog slices every 10 min (Percona Backup for MongoDB)',
      recoveryPointSeconds: 600,
      restoreFixedSeconds: 600,
      restoreMiBPerSecond: 80,
      source: 'https://docs.percona.com/percona-backup-mongodb/features/point-in-time-recovery.html',
    },
    aws: {
      method: 'DocumentDB point-in-time recovery (within 5 min)',
      recoveryPointSeconds: 300,
      restoreFixedSeconds: 900,
      restoreMiBPerSecond: 200,
      source: 'https://docs.aws.amazon.com/documentdb/latest/developerguide/backup_restore-point_in_time_recovery.html',
    },
    external: null,
  }),
  defaultDataSizeGiB: 10,
  cloudHost: null,
  testServer: {
    environment: [],
    healthCommand: 'mongosh --quiet --eval db.adminCommand({ping:1}).ok',
    outputs: {
      url: 'mongodb://{host}:{port}/{database}',
      host: '{host}',
      port: '{port}',
      database: '{database}',
      user: '',
      password: '',
      pool: '5',
    },
  },
  values: (parameters, context) => ({
    user: snakeCase(context.service),
    database: stringParameter(parameters, 'database', snakeCase(context.service)),
  }),
  owns: (parameters, context) => [
    { what: 'database', name: stringParameter(parameters, 'database', snakeCase(context.service)) },
  ],
  streams: [],
  reads: () => [],
  cloudAvailability: { ratioText: '0.999', source: 'https://aws.amazon.com/documentdb/sla/' },
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
