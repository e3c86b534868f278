// Writes the common part of YAML itself, as the library would, many times faster; whatever is not common it leaves to the library.

/** Comments above a key or item, and at the end of a line, by path; ready to be written. */
export interface PlainComments {
  readonly above: ReadonlyMap<string, readonly string[]>;
  readonly after: ReadonlyMap<string, string>;
}

/** Thrown inside, never outside: the value holds something that only the library knows how to write. */
const notPlainError = new Error('not plain');

// Letters, digits and what has no meaning in a plain scalar of block style; no colon or hash that could end it.
const safe = /^[A-Za-z/][A-Za-z0-9_/.@=+%~-]*(?:[ :][A-Za-z0-9_/.@=+%~(-][A-Za-z0-9_/.@=+%~(),;-]*)*$/;
const safeKey = /^[A-Za-z][A-Za-z0-9_./-]*$/;
// A line of a block that is written as it is: what a terminal or a reader of YAML could take otherwise is left to the library.
const safeLine = /^[!-~\u00a1-\u2027\u202a-\ud7ff][ -~\u00a0-\u2027\u202a-\ud7ff]*$/;

const safeComment = /^ [!-~\u00a1-\u2027\u202a-\ud7ff](?:.*[!-~\u00a1-\u2027\u202a-\ud7ff])?$/;

interface Writer {
  readonly comments: PlainComments;
  readonly isAmbiguous: (text: string, isKey: boolean) => boolean;
  /** Every place that has a comment at it or below it. */
  readonly commented: ReadonlySet<string>;
  readonly lines: string[];
  readonly used: Set<string>;
}

function scalar(value: unknown, writer: Writer): string {
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || Object.is(value, -0) || Math.abs(value) >= 1e15) notPlain();
    return String(value).includes('e') ? notPlain() : String(value);
  }
  if (typeof value !== 'string') return notPlain();
  return remembered(texts, value, () => textOf(value, writer));
}

