// Turns a plain object into YAML text that every reader understands the same way. The only home of the `yaml` serialiser for artifacts.
import { Document, isMap, isPair, isScalar, isSeq, type Node, type ParsedNode, Scalar, visit } from 'yaml';

/** Comments by path (keys and indexes joined with a dot, `spec.template`), written above that key or item. */
export type YamlComments = Readonly<Record<string, string>>;

/** A string that YAML 1.1 readers (PyYAML, Go's yaml.v2) or 1.2 readers would take for something else must be quoted. */
const ambiguous = /^(?:[yn]|yes|no|on|off|true|false|null|~|[-+]?[0-9][0-9_,.:]*(?:e[-+]?[0-9]+)?|0[xob][0-9a-f_]+|[-+]?\.(?:inf|nan)|\.[0-9]+|\d{4}-\d\d?-\d\d?.*|=|<<)$/i;

/** Keys that are bare in every published example although YAML 1.1 takes them for booleans. */
function isAmbiguous(text: string, isKey: boolean): boolean {
  return ambiguous.test(text) && !(isKey && text === 'on');
}

/**
 * One YAML document. Order of keys is the order of the object; `undefined` values are dropped.
 * Multi-line strings become block scalars; shared objects are written out, never as aliases.
 */
export function toYaml(value: unknown, comments: YamlComments = {}): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  for (const [path, comment] of Object.entries(comments)) {
    const keys = path.split('.');
    if (!attach(document.contents, keys, comment)) throw new Error(`BUG: no YAML node at ${path} for a comment`);
  }
  visit(document, {
    Scalar(key, node) {
      if (typeof node.value !== 'string') return;
      if (node.value.includes('\n')) node.type = Scalar.BLOCK_LITERAL;
      else if (isAmbiguous(node.value, key === 'key')) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0, indentSeq: true });
}

/** Several documents in one file, separated by `---`. */
export function toYamlDocuments(values: readonly { readonly value: unknown; readonly comments?: YamlComments }[]): string {
  return values.map(({ value, comments }) => toYaml(value, comments)).join('---\n');
}

function attach(node: Node | ParsedNode | null, keys: readonly string[], comment: string): boolean {
  const [key, ...rest] = keys;
  if (key === undefined) return false;
  const text = comment
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n');
  if (isMap(node)) {
    // A key may hold dots itself: try the longest name first.
    for (let length = keys.length; length >= 1; length--) {
      const name = keys.slice(0, length).join('.');
      const pair = node.items.find((item) => isPair(item) && (isScalar(item.key) ? item.key.value : item.key) === name);
      if (pair === undefined) continue;
      if (length < keys.length) return attach(pair.value as Node, keys.slice(length), comment);
      if (isScalar(pair.key)) (pair.key as Scalar).commentBefore = text;
      else return false;
      return true;
    }
    return false;
  }
  if (isSeq(node)) {
    const item = node.items[Number(key)] as Node | undefined;
    if (item === undefined) return false;
    if (rest.length > 0) return attach(item, rest, comment);
    item.commentBefore = text;
    return true;
  }
  return false;
}
