// PostgreSQL: a relational database, one database and one role per service.
import { authorityFile } from '../certificates';
import { type KindDefinition, numberParameter, snakeCase, stringParameter } from '../kind';
import { noPermissions } from '../managed';
import { alerts } from './alerts';
import { audit } from './audit';
import { backups } from './backups';
import { container } from './container';
import { exporter } from './exporter';
import { managed } from './managed';
import { operated } from './operator';
import { pooler } from './pooler';
import { tuning } from './tuning';

const defaultPool = 10;

/**
 * Authority and name are verified. The clients for Node.js know the authority by NODE_EXTRA_CA_CERTS:
 * https://node-postgres.com/features/ssl
 */
const clientVerifies = 'sslmode=verify-full';

/** Prisma's engine is no Node.js: it knows only a file, and verifies only when asked to: https://www.prisma.io/docs/orm/overview/databases/postgresql */
const prismaVerifies = `sslmode=require&sslaccept=strict&sslcert=${authorityFile}`;

const url = (query: string): string => `postgresql://{user}:{password|url}@{host}:{port}/{database}${query}{poolQuery}`;

export const postgres: KindDefinition = {
  kind: 'postgres',
  title: 'PostgreSQL',
  port: { container: 5432, operator: 5432, aws: 5432, external: 5432 },
  authenticates: { container: true, operator: true, aws: true, external: true },
  signedBy: { container: 'platform', operator: 'platform', aws: 'other', external: 'other' },
  plainBecause: null,
  reach: { container: 'pods', operator: 'pods', aws: 'network', external: 'internet' },
  cloudIdentity: false,
  defaultRuns: 'operator',
  outputs: {
    url: {
      type: 'url',
      description: 'Connection URL with user and password',
      // `require` is what encrypts without asking who the server is: https://www.postgresql.org/docs/current/libpq-ssl.html
      text: {
        container: url('?{verifiedQuery}'),
        operator: url('?{verifiedQuery}'),
        aws: url('?sslmode=require'),
        external: url('?sslmode=require'),
      },
    },
    host: {
      type: 'string',
      description: 'Host name',
      text: { container: '{host}', operator: '{host}', aws: '{host}', external: '{host}' },
    },
    port: {
      type: 'integer',
      description: 'Port',
      text: { container: '{port}', operator: '{port}', aws: '{port}', external: '{port}' },
    },
    database: {
      type: 'string',
      description: 'Database',
      text: { container: '{database}', operator: '{database}', aws: '{database}', external: '{database}' },
    },
    user: {
      type: 'string',
      description: 'Role',
      text: { container: '{user}', operator: '{user}', aws: '{user}', external: '{user}' },
    },
    password: {
      type: 'string',
      description: 'Password of the role',
      text: { container: '{password}', operator: '{password}', aws: '{password}', external: '{password}' },
    },
    pool: {
      type: 'integer',
      description: 'Connections that one process may open',
      text: { container: '{pool}', operator: '{pool}', aws: '{pool}', external: '{pool}' },
    },
  },
  defaultVariables: { DATABASE_URL: 'url', DATABASE_POOL: 'pool' },
  defaultPool,
  // superuser_reserved_connections is 3: https://www.postgresql.org/docs/current/runtime-config-connection.html; 7 more for exporter, backup and a person.
  reservedConnections: 10,
  classes: {
    small: { cpuMillis: 500, memoryMiB: 1024, connections: 100 },
    medium: { cpuMillis: 2000, memoryMiB: 4096, connections: 200 },
    large: { cpuMillis: 4000, memoryMiB: 16384, connections: 450 },
  },
  // https://www.postgresql.org/support/versioning/
  versions: { '14': '2026-11-12', '15': '2027-11-11', '16': '2028-11-09', '17': '2029-11-08', '18': '2030-11-14' },
  defaultVersion: '17',
  recovery: () => ({
    container: null,
    operator: {
      method: 'continuous WAL archiving (archive_timeout 5 min)',
      recoveryPointSeconds: 300,
      restoreFixedSeconds: 300,
      restoreMiBPerSecond: 100,
      source: 'https://cloudnative-pg.io/documentation/current/wal_archiving/',
    },
    aws: {
      method: 'RDS point-in-time recovery (logs every 5 min)',
      recoveryPointSeconds: 300,
      restoreFixedSeconds: 900,
      restoreMiBPerSecond: 200,
      source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html',
    },
    external: null,
  }),
  defaultDataSizeGiB: 10,
  cloudHost: null,
  testServer: {
    environment: [
      { name: 'POSTGRES_HOST_AUTH_METHOD', value: 'trust' },
      { name: 'POSTGRES_USER', value: '{user}' },
      { name: 'POSTGRES_DB', value: '{database}' },
    ],
    healthCommand: 'pg_isready --quiet',
    outputs: {
      url: 'postgresql://{user}@{host}:{port}/{database}',
      host: '{host}',
      port: '{port}',
      database: '{database}',
      user: '{user}',
      password: '',
      pool: '5',
    },
  },
  values: (parameters, context) => ({
    // https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/databases-connections/connection-pool
    verifiedQuery: context.prisma ? prismaVerifies : clientVerifies,
    poolQuery: context.prisma ? `&connection_limit=${numberParameter(parameters, 'pool', defaultPool)}` : '',
    user: snakeCase(context.service),
    database: stringParameter(parameters, 'database', snakeCase(context.service)),
  }),
  owns: (parameters, context) => [
    { what: 'database', name: stringParameter(parameters, 'database', snakeCase(context.service)) },
  ],
  streams: [],
  reads: () => [],
  cloudAvailability: { ratioText: '0.9995', source: 'https://aws.amazon.com/rds/sla/' },
  container,
  backups,
  tuning,
  pooler,
  operated,
  managed,
  permissions: noPermissions,
  exporter,
  alerts,
  audit,
};
