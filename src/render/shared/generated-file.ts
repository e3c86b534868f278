// A generated file: what every renderer returns.

/** How a comment is written in the file, for its first line; `none` for formats without comments (JSON). */
export type CommentStyle = 'hash' | 'slash' | 'html' | 'none';

export interface GeneratedFile {
  /** `service`: path is relative to the service's folder; `repository`: to the root of the repository (the same in a repository of its own). */
  readonly at: 'service' | 'repository';
  /** POSIX separators. */
  readonly path: string;
  /** Without the marker line: the edge that writes the file puts it first (after a `#!` line). Ends with one newline. */
  readonly body: string;
  readonly comment: CommentStyle;
  readonly executable: boolean;
}
