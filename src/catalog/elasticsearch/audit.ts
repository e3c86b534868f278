// What Elasticsearch writes down so that a person can tell afterwards who did what: without a paid licence, nothing.
import { type AuditByRuns, auditedByUs } from '../audited';

export const audit: AuditByRuns = auditedByUs({
  recorded: [],
  missing:
    'Logins and requests: the audit log belongs to the Platinum and Enterprise licences, and the basic one runs here.',
  where: null,
  source: 'https://www.elastic.co/docs/deploy-manage/security/logging-configuration/enabling-audit-logs',
});
