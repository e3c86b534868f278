// Turns a call into the values that it returns: local functions, conversions, and the few built-in ones that pass values on.
import type { Evaluator } from './evaluate';
import { calledName, entriesOf } from './member';
import { ACCESSOR } from './module-files';
import { isSchemaCall, schemaOfCall } from './schema';
import { resolve, type Scope } from './scope';
import { child, isMember, list, type SyntaxNode, unwrap, word } from './syntax-tree';
import { UNKNOWN, union, type Value } from './value';

/** The name of the global function or object that the callee is; null when it is none, or is shadowed. */
export function globalName(node: SyntaxNode | null, scope: Scope): string | null {
  const name = node?.type === 'Identifier' ? word(node, 'name') : null;
  return name !== null && resolve(name, scope) === null ? name : null;
}

/** "Object.keys" for a call of a static function of a global; null for every other callee. */
export function globalFunction(callee: SyntaxNode, scope: Scope): string | null {
  if (!isMember(callee)) return globalName(callee, scope);
  const owner = child(callee, 'object');
  const name = calledName(callee);
  const ownerName = globalName(owner === null ? null : unwrap(owner), scope);
  return ownerName === null || name === null ? null : `${ownerName}.${name}`;
}

// These give back a number or a text made of their first argument.
const CONVERSIONS = new Set(['Number', 'Number.parseInt', 'Number.parseFloat', 'String', 'parseFloat', 'parseInt']);

// These give back an object with the members of their arguments.
const COPIES = new Set(['Object.assign', 'Object.freeze', 'Object.seal', 'structuredClone']);

const keysOfObjects = (values: readonly Value[], ev: Evaluator): readonly Value[] =>
  values.flatMap((value) =>
    value.kind === 'object' ? entriesOf(value, ev).map((entry): Value => entry.key) : [UNKNOWN],
  );

function valuesOfGlobalFunction(
  name: string,
  node: SyntaxNode,
  args: readonly (readonly Value[])[],
  ev: Evaluator,
): readonly Value[] | null {
  const first = args[0] ?? [UNKNOWN];
  if (CONVERSIONS.has(name)) return first;
  if (COPIES.has(name)) return union(args);
  if (name === 'Array.from') return first;
  if (name === 'Object.keys') return [{ kind: 'array', node, elements: [keysOfObjects(first, ev)] }];
  if (name !== 'Object.entries') return null;
  const entries = first.flatMap((value): Value[] =>
    value.kind === 'object'
      ? entriesOf(value, ev).map((each) => ({ kind: 'array', node: each.node, elements: [[each.key], [UNKNOWN]] }))
      : [UNKNOWN],
  );
  return [{ kind: 'array', node, elements: [entries] }];
}

/** `environment` and `readEnvironment` of the generated accessor. */
export const isAccessorFunction = (value: Value): boolean => value.kind === 'package' && value.name === ACCESSOR;

/** What a function returns, whatever it is called with. */
function returned(value: Extract<Value, { kind: 'function' }>, ev: Evaluator): readonly Value[] {
  const { node, scope } = value;
  const body = child(node, 'body');
  if (body !== null && body.type !== 'BlockStatement') return ev.evaluate(body, scope.file.scopes.get(node) ?? scope);
  const sources = scope.file.returns.get(node) ?? [];
  return union(sources.map((source) => ev.evaluate(source.node, source.scope)));
}

/** `[…].concat(…)`, `'x'.toUpperCase()`: methods of known values that give known values. */
function valuesOfMethod(object: readonly Value[], name: string): readonly Value[] | null {
  const found = object.flatMap((value): readonly Value[] => {
    if (value.kind === 'text' && name === 'toUpperCase') return [{ ...value, text: value.text.toUpperCase() }];
    if (value.kind === 'text' && name === 'toLowerCase') return [{ ...value, text: value.text.toLowerCase() }];
    if (value.kind === 'text' && name === 'trim') return [{ ...value, text: value.text.trim() }];
    if (value.kind === 'variable' && (name === 'trim' || name === 'toString')) return [value];
    const keepsElements = name === 'filter' || name === 'slice' || name === 'sort' || name === 'reverse';
    return value.kind === 'array' && keepsElements ? [{ ...value, elements: [union(value.elements)] }] : [];
  });
  return found.length === 0 ? null : found;
}

function valuesOfNew(callee: SyntaxNode, args: readonly (readonly Value[])[], scope: Scope, ev: Evaluator) {
  if (globalName(callee, scope) === 'Set') return args[0] ?? [UNKNOWN];
  return ev
    .evaluate(callee, scope)
    .map((value): Value => (value.kind === 'class' ? { ...value, kind: 'instance' } : UNKNOWN));
}

/** The values that a call, or `new`, can give. */
export function valuesOfCall(node: SyntaxNode, scope: Scope, ev: Evaluator): readonly Value[] {
  const written = child(node, 'callee');
  if (written === null) return [UNKNOWN];
  const callee = unwrap(written);
  const parts = list(node, 'arguments');
  const args = parts.map((each) => (each.type === 'SpreadElement' ? [UNKNOWN] : ev.evaluate(each, scope)));
  if (node.type === 'NewExpression') return valuesOfNew(callee, args, scope, ev);
  if (callee.type === 'Import' || globalName(callee, scope) === 'require') {
    const specifier = word(parts[0] ?? null, 'value');
    return specifier === null ? [UNKNOWN] : ev.module(specifier, scope.file);
  }
  const name = globalFunction(callee, scope);
  const known = name === null ? null : valuesOfGlobalFunction(name, node, args, ev);
  if (known !== null) return known;
  const object = isMember(callee) ? child(callee, 'object') : null;
  const owner = object === null ? [] : ev.evaluate(object, scope);
  const method = calledName(callee);
  if (method !== null && isSchemaCall(owner, method)) return schemaOfCall(node, owner, method, args, ev);
  const passedOn = method === null ? null : valuesOfMethod(owner, method);
  if (passedOn !== null) return passedOn;
  const found = ev.evaluate(callee, scope).map((value): readonly Value[] => {
    if (value.kind === 'function') return returned(value, ev);
    return [isAccessorFunction(value) ? { kind: 'environment', of: 'accessor' } : UNKNOWN];
  });
  return found.length === 0 ? [UNKNOWN] : union(found);
}
