// What PostgreSQL writes into its log so that a person can tell afterwards who did what.
import type { AuditByRuns } from '../audited';

/** https://www.postgresql.org/docs/current/runtime-config-logging.html */
export const connectionAudit = { log_connections: 'on', log_disconnections: 'on' } as const;

/** Of a server without pgaudit, which the official image lacks. */
export const auditSettings = {
  ...connectionAudit,
  // CREATE, ALTER, DROP, GRANT; statements that read or write rows would tell their values.
  log_statement: 'ddl',
  // Time, process, role, database and client of each line; the default is time and process.
  log_line_prefix: '%m [%p] user=%u db=%d client=%h ',
} as const;

const connections = 'each login and each refused one, with role, database, address and protocol, and each logout';

export const audit: AuditByRuns = {
  container: {
    recorded: [connections, 'each change of definitions and rights, as its statement (log_statement)'],
    missing: 'Reads and writes of rows: the official image has no pgaudit.',
    where: '{log}',
    source: 'https://www.postgresql.org/docs/current/runtime-config-logging.html',
  },
  operator: {
    recorded: [connections, 'each change of definitions and rights, as its statement (pgaudit.log = ddl, role)'],
    missing: 'Reads and writes of rows: pgaudit would write a line for each.',
    where: '{log}',
    source: 'https://cloudnative-pg.io/documentation/current/logging/#pgaudit-logs',
  },
  aws: null,
  external: null,
};