function textOf(value: string, { isAmbiguous }: Writer): string {
  if (isAmbiguous(value, false)) return /^[!-~]+$/.test(value) && !/["\\]/.test(value) ? `"${value}"` : notPlain();
  if (value === '') return '""';
  if (safe.test(value)) return value;
  return printable(value);
}

/** Keys and short words come again in every document and every environment: what was found out of one is kept. */
const texts = new Map<string, string>();
const keys = new Map<string, string>();
const longest = 64;
const most = 10_000;

function remembered(known: Map<string, string>, text: string, find: () => string): string {
  const there = known.get(text);
  if (there !== undefined) return there;
  const found = find();
  if (text.length <= longest && known.size < most) known.set(text, found);
  return found;
}

/** The head of a pair. */
const keyOf = (key: string, { isAmbiguous }: Writer): string =>
  remembered(keys, key, () => (!safeKey.test(key) || isAmbiguous(key, true) ? notPlain() : `${key}:`));

// What the library quotes on one line of ASCII: an indicator that would mean something, or a word that is no string.
const needsQuotes = /^[ ,[\]{}#&*!|>'"%@`]|^[?-](?: |$)|: | #|[ :]$/;
const isOtherType =
  /^(?:~|null|true|false|0o[0-7]+|0x[0-9a-f]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:e[-+]?[0-9]+)?|[-+]?\.(?:inf|nan))$/i;
const documentMarker = /^(?:---|\.\.\.)/;

/** The library takes single quotes only around double ones. */
function printable(text: string): string {
  if (!/^[ -~]+$/.test(text) || documentMarker.test(text)) return notPlain();
  if (!needsQuotes.test(text) && !isOtherType.test(text)) return text;
  return text.includes('"') && !text.includes("'") ? `'${text}'` : JSON.stringify(text);
}

function notPlain(): never {
  throw notPlainError;
}

function block(value: string, indent: string): string[] {
  const keeps = value.endsWith('\n');
  const content = keeps ? value.slice(0, -1) : value;
  const lines = content.split('\n');
  const seen = lines.filter((line) => line !== '');
  // Indented lines are written as they are, but the first one decides the indentation of the block.
  if (lines[0] === '' || lines.at(-1) === '' || lines[0]?.startsWith(' ')) return notPlain();
  if (seen.some((line) => /\s$/.test(line) || !safeLine.test(line.replace(/^ +/, '')))) return notPlain();
  return [keeps ? '|' : '|-', ...lines.map((line) => (line === '' ? '' : `${indent}${line}`))];
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.getPrototypeOf(value) === Object.prototype;

/** Where no comment comes any more places are no longer told apart: they are most, and naming them takes time. */
const nowhere = null;
type Place = string | typeof nowhere;

function below(place: Place, key: string | number, { commented }: Writer): Place {
  if (place === nowhere) return nowhere;
  const at = place === '' ? String(key) : `${place}.${key}`;
  return commented.has(at) ? at : nowhere;
}

/** A key may hold dots itself, and so any dot may end a place. */
function commentedPlaces({ above, after }: PlainComments): Set<string> {
  const places = new Set<string>();
  for (const path of [...above.keys(), ...after.keys()])
    path.split('.').forEach((_, index, keys) => {
      places.add(keys.slice(0, index + 1).join('.'));
    });
  return places;
}

function commentAbove(place: Place, indent: string, writer: Writer): boolean {
  const comment = place === nowhere ? undefined : writer.comments.above.get(place);
  if (comment === undefined) return false;
  // The library trims what is empty in its own way.
  if (!comment.every((line) => safeComment.test(line))) notPlain();
  writer.used.add(`above ${place}`);
  writer.lines.push(...comment.map((line) => `${indent}#${line}`));
  return true;
}

function after(place: Place, writer: Writer): string {
  const comment = place === nowhere ? undefined : writer.comments.after.get(place);
  if (comment === undefined) return '';
  if (!safeComment.test(comment)) notPlain();
  writer.used.add(`after ${place}`);
  return ` #${comment}`;
}

/** Writes a value behind `head` (a key with its colon, or a hyphen), at the indentation of its container. */
function writeValue(head: string, value: unknown, place: Place, indent: string, inList: boolean, writer: Writer): void {
  const { lines } = writer;
  if (Array.isArray(value)) {
    if (inList) notPlain();
    if (value.length === 0) lines.push(`${head} []`);
    else {
      lines.push(head);
      writeList(value, place, `${indent}  `, writer);
    }
  } else if (isMap(value)) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    if (entries.length === 0) lines.push(`${head} {}`);
    else if (inList) {
      const start = lines.length;
      writeMap(entries, place, `${indent}  `, writer);
      // The first key stands on the line of the hyphen; with a comment above it the library writes it otherwise.
      if (lines[start]?.trimStart().startsWith('#')) notPlain();
      lines[start] = `${head} ${lines[start]?.slice(indent.length + 2) ?? ''}`;
    } else {
      lines.push(head);
      writeMap(entries, place, `${indent}  `, writer);
    }
  } else if (typeof value === 'string' && value.includes('\n')) {
    if (inList) notPlain();
    const [indicator = '', ...content] = block(value, `${indent}  `);
    lines.push(`${head} ${indicator}`, ...content);
  } else {
    lines.push(`${head} ${scalar(value, writer)}${after(place, writer)}`);
  }
}

function writeList(items: readonly unknown[], place: Place, indent: string, writer: Writer): void {
  for (const [index, item] of items.entries()) {
    const at = below(place, index, writer);
    commentAbove(at, indent, writer);
    writeValue(`${indent}-`, item, at, indent, true, writer);
  }
}

function writeMap(
  entries: readonly (readonly [string, unknown])[],
  place: Place,
  indent: string,
  writer: Writer,
): void {
  for (const [key, value] of entries) {
    const head = keyOf(key, writer);
    const at = below(place, key, writer);
    commentAbove(at, indent, writer);
    writeValue(`${indent}${head}`, value, at, indent, false, writer);
  }
}

/** The text that the library would give, or null when the value is not common enough to be sure of that. */
export function plainYaml(value: unknown, comments: PlainComments, isAmbiguous: Writer['isAmbiguous']): string | null {
  const writer: Writer = { comments, isAmbiguous, commented: commentedPlaces(comments), lines: [], used: new Set() };
  try {
    if (Array.isArray(value) && value.length > 0) writeList(value, '', '', writer);
    else {
      const entries = isMap(value) ? Object.entries(value).filter(([, inner]) => inner !== undefined) : [];
      if (entries.length === 0) return null;
      writeMap(entries, '', '', writer);
    }
  } catch (error) {
    if (error === notPlainError) return null;
    throw error;
  }
  // A comment that found no place is a fault of ours, or has a place that only the library knows.
  if (writer.used.size !== comments.above.size + comments.after.size) return null;
  return `${writer.lines.join('\n')}\n`;
}
