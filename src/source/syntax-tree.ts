// Turns the text of a TypeScript or JavaScript file into its syntax tree.

/** A node of the tree as the parser makes it. Fields beyond these differ by type and are read with `child`, `list` and `word`. */
export interface SyntaxNode {
  readonly type: string;
  readonly loc?: { readonly start: { readonly line: number; readonly column: number } } | null;
  readonly [field: string]: unknown;
}

/** Why a file could not be read, and where. Lines and columns count from 1. */
export interface ParseFailure {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Either the tree, or the reason why there is none. */
export type ParsedSource =
  | { readonly tree: SyntaxNode; readonly failure: null }
  | { readonly tree: null; readonly failure: ParseFailure };

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** The node in this field, or null when the field is empty. */
export function child(node: SyntaxNode, field: string): SyntaxNode | null {
  const value = node[field];
  return isNode(value) ? value : null;
}

/** The nodes in this field; holes, as in `[a, , b]`, are null. */
export function slots(node: SyntaxNode, field: string): (SyntaxNode | null)[] {
  const value = node[field];
  return Array.isArray(value) ? value.map((each) => (isNode(each) ? each : null)) : [];
}

/** The nodes in this field, without holes. */
export const list = (node: SyntaxNode, field: string): SyntaxNode[] =>
  slots(node, field).filter((each) => each !== null);

/** The text in this field, or null when it holds none. */
export function word(node: SyntaxNode | null, field: string): string | null {
  const value = node?.[field];
  return typeof value === 'string' ? value : null;
}

/** The last part of a file's name, after the last dot. */
const extension = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** True for a file that `parseSource` can read. Declaration files hold no code. */
export function isCode(path: string): boolean {
  const isDeclaration = ['.d.ts', '.d.mts', '.d.cts'].some((end) => path.endsWith(end));
  return !isDeclaration && ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'].includes(extension(path));
}

/** The parser says the place twice: as data, and as "(3:5)" at the end of its message. */
function withoutPlace(message: string): string {
  const bracket = message.lastIndexOf(' (');
  return bracket > 0 && message.endsWith(')') ? message.slice(0, bracket) : message;
}

function failureOf(error: unknown): ParseFailure {
  // A file nested thousands of levels deep overflows the parser's stack; that has no place.
  if (!(error instanceof SyntaxError)) return { message: 'nested too deeply to be read', line: 1, column: 1 };
  const loc = (error as { loc?: { line: number; column: number } }).loc;
  return { message: withoutPlace(error.message), line: loc?.line ?? 1, column: (loc?.column ?? 0) + 1 };
}

/**
 * The tree of one file. Mistakes that the parser can step over (a name declared twice, an octal literal in a module)
 * are the compiler's business and are stepped over.
 */
export function parseSource(path: string, text: string): ParsedSource {
  // Loaded here, as only `check --source` and `init` read code; every other command would pay for it in start-up time.
  const parser = require('@babel/parser') as typeof import('@babel/parser');
  const end = extension(path);
  const isTypeScript = ['ts', 'tsx', 'mts', 'cts'].includes(end);
  // In .ts files `<T>value` is a type assertion, in every other kind `<T>` opens an element. The decorators that take
  // parameters (NestJS) are the legacy ones, which also accept the syntax of the standard ones on classes and members.
  const plugins: import('@babel/parser').ParserPlugin[] = ['decorators-legacy', 'decoratorAutoAccessors'];
  if (isTypeScript) plugins.push('typescript');
  if (!isTypeScript || end === 'tsx') plugins.push('jsx');
  const sourceType =
    end === 'cjs' || end === 'cts' ? 'script' : isTypeScript || end === 'mjs' ? 'module' : 'unambiguous';
  try {
    const tree = parser.parse(text, {
      sourceType,
      plugins,
      errorRecovery: true,
      allowAwaitOutsideFunction: true,
      allowImportExportEverywhere: true,
      allowNewTargetOutsideFunction: true,
      allowReturnOutsideFunction: true,
      allowSuperOutsideMethod: true,
      allowUndeclaredExports: true,
    });
    return { tree: tree.program as unknown as SyntaxNode, failure: null };
  } catch (error) {
    return { tree: null, failure: failureOf(error) };
  }
}

// Fields that hold types, comments or positions: nothing in them runs.
const NOT_CODE = new Set([
  'loc',
  'extra',
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'superTypeParameters',
  'implements',
  'leadingComments',
  'innerComments',
  'trailingComments',
]);

// The only nodes of TypeScript's own that hold code; all the others are types, gone at run time.
const TYPESCRIPT_CODE = new Set([
  'TSAsExpression',
  'TSEnumBody',
  'TSEnumDeclaration',
  'TSEnumMember',
  'TSExportAssignment',
  'TSExternalModuleReference',
  'TSImportEqualsDeclaration',
  'TSInstantiationExpression',
  'TSModuleBlock',
  'TSModuleDeclaration',
  'TSNonNullExpression',
  'TSParameterProperty',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
]);

const runs = (node: SyntaxNode): boolean =>
  node.declare !== true && (!node.type.startsWith('TS') || TYPESCRIPT_CODE.has(node.type));

/** The nodes directly inside one that are there at run time, in the order of the text. */
export function codeIn(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const field in node) {
    if (NOT_CODE.has(field)) continue;
    const value = node[field];
    for (const each of Array.isArray(value) ? value : [value]) if (isNode(each) && runs(each)) found.push(each);
  }
  return found;
}

const WRAPPERS = new Set([
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSInstantiationExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
]);

/** The expression inside `(x)`, `x!`, `x as T`, `<T>x` and `x satisfies T`. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (WRAPPERS.has(inner.type)) {
    const next = child(inner, 'expression');
    if (next === null) return inner;
    inner = next;
  }
  return inner;
}

export const isMember = (node: SyntaxNode): boolean =>
  node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';

export const isCall = (node: SyntaxNode): boolean =>
  node.type === 'CallExpression' || node.type === 'OptionalCallExpression' || node.type === 'NewExpression';

/** The name of a key written as `name`, `'name'`, `5` or `#name`; null for a computed one. */
export function staticKey(node: SyntaxNode, field: 'key' | 'property' | 'id'): string | null {
  const key = child(node, field);
  if (key === null) return null;
  if (key.type === 'PrivateName') return `#${word(child(key, 'id'), 'name') ?? ''}`;
  if (key.type === 'StringLiteral') return word(key, 'value');
  if (node.computed === true) return null;
  return key.type === 'NumericLiteral' ? String(key.value) : word(key, 'name');
}
