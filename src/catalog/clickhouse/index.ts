// ClickHouse: a column store for analytics, one database and one user per service.
import { type KindDefinition, snakeCase, stringParameter } from '../kind';
import { noPermissions } from '../managed';
import { alerts } from './alerts';
import { audit } from './audit';
import { container } from './container';
import { exporter } from './exporter';
import { operated } from './operator';
import { tuning } from './tuning';

const same = (text: string) => ({ container: text, operator: text, aws: text, external: text });
const url = 'https://{user}:{password|url}@{host}:{port}/{database}';

export const clickhouse: KindDefinition = {
  kind: 'clickhouse',
  title: 'ClickHouse',
  // HTTPS: https://clickhouse.com/docs/guides/sre/network-ports
  port: { container: 8443, operator: 8443, aws: 8443, external: 8443 },
  authenticates: { container: true, operator: true, aws: true, external: true },
  signedBy: { container: 'platform', operator: 'platform', aws: 'other', external: 'other' },
  plainBecause: null,
  reach: { container: 'pods', operator: 'pods', aws: 'network', external: 'internet' },
  cloudIdentity: false,
  defaultRuns: 'operator',
  outputs: {
    url: {
      type: 'url',
      description: 'HTTPS interface with user, password and database',
      text: same(url),
    },
    host: { type: 'string', description: 'Host name', text: same('{host}') },
    port: { type: 'integer', description: 'Port of the HTTPS interface', text: same('{port}') },
    database: { type: 'string', description: 'Database', text: same('{database}') },
    user: { type: 'string', description: 'User', text: same('{user}') },
    password: { type: 'string', description: 'Password of the user', text: same('{password}') },
  },
  defaultVariables: { CLICKHOUSE_URL: 'url' },
  defaultPool: null,
  reservedConnections: 0,
  classes: {
    small: { cpuMillis: 1000, memoryMiB: 4096, connections: null },
    medium: { cpuMillis: 4000, memoryMiB: 16384, connections: null },
    large: { cpuMillis: 8000, memoryMiB: 65536, connections: null },
  },
  // LTS lines: https://clickhouse.com/docs/faq/operations/production
  versions: { '25.8': '2026-08-28', '26.3': '2027-03-26' },
  defaultVersion: '26.3',
  recovery: () => ({
    container: null,
    operator: {
      method: 'incremental BACKUP to S3 every hour',
      recoveryPointSeconds: 3600,
      restoreFixedSeconds: 600,
      restoreMiBPerSecond: 100,
      source: 'https://clickhouse.com/docs/operations/backup',
    },
    aws: {
      method: 'incremental BACKUP to S3 every hour',
      recoveryPointSeconds: 3600,
      restoreFixedSeconds: 600,
      restoreMiBPerSecond: 100,
      source: 'https://clickhouse.com/docs/operations/backup',
    },
    external: null,
  }),
  defaultDataSizeGiB: 50,
  cloudHost: null,
  testServer: {
    environment: [{ name: 'CLICKHOUSE_SKIP_USER_SETUP', value: '1' }],
    healthCommand: 'wget -qO /dev/null http://127.0.0.1:8123/ping',
    outputs: {
      url: 'http://default@{host}:{port}/default',
      host: '{host}',
      port: '{port}',
      database: 'default',
      user: 'default',
      password: '',
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
  cloudAvailability: null,
  container,
  backups: null,
  tuning,
  pooler: null,
  operated,
  // AWS offers no ClickHouse of its own: it runs in the cluster, or as `runs: external` by ClickHouse Cloud.
  managed: null,
  permissions: noPermissions,
  exporter,
  alerts,
  audit,
};
