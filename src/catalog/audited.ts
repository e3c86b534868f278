// What a data store writes down so that a person can tell afterwards who did what.
import type { Runs } from './kind';

export interface AuditFacts {
  /** For example `each login, with account and address`. Empty: nothing. */
  readonly recorded: readonly string[];
  /** What is not recorded although one may look for it, and why; null where nothing is missing. */
  readonly missing: string | null;
  /** Where to read it: `{log}` is the command that shows the server's log. Null where nothing is recorded. */
  readonly where: string | null;
  /** The page that describes it. */
  readonly source: string;
}

/** By who runs it; null: what AWS or somebody else runs is recorded by them. */
export type AuditByRuns = Readonly<Record<Runs, AuditFacts | null>>;

/** The same wherever a container or a pod of ours runs it. */
export const auditedByUs = (facts: AuditFacts): AuditByRuns => ({
  container: facts,
  operator: facts,
  aws: null,
  external: null,
});

/** On a laptop only: elsewhere it is a cloud's. */
export const auditedOnLaptop = (facts: AuditFacts): AuditByRuns => ({ ...auditedByUs(facts), operator: null });
