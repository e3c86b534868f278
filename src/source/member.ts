// Turns a value and the name of a member into the values of that member.
import type { Evaluator } from './evaluate';
import { ACCESSOR } from './module-files';
import type { Scope } from './scope';
import { child, list, type SyntaxNode, staticKey, word } from './syntax-tree';
import { type Environment, environmentIn, UNKNOWN, union, type Value, written } from './value';

// Objects spread into each other; nobody writes more, and each is a level of recursion.
const MOST_SPREADS = 200;

/** Members of an enum, in both shapes that parsers give it. */
const enumMembers = (node: SyntaxNode): SyntaxNode[] => list(child(node, 'body') ?? node, 'members');

function memberOfObject(node: SyntaxNode, name: string | null, scope: Scope, ev: Evaluator): readonly Value[] {
  if (node.type === 'TSEnumDeclaration') {
    const found = enumMembers(node).filter((each) => name === null || staticKey(each, 'id') === name);
    return union(
      found.map((each) => {
        const value = child(each, 'initializer');
        return value === null ? [UNKNOWN] : ev.evaluate(value, scope);
      }),
    );
  }
  const groups = list(node, 'properties').map((property): readonly Value[] => {
    if (property.type === 'SpreadElement') {
      const spread = child(property, 'argument');
      return spread === null ? [] : ev.member(ev.evaluate(spread, scope), name);
    }
    const key = staticKey(property, 'key');
    if (name !== null && key !== name && key !== null) return [];
    if (property.type === 'ObjectMethod') return valuesOfMethod(property, scope, ev);
    const value = child(property, 'value');
    return value === null ? [] : ev.evaluate(value, scope);
  });
  const found = union(groups);
  return found.length === 0 ? [UNKNOWN] : found;
}

/** A method is a function; a getter is what it returns. */
function valuesOfMethod(node: SyntaxNode, scope: Scope, ev: Evaluator): readonly Value[] {
  if (node.kind !== 'get') return [{ kind: 'function', node, scope }];
  return union((scope.file.returns.get(node) ?? []).map((source) => ev.evaluate(source.node, source.scope)));
}

function memberOfClass(
  value: Extract<Value, { kind: 'class' | 'instance' }>,
  name: string | null,
  ev: Evaluator,
): readonly Value[] {
  const { node } = value;
  const { file } = value.scope;
  const within = file.scopes.get(node) ?? value.scope;
  const isStatic = value.kind === 'class';
  const declared = list(child(node, 'body') ?? node, 'body')
    .filter((each) => (each.static === true) === isStatic && staticKey(each, 'key') === name && name !== null)
    .flatMap((each): readonly Value[] => {
      if (each.type === 'ClassMethod' || each.type === 'ClassPrivateMethod') return valuesOfMethod(each, within, ev);
      const initial = child(each, 'value');
      return initial === null ? [] : ev.evaluate(initial, file.scopes.get(each) ?? within);
    });
  const assigned = (file.fields.get(node)?.get(name ?? '') ?? []).flatMap((origin) => ev.valuesOfOrigin(origin, file));
  const own = union([declared, assigned]);
  if (own.length > 0) return own;
  const parent = child(node, 'superClass');
  if (parent === null) return [UNKNOWN];
  const parents = ev
    .evaluate(parent, value.scope)
    .map((each): Value => (each.kind === 'class' && !isStatic ? { ...each, kind: 'instance' } : each));
  return ev.member(parents, name);
}

function memberOfFile(path: string, name: string | null, ev: Evaluator, seen: Set<string>): readonly Value[] {
  const file = ev.files.get(path);
  if (file === undefined || name === null || seen.has(path)) return [];
  seen.add(path);
  // A CommonJS module is its own default import.
  const own = file.exports.get(name) ?? (name === 'default' ? file.exports.get('export=') : undefined);
  if (own !== undefined) return union(own.map((origin) => ev.valuesOfOrigin(origin, file)));
  return union(
    file.reexported
      .flatMap((specifier) => ev.module(specifier, file))
      .map((each) => (each.kind === 'file' ? memberOfFile(each.path, name, ev, seen) : ev.member([each], name))),
  );
}

