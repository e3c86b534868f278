// Turns the text of a settings file (JSON with comments, or a module) into one literal in it.
import { child, codeIn, list, parseSource, type SyntaxNode, staticKey, unwrap, word } from './syntax-tree';

/** The object or text under this chain of keys, starting at this object; null when one of them is not there. */
function under(node: SyntaxNode, keys: readonly string[]): SyntaxNode | null {
  let at: SyntaxNode | null = unwrap(node);
  for (const key of keys) {
    const property: SyntaxNode | undefined = list(at, 'properties').find((each) => staticKey(each, 'key') === key);
    const value: SyntaxNode | null = property === undefined ? null : child(property, 'value');
    if (value === null) return null;
    at = unwrap(value);
  }
  return at;
}

/**
 * The text under a chain of keys of any object literal in the file: `['build', 'outDir']` of a vite.config.ts,
 * `['compilerOptions', 'outDir']` of a tsconfig.json. Null when it is computed, or not there.
 */
export function findLiteral(path: string, text: string, keys: readonly string[]): string | null {
  const isJson = path.endsWith('.json');
  const { tree } = parseSource(isJson ? `${path}.js` : path, isJson ? `(${text})` : text);
  if (tree === null) return null;
  const rest = [tree];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    const found = node.type === 'ObjectExpression' ? under(node, keys) : null;
    if (found?.type === 'StringLiteral') return word(found, 'value');
    rest.push(...codeIn(node).reverse());
  }
  return null;
}
