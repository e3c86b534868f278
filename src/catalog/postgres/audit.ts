// What PostgreSQL writes into its log so that a person can tell afterwards who did what.

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
