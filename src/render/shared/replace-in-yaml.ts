// Changes a YAML text so that it holds another value, and keeps the comments and layout of what stays.
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parse,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { toYaml } from './yaml';

/** The value of one YAML document. */
export const fromYaml = (text: string): unknown => parse(text);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Quoted as toYaml quotes. */
const nodeOf = (value: unknown): Node | null => parseDocument(toYaml(value)).contents;

function replaceInMap(document: Document, map: YAMLMap, value: Record<string, unknown>): void {
  map.items = map.items.filter((pair) => isScalar(pair.key) && Object.hasOwn(value, String(pair.key.value)));
  for (const [key, inner] of Object.entries(value)) {
    const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    if (pair !== undefined) pair.value = replaced(document, pair.value as Node | null, inner);
    else map.items.push(...((nodeOf({ [key]: inner }) as YAMLMap).items as typeof map.items));
  }
}

function replaceInList(document: Document, list: YAMLSeq, value: readonly unknown[]): void {
  list.items = value.map((inner, index) => replaced(document, (list.items[index] ?? null) as Node | null, inner));
}

function replaced(document: Document, node: Node | null, value: unknown): Node | null {
  if (isMap(node) && isObject(value)) replaceInMap(document, node, value);
  else if (isSeq(node) && Array.isArray(value)) replaceInList(document, node, value);
  else if (!isScalar(node) || node.value !== value) return nodeOf(value);
  return node;
}

export function replaceInYaml(text: string, value: unknown): string {
  const document = parseDocument(text);
  document.contents = replaced(document, document.contents, value) as typeof document.contents;
  return document.toString({ lineWidth: 0, indentSeq: true });
}
