// Turns the syntax tree of one file into its scopes: what each name is, and where each value comes from.
import { commonJsExport, declareExports, declareImportEquals, declareImports } from './module-names';
import { openPattern } from './pattern';
import { append, declare, type Origin, resolve, type Scope, type Source, type SourceFile, scopeOfVar } from './scope';
import { child, codeIn, isCall, isMember, list, type SyntaxNode, staticKey, unwrap, word } from './syntax-tree';

const FUNCTIONS = new Set([
  'ArrowFunctionExpression',
  'ClassMethod',
  'ClassPrivateMethod',
  'FunctionDeclaration',
  'FunctionExpression',
  'ObjectMethod',
]);

const BLOCKS = new Set([
  'BlockStatement',
  'CatchClause',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'SwitchStatement',
]);

const CLASSES = new Set(['ClassDeclaration', 'ClassExpression']);

const FIELDS = new Set(['ClassProperty', 'ClassPrivateProperty', 'ClassAccessorProperty', 'StaticBlock']);

export const isFunction = (node: SyntaxNode): boolean => FUNCTIONS.has(node.type);
export const isClass = (node: SyntaxNode): boolean => CLASSES.has(node.type);

const itself = (node: SyntaxNode, scope: Scope): Source => ({ node, scope, take: 'itself' });

/** The scope inside a node; the one around it when the node opens none. */
function inside(node: SyntaxNode, scope: Scope): Scope {
  const within = { file: scope.file, parent: scope, bindings: new Map(), owner: scope.owner, self: scope.self };
  if (isClass(node)) {
    const opened: Scope = { ...within, holdsVar: false, self: null };
    return { ...opened, self: { node, isStatic: false, scope: opened } };
  }
  const isStatic = node.static === true || node.type === 'StaticBlock';
  const self = scope.self === null ? null : { ...scope.self, isStatic };
  if (FIELDS.has(node.type)) return { ...within, holdsVar: true, self };
  if (FUNCTIONS.has(node.type)) {
    const isMethod = node.type === 'ClassMethod' || node.type === 'ClassPrivateMethod';
    const keeps = node.type === 'ArrowFunctionExpression';
    return { ...within, holdsVar: true, owner: node, self: isMethod ? self : keeps ? scope.self : null };
  }
  if (node.type === 'TSModuleBlock') return { ...within, holdsVar: true, self: null };
  return BLOCKS.has(node.type) ? { ...within, holdsVar: false } : scope;
}

/** Where the loop variable of each loop gets its values. */
type LoopSources = Map<SyntaxNode, Source>;

function declareVariables(node: SyntaxNode, scope: Scope, loops: LoopSources): void {
  const target = node.kind === 'var' ? scopeOfVar(scope) : scope;
  for (const declarator of list(node, 'declarations')) {
    const id = child(declarator, 'id');
    const init = child(declarator, 'init');
    if (id === null) continue;
    const source = init === null ? (loops.get(node) ?? null) : itself(init, scope);
    openPattern(id, scope, source, (name, origin) => declare(name, target).origins.push(origin));
  }
}

function declareParameters(node: SyntaxNode, scope: Scope): void {
  const catches = child(node, 'param');
  for (const parameter of [...list(node, 'params'), ...(catches === null ? [] : [catches])]) {
    const isField = parameter.type === 'TSParameterProperty';
    openPattern(parameter, scope, null, (name, origin) => {
      declare(name, scope).origins.push(origin);
      if (isField && scope.self !== null) addField(scope, name, origin);
    });
  }
}

function addField(scope: Scope, name: string, origin: Origin): void {
  if (scope.self === null) return;
  const known = scope.file.fields.get(scope.self.node) ?? new Map<string, Origin[]>();
  append(known, name, origin);
  scope.file.fields.set(scope.self.node, known);
}

/** `x = value`, `({ x } = value)`, `this.x = value`, `exports.x = value`: called when all names are declared. */
function assign(node: SyntaxNode, scope: Scope): void {
  const left = child(node, 'left');
  const right = child(node, 'right');
  if (left === null || right === null) return;
  const target = unwrap(left);
  const source = itself(right, scope);
  if (!isMember(target)) {
    openPattern(target, scope, source, (name, origin) => resolve(name, scope)?.origins.push(origin));
    return;
  }
  const exported = commonJsExport(target, scope);
  if (exported !== null) append(scope.file.exports, exported, { kind: 'expression', source });
  const key = staticKey(target, 'property');
  if (key !== null && child(target, 'object')?.type === 'ThisExpression') {
    addField(scope, key, { kind: 'expression', source });
  }
}

