// What Redis keeps so that a person can tell afterwards who did what.
import { type AuditByRuns, auditedByUs } from '../audited';

export const audit: AuditByRuns = auditedByUs({
  recorded: ['each refused login, command, key and channel, with account and address, the last 128 of them (ACL LOG)'],
  missing: 'Commands that were allowed: Redis keeps no log of them.',
  where: 'ACL LOG',
  source: 'https://redis.io/docs/latest/commands/acl-log/',
});
