// Turns YAML text into a plain value and the place of every key and value in it.
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Diagnostic, Place } from '../diagnostics';

export type DeclaredPath = readonly (string | number)[];

export interface ReadDocument {
  /** Null when the text does not parse. */
  readonly value: unknown;
  /** Place of the value at a path, or of the nearest value around it. */
  readonly placeOf: (path: DeclaredPath) => Place;
  /** Place of the key itself: for a key that should not be there. */
  readonly placeOfKey: (path: DeclaredPath) => Place;
  readonly diagnostics: readonly Diagnostic[];
}

const tooManyAliases = 100;

/** Reads one YAML document (anchors and merge keys included). Duplicate keys and several documents are errors. */
export function readYaml(text: string, file: string): ReadDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, uniqueKeys: true, strict: true });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const diagnostics: Diagnostic[] = document.errors.map((error) => ({
    code: 'yaml-does-not-parse',
    severity: 'error',
    path: [],
    place: at(error.pos[0]),
    message: (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, ''),
    fix: null,
  }));
  let value: unknown = null;
  if (diagnostics.length === 0) {
    try {
      value = document.toJS({ maxAliasCount: tooManyAliases });
    } catch (error) {
      diagnostics.push({
        code: 'yaml-does-not-parse',
        severity: 'error',
        path: [],
        place: at(0),
        message: error instanceof Error ? error.message : 'The document cannot be read.',
        fix: 'Use fewer aliases: each must be anchored in the same document.',
      });
    }
  }
  const start = (node: Node | null | undefined): number | null => node?.range?.[0] ?? null;
  const find = (path: DeclaredPath, wantKey: boolean): Place => {
    let node: Node | null = document.contents as Node | null;
    let offset = start(node) ?? 0;
    for (const [index, key] of path.entries()) {
      if (isAlias(node)) node = (node.resolve(document as Document) as Node | undefined) ?? null;
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
        if (pair === undefined) return at(offset);
        const keyOffset = start(pair.key as Node);
        const valueOffset = start(pair.value as Node | null);
        offset = (index === path.length - 1 && wantKey ? keyOffset : (valueOffset ?? keyOffset)) ?? offset;
        node = pair.value as Node | null;
      } else if (isSeq(node)) {
        node = (node.items[Number(key)] as Node | undefined) ?? null;
        offset = start(node) ?? offset;
      } else {
        return at(offset);
      }
    }
    return at(offset);
  };
  return { value, placeOf: (path) => find(path, false), placeOfKey: (path) => find(path, true), diagnostics };
}
