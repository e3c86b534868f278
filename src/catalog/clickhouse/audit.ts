// What ClickHouse keeps so that a person can tell afterwards who did what.
import { type AuditByRuns, auditedByUs } from '../audited';

/**
 * Days that system.query_log (every query with its user and address) and system.session_log (every login, refused ones too) go
 * back: https://clickhouse.com/docs/operations/system-tables/session_log
 */
export const auditDays = 30;

export const audit: AuditByRuns = auditedByUs({
  recorded: [
    `each login, refused ones too, and each logout, with account and address (system.session_log, ${auditDays} days)`,
    `each query, as its text, with account and address (system.query_log, ${auditDays} days)`,
  ],
  missing: null,
  where:
    'SELECT event_time, type, user, client_address, failure_reason FROM system.session_log ORDER BY event_time DESC LIMIT 100',
  source: 'https://clickhouse.com/docs/operations/system-tables/session_log',
});
