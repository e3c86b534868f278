// Turns a plain object into YAML text that every reader understands the same way. The only home of the `yaml` serialiser for artifacts.
import { Document, isMap, isPair, isScalar, isSeq, type Node, type ParsedNode, Scalar, visit } from 'yaml';
import { type PlainComments, plainYaml } from './plain-yaml';

/** Comments by path (keys and indexes joined with a dot, `spec.template`), written above that key or item. */
export type YamlComments = Readonly<Record<string, string>>;

/** Comments by path, written at the end of the line of a key with a plain value: `uses: … # v7.0.1`. */
export type YamlLineComments = Readonly<Record<string, string>>;

/** A string that YAML 1.1 readers (PyYAML, Go's yaml.v2) or 1.2 readers would take for something else must be quoted. */
const ambiguous =
  /^(?:[yn]|yes|no|on|off|true|false|null|~|[-+]?[0-9][0-9_,.:]*(?:e[-+]?[0-9]+)?|0[xob][0-9a-f_]+|[-+]?\.(?:inf|nan)|\.[0-9]+|\d{4}-\d\d?-\d\d?.*|=|<<)$/i;

/** Characters that YAML 1.1 readers take for a line break (NEL, LS, PS) or refuse (DEL, C1, byte order mark), and the library writes as they are. */
const outside = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
const everyOutside = new RegExp(outside.source, 'g');

/** A comment ends at what a reader takes for a line break: text from a declaration must not get out of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about.
const notInComments = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Keys that are bare in every published example although YAML 1.1 takes them for booleans. */
function isAmbiguous(text: string, isKey: boolean): boolean {
  return ambiguous.test(text) && !(isKey && text === 'on');
}

/**
 * One YAML document. Order of keys is the order of the object; `undefined` values are dropped.
 * Multi-line strings become block scalars; shared objects are written out, never as aliases.
 */
export function toYaml(value: unknown, comments: YamlComments = {}, lineComments: YamlLineComments = {}): string {
  return (
    plainYaml(value, plainComments(comments, lineComments), isAmbiguous) ?? libraryYaml(value, comments, lineComments)
  );
}

function plainComments(comments: YamlComments, lineComments: YamlLineComments): PlainComments {
  return {
    above: new Map(Object.entries(comments).map(([path, comment]) => [path, commentText(comment).split('\n')])),
    after: new Map(
      Object.entries(lineComments).map(([path, comment]) => [path, commentText(comment).replaceAll('\n', ' ')]),
    ),
  };
}

/** The same by the library alone: the reference that plain YAML is held to. */
export function libraryYaml(value: unknown, comments: YamlComments = {}, lineComments: YamlLineComments = {}): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  for (const [place, byPath] of [['above', comments] as const, ['after', lineComments] as const]) {
    for (const [path, comment] of Object.entries(byPath)) {
      const found = attach(document.contents, path.split('.'), place, comment);
      if (!found) throw new Error(`BUG: no YAML node at ${path} for a comment`);
    }
  }
  visit(document, {
    Scalar(key, node) {
      if (typeof node.value !== 'string') return;
      if (outside.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
      else if (node.value.includes('\n')) node.type = Scalar.BLOCK_LITERAL;
      else if (isAmbiguous(node.value, key === 'key')) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  const text = document.toString({ lineWidth: 0, indentSeq: true });
  // Such characters can only stand in double quotes by now, where YAML lets every one of them be escaped.
  return text.replace(everyOutside, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Several documents in one file, separated by `---`. */
export function toYamlDocuments(
  values: readonly { readonly value: unknown; readonly comments?: YamlComments }[],
): string {
  return values.map(({ value, comments }) => toYaml(value, comments)).join('---\n');
}

type Place = 'above' | 'after';

function attach(node: Node | ParsedNode | null, keys: readonly string[], place: Place, comment: string): boolean {
  const [key, ...rest] = keys;
  if (key === undefined) return false;
  if (isMap(node)) {
    // A key may hold dots itself: try the longest name first.
    for (let length = keys.length; length >= 1; length--) {
      const name = keys.slice(0, length).join('.');
      const pair = node.items.find((item) => isPair(item) && (isScalar(item.key) ? item.key.value : item.key) === name);
      if (pair === undefined) continue;
      if (length < keys.length) return attach(pair.value as Node, keys.slice(length), place, comment);
      if (place === 'after') return attachAfter(pair.value, comment);
      if (isScalar(pair.key)) (pair.key as Scalar).commentBefore = commentText(comment);
      else return false;
      return true;
    }
    return false;
  }
  if (isSeq(node)) {
    const item = node.items[Number(key)] as Node | undefined;
    if (item === undefined) return false;
    if (rest.length > 0) return attach(item, rest, place, comment);
    if (place === 'after') return attachAfter(item, comment);
    item.commentBefore = commentText(comment);
    return true;
  }
  return false;
}

/** Only a value that ends on its own line has a place for it. */
function attachAfter(value: unknown, comment: string): boolean {
  if (!isScalar(value) || (typeof value.value === 'string' && value.value.includes('\n'))) return false;
  value.comment = commentText(comment).replaceAll('\n', ' ');
  return true;
}

const commentText = (comment: string): string =>
  comment
    .replace(notInComments, ' ')
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n');