const ASSIGNS = new Set(['=', '??=', '||=', '&&=']);

/** Declares what the node itself declares around it. */
function declareOutside(node: SyntaxNode, scope: Scope, loops: LoopSources): void {
  const { file } = scope;
  const name = word(child(node, 'id'), 'name');
  if (isCall(node)) file.calls.push({ node, scope });
  switch (node.type) {
    case 'VariableDeclaration':
      declareVariables(node, scope, loops);
      break;
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      if (name !== null) declare(name, scope).origins.push({ kind: 'expression', source: itself(node, scope) });
      break;
    case 'TSModuleDeclaration':
      if (name !== null) declare(name, scope);
      break;
    case 'ForInStatement':
    case 'ForOfStatement': {
      const left = child(node, 'left');
      const right = child(node, 'right');
      const take = node.type === 'ForInStatement' ? 'keys' : 'elements';
      if (left !== null && right !== null) loops.set(left, { node: right, scope, take });
      break;
    }
    case 'ReturnStatement': {
      const argument = child(node, 'argument');
      if (argument !== null && scope.owner !== null) append(file.returns, scope.owner, itself(argument, scope));
      break;
    }
    case 'ImportDeclaration':
      declareImports(node, scope);
      break;
    case 'TSImportEqualsDeclaration':
      declareImportEquals(node, scope);
      break;
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
    case 'ExportAllDeclaration':
    case 'TSExportAssignment':
      declareExports(node, scope);
      break;
  }
}

/** Declares what the node declares inside itself: parameters, and the own name of a function or class expression. */
function declareInside(node: SyntaxNode, scope: Scope): void {
  if (FUNCTIONS.has(node.type) || node.type === 'CatchClause') declareParameters(node, scope);
  const ownName = word(child(node, 'id'), 'name');
  if (ownName !== null && (node.type === 'FunctionExpression' || CLASSES.has(node.type))) {
    declare(ownName, scope).origins.push({ kind: 'expression', source: itself(node, scope) });
  }
}

/** All scopes of one file. */
export function readScopes(path: string, tree: SyntaxNode): SourceFile {
  const program: Scope = {
    get file() {
      return file;
    },
    parent: null,
    holdsVar: true,
    bindings: new Map(),
    self: null,
    owner: null,
  };
  const file: SourceFile = {
    path,
    tree,
    program,
    scopes: new Map([[tree, program]]),
    patterns: new Map(),
    calls: [],
    returns: new Map(),
    fields: new Map(),
    exports: new Map(),
    reexported: [],
    imported: new Set(),
    importedNames: new Map(),
    targets: new Set(),
  };
  const loops: LoopSources = new Map();
  const assignments: { node: SyntaxNode; scope: Scope }[] = [];
  // A list of what is left to visit in place of recursion: a chain of thousands of "+" is thousands of levels deep.
  const rest = [{ node: tree, scope: program }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { node, scope } = next;
    declareOutside(node, scope, loops);
    if (node.type === 'AssignmentExpression' && ASSIGNS.has(word(node, 'operator') ?? '')) assignments.push(next);
    const within = node === tree ? program : inside(node, scope);
    if (within !== scope) {
      file.scopes.set(node, within);
      declareInside(node, within);
    }
    for (const each of codeIn(node).reverse()) rest.push({ node: each, scope: within });
  }
  for (const { node, scope } of assignments) assign(node, scope);
  return file;
}

/** Visits every node of a file that is there at run time, outer before inner, with the scope around it. */
export function walk(
  file: SourceFile,
  visit: (node: SyntaxNode, scope: Scope, parent: SyntaxNode | null) => void,
): void {
  const rest: { node: SyntaxNode; scope: Scope; parent: SyntaxNode | null }[] = [
    { node: file.tree, scope: file.program, parent: null },
  ];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { node, scope, parent } = next;
    visit(node, scope, parent);
    const within = file.scopes.get(node) ?? scope;
    for (const each of codeIn(node).reverse()) rest.push({ node: each, scope: within, parent: node });
  }
}