/** In a service `environment` is a function that returns the environment, in a static site the environment itself. */
function memberOfAccessor(name: string | null): readonly Value[] {
  const itself: Value = { kind: 'package', name: ACCESSOR, member: name ?? '?' };
  if (name === 'environment') return [{ kind: 'environment', of: 'accessor' }, itself];
  return name === 'readEnvironment' ? [itself] : [UNKNOWN];
}

/** The member `name` of one value; a null name is one that is not known. */
export function memberOf(value: Value, name: string | null, ev: Evaluator): readonly Value[] {
  switch (value.kind) {
    case 'global':
      if (name === 'process') return [{ kind: 'process' }];
      return name === 'globalThis' || name === 'global' ? [value] : [UNKNOWN];
    case 'process':
      if (name === 'env') return [{ kind: 'environment', of: 'process' }];
      return name === 'default' ? [value] : [UNKNOWN];
    case 'import-meta':
      return name === 'env' ? [{ kind: 'environment', of: 'vite' }] : [UNKNOWN];
    case 'environment':
      return name === null ? [UNKNOWN] : [{ kind: 'variable', name }];
    case 'array': {
      const at = name === null ? Number.NaN : Number(name);
      if (name !== null && Number.isNaN(at)) return [UNKNOWN];
      return Number.isNaN(at) ? union(value.elements) : (value.elements[at] ?? [UNKNOWN]);
    }
    case 'object':
      return memberOfObject(value.node, name, value.scope, ev);
    case 'class':
    case 'instance':
      return memberOfClass(value, name, ev);
    case 'file': {
      const found = memberOfFile(value.path, name, ev, new Set());
      return found.length === 0 ? [UNKNOWN] : found;
    }
    case 'package':
      if (value.name === ACCESSOR) return memberOfAccessor(name);
      return [{ ...value, member: value.member === '' ? (name ?? '?') : `${value.member}.${name ?? '?'}` }];
    default:
      return [UNKNOWN];
  }
}

/**
 * The environment that the member `name` of these values is read from: the values themselves, or what an object that
 * has no such key of its own has spread into it. A null name is any.
 */
export function environmentBehind(
  values: readonly Value[],
  name: string | null,
  ev: Evaluator,
  seen: Set<SyntaxNode> = new Set(),
): Environment | null {
  const direct = environmentIn(values);
  if (direct !== null) return direct;
  for (const value of values) {
    if (value.kind !== 'object' || seen.has(value.node) || seen.size > MOST_SPREADS) continue;
    seen.add(value.node);
    const properties = list(value.node, 'properties');
    if (name !== null && properties.some((each) => staticKey(each, 'key') === name)) continue;
    for (const property of properties) {
      const spread = property.type === 'SpreadElement' ? child(property, 'argument') : null;
      const found = spread === null ? null : environmentBehind(ev.evaluate(spread, value.scope), name, ev, seen);
      if (found !== null) return found;
    }
  }
  return null;
}

/** The keys of an object literal, with what is spread into it, and the value of each. */
export function entriesOf(
  value: Extract<Value, { kind: 'object' }>,
  ev: Evaluator,
  seen: Set<SyntaxNode> = new Set(),
): { readonly key: Extract<Value, { kind: 'text' }>; readonly node: SyntaxNode; readonly scope: Scope }[] {
  const { node, scope } = value;
  if (seen.has(node) || seen.size > MOST_SPREADS || node.type !== 'ObjectExpression') return [];
  seen.add(node);
  return list(node, 'properties').flatMap((property) => {
    const spread = property.type === 'SpreadElement' ? child(property, 'argument') : null;
    if (spread !== null) {
      return ev.evaluate(spread, scope).flatMap((each) => (each.kind === 'object' ? entriesOf(each, ev, seen) : []));
    }
    const text = staticKey(property, 'key');
    const key = child(property, 'key');
    if (text === null || key === null) return [];
    return [
      {
        key: { kind: 'text', text, written: written(key, scope.file.path) } as const,
        node: child(property, 'value') ?? property,
        scope,
      },
    ];
  });
}

/** The name by which a callee is called: the last one of `a.b.name(…)`, or of `name(…)`. */
export function calledName(callee: SyntaxNode): string | null {
  return callee.type === 'Identifier' ? word(callee, 'name') : staticKey(callee, 'property');
}
