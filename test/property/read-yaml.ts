// Reads the common part of YAML as data, about ten times faster than the library; whatever is not common it leaves to the library.
import { type Data, yamlDocuments } from '../support/generated';

/** Thrown inside, never outside: the text holds something that only the library is trusted with. */
const notCommonError = new Error('not common');

function notCommon(): never {
  throw notCommonError;
}

/** Printable, and no tab: a text with any other character is the library's. */
const printable = /^[\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\u{10000}-\u{1ffff}]*$/u;
const blankOrComment = /^ *(?:#|$)/;
const entry = /^(?:([A-Za-z][A-Za-z0-9_./-]*)|"([A-Za-z0-9_./$ -]*)"):(?: (.*))?$/;
/** No indicator at its start; within it neither `: ` nor ` #`, and no colon or space at its end. */
const plain = /^(?![|>`=])(?:[\p{L}\p{N}\p{M}\p{S}()/.;_]|[-:?](?=[^ ]))(?:(?!: | #|:$| $).)*$/u;
const double = /^"(?:[^"\\]|\\["\\/bfnrt]|\\u(?:[0-9a-ce-f][0-9a-f]{3}|d[0-7][0-9a-f]{2}))*"$/;
const single = /^'(?:[^']|'')*'$/;
/** What some version of YAML takes for no text; of these only the spellings below are read here. */
const otherwiseTyped =
  /^(?:~|null|true|false|y|n|yes|no|on|off|[-+]?(?:\.?[0-9][0-9_,.:]*(?:e[-+]?[0-9]*)?|\.inf|\.nan)|0[xob][0-9a-f_]*|[0-9]{4}-[0-9][0-9]?-[0-9].*|<<|=)$/i;
/** An address or a version: no number in any of them. */
const dotted = /^[0-9]{1,4}(?:\.[0-9]{1,4}){2,}$/;
const simpleNumber = /^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?$/;
const simpleWords = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['[]', []],
  ['{}', {}],
]);

interface Reader {
  readonly lines: string[];
  at: number;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** The line that holds the next node, or null at the end; blank lines and comments are passed over. */
function next(reader: Reader): string | null {
  while (reader.at < reader.lines.length) {
    const line = reader.lines[reader.at] ?? '';
    if (!blankOrComment.test(line)) return line;
    reader.at++;
  }
  return null;
}

function scalar(text: string): unknown {
  if (text.startsWith('"')) return double.test(text) ? JSON.parse(text) : commented(text, double);
  if (text.startsWith("'")) return single.test(text) ? text.slice(1, -1).replaceAll("''", "'") : notCommon();
  if (simpleWords.has(text)) return structuredClone(simpleWords.get(text));
  if (!plain.test(text)) return commented(text, plain);
  if (!otherwiseTyped.test(text) || dotted.test(text)) return text;
  return simpleNumber.test(text) ? Number(text) : notCommon();
}

/** A value with a comment behind it on its line. */
function commented(text: string, form: RegExp): unknown {
  const end = text.indexOf(' #');
  if (end === -1) return notCommon();
  const value = text.slice(0, end);
  return form.test(value) ? scalar(value) : notCommon();
}

/** Lines of a literal block that is indented more than `indent`; the indicator's line is behind. */
function block(reader: Reader, indent: number, keepsEnd: boolean): string {
  const first = reader.lines[reader.at] ?? '';
  const depth = indentOf(first);
  if (depth <= indent || first.trim() === '') return notCommon();
  const content: string[] = [];
  for (; reader.at < reader.lines.length; reader.at++) {
    const line = reader.lines[reader.at] ?? '';
    if (line !== '' && indentOf(line) < depth) {
      // A line of spaces may or may not belong to the block.
      if (line.trim() === '') return notCommon();
      break;
    }
    content.push(line.slice(depth));
  }
  // Empty lines at the end: how many of them count is the library's to say. The last one ends the text.
  if (reader.at >= reader.lines.length && content.at(-1) === '') content.pop();
  if (content.at(-1)?.trim() === '') return notCommon();
  return content.join('\n') + (keepsEnd ? '\n' : '');
}

/** What stands behind a key or a hyphen; both are behind. `indent` is the indentation of the map or list that holds it. */
function value(reader: Reader, text: string, indent: number): unknown {
  if (text === '|' || text === '|-') return block(reader, indent, text === '|');
  const read = scalar(text);
  const following = next(reader);
  // A scalar may go on in the next line.
  if (following !== null && indentOf(following) > indent) return notCommon();
  return read;
}

function nested(reader: Reader, indent: number): unknown {
  const line = next(reader);
  if (line === null || indentOf(line) <= indent) return notCommon();
  return line.trimStart().startsWith('- ') ? list(reader, indentOf(line)) : map(reader, indentOf(line));
}

function list(reader: Reader, indent: number): unknown[] {
  const items: unknown[] = [];
  for (let line = next(reader); line !== null && indentOf(line) >= indent; line = next(reader)) {
    if (indentOf(line) > indent || !line.startsWith('- ', indent)) return notCommon();
    const text = line.slice(indent + 2);
    if (/^[ -] /.test(text) || text.startsWith(' ')) return notCommon();
    if (entry.test(text)) {
      reader.lines[reader.at] = `${' '.repeat(indent + 2)}${text}`;
      items.push(map(reader, indent + 2));
    } else {
      reader.at++;
      items.push(value(reader, text, indent));
    }
  }
  return items;
}

function map(reader: Reader, indent: number): Data {
  const result: Data = {};
  for (let line = next(reader); line !== null && indentOf(line) >= indent; line = next(reader)) {
    const found = indentOf(line) > indent ? null : entry.exec(line.slice(indent));
    if (found === null) return notCommon();
    const key = found[1] ?? found[2] ?? '';
    if (found[1] !== undefined && otherwiseTyped.test(key) && key !== 'on') return notCommon();
    if (Object.hasOwn(result, key) || key === '__proto__') return notCommon();
    reader.at++;
    result[key] = found[3] === undefined ? nested(reader, indent) : value(reader, found[3], indent);
  }
  return result;
}

/** The documents' data, or null when the text is not common enough to be sure of it. */
export function readCommonYaml(text: string): Data[] | null {
  if (!printable.test(text)) return null;
  const documents = text.split(/^---\n/m);
  if (documents.length > 1 && documents[0]?.split('\n').every((line) => blankOrComment.test(line))) documents.shift();
  try {
    return documents.map((document) => {
      const reader: Reader = { lines: document.split('\n'), at: 0 };
      const first = next(reader);
      if (first === null || indentOf(first) > 0) return notCommon();
      const result = map(reader, 0);
      return next(reader) === null ? result : notCommon();
    });
  } catch (error) {
    if (error === notCommonError) return null;
    throw error;
  }
}

/** All documents of a YAML text, by the fast way or the library's; a syntax error throws. */
export const readYaml = (text: string): Data[] => readCommonYaml(text) ?? yamlDocuments(text);
