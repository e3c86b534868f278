// A diagnostic: one problem of a declaration, with its place, its arithmetic and what to do about it.

/** Where in a file a diagnostic points. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An error refuses the declaration: nothing is written. A warning is shown and does not refuse. */
export type Severity = 'error' | 'warning';

/** One problem. Built in model, refuse and source; printed by write. */
export interface Diagnostic {
  /** A kebab-case sentence, stable: the name of its refused case and its anchor in docs/diagnostics.md. */
  readonly code: string;
  readonly severity: Severity;
  /** Path inside the declaration, for example ["needs", "postgres", "pool"]; empty when it is about the whole file. */
  readonly path: readonly (string | number)[];
  /** Filled in by the reader of the file; null for a declaration written in TypeScript. */
  readonly place: Place | null;
  /** What was found and what the limit is, with the arithmetic. One or more sentences. */
  readonly message: string;
  /** The smallest change that mends it; null when the message says it all. */
  readonly fix: string | null;
}

/** True when the diagnostic refuses the declaration. */
export const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === 'error';

/** The order in which diagnostics are shown: by file, line, column, then code, so that the same input prints the same text. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const key = (d: Diagnostic): string =>
    [
      d.place?.file ?? '',
      String(d.place?.line ?? 0).padStart(7, '0'),
      String(d.place?.column ?? 0).padStart(5, '0'),
      d.code,
      d.path.join('.'),
      d.message,
    ].join('\u0000');
  return [...diagnostics].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** Number of single-character insertions, deletions, substitutions and swaps of neighbours between two words. */
function editDistance(a: string, b: string): number {
  const row = (length: number): number[] => Array.from({ length }, () => 0);
  const d = Array.from({ length: a.length + 1 }, () => row(b.length + 1));
  const at = (i: number, j: number): number => d[i]?.[j] ?? 0;
  for (let i = 0; i <= a.length; i++) (d[i] as number[])[0] = i;
  for (let j = 0; j <= b.length; j++) (d[0] as number[])[j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(i - 2, j - 2) + 1);
      (d[i] as number[])[j] = best;
    }
  }
  return at(a.length, b.length);
}

/** The known word nearest to a misspelt one, or null when none is near enough to be what was meant. */
export function didYouMean(word: string, known: readonly string[]): string | null {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
