// What ClickHouse keeps so that a person can tell afterwards who did what.

/**
 * Days that system.query_log (every query with its user and address) and system.session_log (every login, refused ones too) go
 * back: https://clickhouse.com/docs/operations/system-tables/session_log
 */
export const auditDays = 30;
