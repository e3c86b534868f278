// Turns lines with comments into a YAML document for a person to go on with, and reads plain YAML back.
import { Document, type Pair, parse, Scalar, YAMLMap, YAMLSeq } from 'yaml';

export type YamlScalar = string | number | boolean;

/** One item of a list, with the comment behind it. */
export interface CommentedItem {
  readonly value: YamlScalar;
  readonly comment: string | null;
}

/** One key with its value and the comment behind it; above it when the value is a list or a map. */
export interface CommentedLine {
  readonly key: string;
  readonly value: YamlScalar | readonly CommentedItem[] | CommentedMap;
  readonly comment: string | null;
}

/** Keys, and what is to be said after the last of them: lines that a person may take out of the comment. */
export interface CommentedMap {
  readonly lines: readonly CommentedLine[];
  readonly after: readonly string[];
}

// What a YAML reader takes for the end of a line, or refuses, must not get out of a comment or into it.
const printable = (text: string): string =>
  [...text]
    .map((char) =>
      char < ' ' ||
      (char >= '\u007f' && char <= '\u009f') ||
      char === '\u2028' ||
      char === '\u2029' ||
      char === '\ufeff'
        ? ' '
        : char,
    )
    .join('');

const commented = (text: string): string => ` ${printable(text)}`;

function scalar(value: YamlScalar, comment: string | null): Scalar {
  const node = new Scalar(value);
  if (comment !== null) node.comment = commented(comment);
  return node;
}

function valueNode(document: Document, line: CommentedLine): Scalar | YAMLSeq | YAMLMap {
  const { value, comment } = line;
  if (typeof value !== 'object') return scalar(value, comment);
  if ('lines' in value) return mapNode(document, value);
  const node = new YAMLSeq(document.schema);
  node.items = value.map((item) => scalar(item.value, item.comment));
  return node;
}

function mapNode(document: Document, map: CommentedMap): YAMLMap {
  const node = new YAMLMap(document.schema);
  node.items = map.lines.map((line): Pair => {
    const key = new Scalar(line.key);
    if (line.comment !== null && typeof line.value === 'object') key.commentBefore = commented(line.comment);
    return document.createPair(key, valueNode(document, line));
  });
  // An empty map is written in flow style, which has no place for comments.
  if (map.after.length > 0 && node.items.length > 0) node.comment = map.after.map(commented).join('\n');
  return node;
}

/** The document's text; `head` becomes the comment above it. Ambiguous words are quoted for readers of YAML 1.1, too. */
export function commentedYaml(head: readonly string[], map: CommentedMap): string {
  const document = new Document(null, { compat: 'yaml-1.1' });
  const contents = mapNode(document, map);
  // A blank line around each section: the file is read by people first.
  contents.items.forEach((pair, index) => {
    const before = contents.items[index - 1];
    if (before === undefined) return;
    const isSection = !(pair.value instanceof Scalar && before.value instanceof Scalar);
    if (isSection) (pair.key as Scalar).spaceBefore = true;
  });
  document.contents = contents as never;
  document.commentBefore = head.map(commented).join('\n');
  return document.toString({ lineWidth: 0 });
}

/** The value of a YAML text that other tools wrote; null when it does not parse. */
export function parsePlainYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch {
    return null;
  }
}
