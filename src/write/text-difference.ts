// Turns two texts into their difference, as `diff -u` writes it.

interface Edit {
  readonly mark: ' ' | '-' | '+';
  readonly line: string;
}

/** Lines of context around a change, as diff and git show them. */
const contextLines = 3;

/** Above so many changed lines the shortest script is not worth its memory (it grows with the square): all is replaced. */
const mostEdits = 1500;

/** Myers' shortest edit script of two lists of lines (https://doi.org/10.1007/BF01840446), from the end backwards. */
function shortestScript(before: readonly string[], after: readonly string[]): Edit[] {
  const all = [
    ...before.map((line): Edit => ({ mark: '-', line })),
    ...after.map((line): Edit => ({ mark: '+', line })),
  ];
  const most = Math.min(before.length + after.length, mostEdits);
  const offset = most + 1;
  const furthest = new Int32Array(2 * offset + 1);
  const trace: Int32Array[] = [];
  const at = (list: Int32Array, k: number): number => list[k + offset] ?? 0;
  const fromAbove = (list: Int32Array, k: number, d: number): boolean =>
    k === -d || (k !== d && at(list, k - 1) < at(list, k + 1));
  for (let d = 0; d <= most; d++) {
    trace.push(furthest.slice());
    for (let k = -d; k <= d; k += 2) {
      let x = fromAbove(furthest, k, d) ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
      furthest[k + offset] = x;
      if (x >= before.length && x - k >= after.length) return walkBack(before, after, trace, at, fromAbove);
    }
  }
  return all;
}

function walkBack(
  before: readonly string[],
  after: readonly string[],
  trace: readonly Int32Array[],
  at: (list: Int32Array, k: number) => number,
  fromAbove: (list: Int32Array, k: number, d: number) => boolean,
): Edit[] {
  const edits: Edit[] = [];
  let x = before.length;
  let y = after.length;
  for (let d = trace.length - 1; d >= 0; d--) {
    const list = trace[d] as Int32Array;
    const k = x - y;
    const previousK = fromAbove(list, k, d) ? k + 1 : k - 1;
    const previousX = at(list, previousK);
    const previousY = previousX - previousK;
    while (x > 0 && y > 0 && x > previousX && y > previousY) {
      edits.push({ mark: ' ', line: before[--x] as string });
      y--;
    }
    if (d === 0) break;
    if (x === previousX) edits.push({ mark: '+', line: after[--y] as string });
    else edits.push({ mark: '-', line: before[--x] as string });
  }
  return edits.reverse();
}

function editsOf(before: readonly string[], after: readonly string[]): Edit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const same = (line: string): Edit => ({ mark: ' ', line });
  return [
    ...before.slice(0, start).map(same),
    ...shortestScript(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

/** First and last edit of each hunk: changes with their context, those that touch as one. */
function hunks(edits: readonly Edit[]): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = [];
  for (const [index, { mark }] of edits.entries()) {
    if (mark === ' ') continue;
    const first = Math.max(0, index - contextLines);
    const last = Math.min(edits.length - 1, index + contextLines);
    const open = found.at(-1);
    if (open !== undefined && first <= open.last + 1) open.last = last;
    else found.push({ first, last });
  }
  return found;
}

/** A last line without its newline is told apart, as diff does. */
function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  else lines.push('\\ No newline at end of file');
  return lines;
}

export interface TextDifference {
  /** Unified, ends with a newline. */
  readonly text: string;
  /** First line of the second text that differs, from 1. */
  readonly line: number;
}

/** Null when the texts are equal. */
export function textDifference(
  before: { readonly name: string; readonly text: string },
  after: { readonly name: string; readonly text: string },
): TextDifference | null {
  if (before.text === after.text) return null;
  const edits = editsOf(linesOf(before.text), linesOf(after.text));
  const lines = [`--- ${before.name}`, `+++ ${after.name}`];
  let first: number | null = null;
  let [oldLine, newLine, index] = [1, 1, 0];
  const pass = (edit: Edit): void => {
    if (edit.mark !== '+') oldLine++;
    if (edit.mark !== '-') newLine++;
    if (edit.mark !== ' ') first ??= edit.mark === '+' ? newLine - 1 : newLine;
    index++;
  };
  for (const hunk of hunks(edits)) {
    while (index < hunk.first) pass(edits[index] as Edit);
    const shown = edits.slice(hunk.first, hunk.last + 1);
    const count = (mark: '-' | '+'): number => shown.filter((edit) => edit.mark === ' ' || edit.mark === mark).length;
    const range = (line: number, length: number): string =>
      `${length === 0 ? line - 1 : line}${length === 1 ? '' : `,${length}`}`;
    lines.push(`@@ -${range(oldLine, count('-'))} +${range(newLine, count('+'))} @@`);
    for (const edit of shown) {
      lines.push(edit.line.startsWith('\\ ') ? edit.line : `${edit.mark}${edit.line}`);
      pass(edit);
    }
  }
  return { text: `${lines.join('\n')}\n`, line: first ?? 1 };
}
