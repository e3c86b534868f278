// Turns the import and export statements of a file into bindings and exports.
import { append, declare, resolve, type Scope } from './scope';
import { child, isMember, list, type SyntaxNode, staticKey, unwrap, word } from './syntax-tree';

/** A name in an import or export list is written as a word or, for names that are none, as a string. */
const listedName = (node: SyntaxNode | null): string | null => word(node, 'name') ?? word(node, 'value');

export function declareImports(node: SyntaxNode, scope: Scope): void {
  const specifier = word(child(node, 'source'), 'value');
  if (specifier === null) return;
  for (const each of list(node, 'specifiers')) {
    const local = word(child(each, 'local'), 'name');
    const imported = listedName(child(each, 'imported'));
    if (local !== null && imported !== null) scope.file.importedNames.set(local, { specifier, imported });
  }
  if (node.importKind === 'type') return;
  scope.file.imported.add(specifier);
  for (const each of list(node, 'specifiers')) {
    const local = word(child(each, 'local'), 'name');
    if (local === null || each.importKind === 'type') continue;
    const imported =
      each.type === 'ImportDefaultSpecifier'
        ? 'default'
        : each.type === 'ImportNamespaceSpecifier'
          ? null
          : listedName(child(each, 'imported'));
    declare(local, scope).origins.push({ kind: 'import', specifier, imported });
  }
}

/** `import name = require('module')`. */
export function declareImportEquals(node: SyntaxNode, scope: Scope): void {
  const local = word(child(node, 'id'), 'name');
  if (local === null || node.importKind === 'type') return;
  const reference = child(node, 'moduleReference');
  const specifier = reference === null ? null : word(child(reference, 'expression'), 'value');
  const binding = declare(local, scope);
  if (specifier === null) return;
  scope.file.imported.add(specifier);
  binding.origins.push({ kind: 'import', specifier, imported: null });
}

/** The names that a pattern declares. */
function namesIn(pattern: SyntaxNode | null): string[] {
  if (pattern === null) return [];
  switch (pattern.type) {
    case 'Identifier':
      return [word(pattern, 'name') ?? ''];
    case 'ObjectPattern':
      return list(pattern, 'properties').flatMap((each) => namesIn(child(each, 'value') ?? child(each, 'argument')));
    case 'ArrayPattern':
      return list(pattern, 'elements').flatMap(namesIn);
    case 'AssignmentPattern':
      return namesIn(child(pattern, 'left'));
    case 'RestElement':
      return namesIn(child(pattern, 'argument'));
    default:
      return [];
  }
}

function namesDeclaredBy(declaration: SyntaxNode): string[] {
  return declaration.type === 'VariableDeclaration'
    ? list(declaration, 'declarations').flatMap((each) => namesIn(child(each, 'id')))
    : namesIn(child(declaration, 'id'));
}

/** Exports a name of the file's own scope; its binding may be declared further down. */
function exportLocal(exported: string, local: string, scope: Scope): void {
  const { file } = scope;
  append(file.exports, exported, {
    kind: 'expression',
    source: { node: { type: 'Identifier', name: local }, scope: file.program, take: 'itself' },
  });
}

function exportNamed(node: SyntaxNode, scope: Scope): void {
  if (node.exportKind === 'type') return;
  const declaration = child(node, 'declaration');
  if (declaration !== null) for (const name of namesDeclaredBy(declaration)) exportLocal(name, name, scope);
  const specifier = word(child(node, 'source'), 'value');
  if (specifier !== null) scope.file.imported.add(specifier);
  for (const each of list(node, 'specifiers')) {
    const exported = listedName(child(each, 'exported'));
    const local = listedName(child(each, 'local'));
    if (exported === null || each.exportKind === 'type') continue;
    // `export * as name from` has no local name.
    if (specifier !== null) append(scope.file.exports, exported, { kind: 'import', specifier, imported: local });
    else if (local !== null) exportLocal(exported, local, scope);
  }
}

/** Any of the four export statements, and TypeScript's `export =`. */
export function declareExports(node: SyntaxNode, scope: Scope): void {
  const { file } = scope;
  if (node.type === 'ExportNamedDeclaration') {
    exportNamed(node, scope);
    return;
  }
  if (node.type === 'ExportAllDeclaration') {
    const specifier = word(child(node, 'source'), 'value');
    if (specifier === null || node.exportKind === 'type') return;
    file.imported.add(specifier);
    file.reexported.push(specifier);
    return;
  }
  const value = child(node, node.type === 'TSExportAssignment' ? 'expression' : 'declaration');
  if (value === null) return;
  const name = node.type === 'TSExportAssignment' ? 'export=' : 'default';
  append(file.exports, name, { kind: 'expression', source: { node: value, scope, take: 'itself' } });
}

const isGlobal = (node: SyntaxNode | null, name: string, scope: Scope): boolean =>
  node !== null && node.type === 'Identifier' && node.name === name && resolve(name, scope) === null;

/** The export that an assignment to this target makes: `exports.a`, `module.exports.a`, `module.exports`; else null. */
export function commonJsExport(target: SyntaxNode, scope: Scope): string | null {
  if (!isMember(target)) return null;
  const object = child(target, 'object');
  const key = staticKey(target, 'property');
  if (object === null || key === null) return null;
  const owner = unwrap(object);
  if (isGlobal(owner, 'module', scope)) return key === 'exports' ? 'export=' : null;
  if (isGlobal(owner, 'exports', scope)) return key;
  return commonJsExport(owner, scope) === 'export=' ? key : null;
}
