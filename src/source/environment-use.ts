// The use of one environment variable by a service's code.

/**
 * How the code uses it. `dynamic`: under a name that only running the code tells. `library`: an imported library reads
 * it by itself, if it is set.
 */
export type Access = 'read' | 'write' | 'dynamic' | 'library';

/** One use, at the place where the name is written. Lines and columns count from 1. */
export interface EnvironmentUse {
  /** Null for a dynamic use. For a library a last `*` stands for any ending. */
  readonly name: string | null;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly access: Access;
  /** The literal that the code takes when the variable is not set; null when there is none. */
  readonly fallback: string | null;
}
