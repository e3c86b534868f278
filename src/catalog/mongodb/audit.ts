// What MongoDB writes into its log so that a person can tell afterwards who did what.
import { type AuditByRuns, auditedByUs } from '../audited';

/**
 * The community edition has no audit log (https://www.mongodb.com/docs/manual/core/auditing/). At this verbosity its log has every
 * connection, every login and every request that was refused: https://www.mongodb.com/docs/manual/reference/log-messages/
 */
const accessControlVerbosity = 1;

/** Argument of `--setParameter`. */
export const auditParameter = `logComponentVerbosity={"accessControl":{"verbosity":${accessControlVerbosity}}}`;

/** The same in the words of a configuration file. */
export const auditConfiguration = { 'systemLog.component.accessControl.verbosity': accessControlVerbosity } as const;

export const audit: AuditByRuns = auditedByUs({
  recorded: [
    'each connection and its end, with address and driver',
    'each login and each refused one, with account and address',
    'each request that was refused for lack of rights',
  ],
  missing: 'What an account read or wrote: the audit log (auditLog) belongs to the Enterprise edition.',
  where: '{log}',
  source: 'https://www.mongodb.com/docs/manual/core/auditing/',
});
