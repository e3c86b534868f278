// What MongoDB writes into its log so that a person can tell afterwards who did what.

/**
 * The community edition has no audit log (https://www.mongodb.com/docs/manual/core/auditing/). At this verbosity its log has every
 * connection, every login and every request that was refused: https://www.mongodb.com/docs/manual/reference/log-messages/
 */
const accessControlVerbosity = 1;

/** Argument of `--setParameter`. */
export const auditParameter = `logComponentVerbosity={"accessControl":{"verbosity":${accessControlVerbosity}}}`;

/** The same in the words of a configuration file. */
export const auditConfiguration = { 'systemLog.component.accessControl.verbosity': accessControlVerbosity } as const;
