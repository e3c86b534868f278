// Turns one file's code into the environment variables that it uses.
import { globalName } from './calls';
import { useOfCall } from './environment-readers';
import type { EnvironmentUse } from './environment-use';
import type { Evaluator } from './evaluate';
import { environmentBehind } from './member';
import { walk } from './read-scopes';
import type { Pattern, Scope, SourceFile } from './scope';
import { child, isCall, isMember, list, type SyntaxNode, slots, staticKey, unwrap, word } from './syntax-tree';
import {
  type Environment,
  environmentIn,
  type SchemaKey,
  texts,
  union,
  type Value,
  type Written,
  written,
} from './value';

type Record = (name: string | null, place: Written, access: EnvironmentUse['access'], fallback: string | null) => void;

// What every object has: `process.env.hasOwnProperty` is no variable.
const OF_EVERY_OBJECT = new Set([
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toString',
  'valueOf',
]);

// What Vite itself puts into import.meta.env: https://vite.dev/guide/env-and-mode#built-in-constants
const OF_VITE = new Set(['BASE_URL', 'DEV', 'LEGACY', 'MODE', 'PROD', 'SSR']);

const isVariable = (name: string, environment: Environment): boolean =>
  environment.of === 'vite' ? !OF_VITE.has(name) : !OF_EVERY_OBJECT.has(name);

/** The one literal that these values are, as text; null when they are not known to be one. */
function literalOf(values: readonly Value[]): string | null {
  const only = values.length === 1 ? values[0] : undefined;
  if (only?.kind === 'text') return only.text;
  return only?.kind === 'number' ? String(only.number) : null;
}

/** The expression that a conversion is made of: `Number(x)`, `parseInt(x, 10)`, `+x`, `x as T`. */
function converted(node: SyntaxNode, scope: Scope): SyntaxNode {
  const inner = unwrap(node);
  if (inner.type === 'UnaryExpression') return converted(child(inner, 'argument') ?? inner, scope);
  if (!isCall(inner)) return inner;
  const name = globalName(child(inner, 'callee'), scope);
  const first = list(inner, 'arguments')[0];
  if (first === undefined || !['Number', 'String', 'parseInt', 'parseFloat'].includes(name ?? '')) return inner;
  return converted(first, scope);
}

const FALLS_BACK = new Set(['||', '??', '||=', '??=']);

function accessOf(node: SyntaxNode, parent: SyntaxNode | null, file: SourceFile): 'read' | 'write' {
  if (file.targets.has(node)) return 'write';
  if (parent === null) return 'read';
  const isTarget = parent.type === 'AssignmentExpression' && parent.left === node && parent.operator === '=';
  return isTarget || (parent.type === 'UnaryExpression' && parent.operator === 'delete') ? 'write' : 'read';
}

/** The places at which the name of a member is written: the key itself, or the text that it was given from afar. */
function recordMember(
  node: SyntaxNode,
  parent: SyntaxNode | null,
  scope: Scope,
  ev: Evaluator,
  record: Record,
  fallback: string | null,
): void {
  const object = child(node, 'object');
  const property = child(node, 'property');
  const name = staticKey(node, 'property');
  const environment = object === null ? null : environmentBehind(ev.evaluate(object, scope), name, ev);
  if (environment === null || property === null) return;
  const access = accessOf(node, parent, scope.file);
  if (name !== null) {
    if (isVariable(name, environment)) record(name, written(property, scope.file.path), access, fallback);
    return;
  }
  const values = ev.evaluate(property, scope);
  for (const value of texts(values)) record(value.text, value.written, access, fallback);
  if (values.length === 0 || values.some((value) => value.kind !== 'text')) {
    record(null, written(node, scope.file.path), 'dynamic', null);
  }
}

/** Reads by destructuring: `const { A, B: b = 'x', env: { C } } = …`. */
function recordPattern(node: SyntaxNode, values: readonly Value[], scope: Scope, ev: Evaluator, record: Record): void {
  if (node.type === 'AssignmentPattern') {
    const left = child(node, 'left');
    const fallback = child(node, 'right');
    const all = fallback === null ? values : union([values, ev.evaluate(fallback, scope)]);
    if (left !== null) recordPattern(left, all, scope, ev, record);
    return;
  }
  if (node.type === 'ArrayPattern') {
    slots(node, 'elements').forEach((element, index) => {
      if (element !== null) recordPattern(element, ev.member(values, String(index)), scope, ev, record);
    });
    return;
  }
  if (node.type !== 'ObjectPattern') return;
  for (const property of list(node, 'properties')) {
    const key = child(property, 'key');
    const value = child(property, 'value');
    if (property.type !== 'ObjectProperty' || key === null || value === null) continue;
    const name = staticKey(property, 'key');
    const environment = environmentBehind(values, name, ev);
    const fallback = child(value, 'right');
    const literal =
      value.type === 'AssignmentPattern' && fallback !== null ? literalOf(ev.evaluate(fallback, scope)) : null;
    if (name !== null) {
      if (environment !== null && isVariable(name, environment))
        record(name, written(key, scope.file.path), 'read', literal);
      recordPattern(value, ev.member(values, name), scope, ev, record);
    } else if (environment !== null) {
      const names = ev.evaluate(key, scope);
      for (const each of texts(names)) record(each.text, each.written, 'read', literal);
      if (names.length === 0 || names.some((each) => each.kind !== 'text')) {
        record(null, written(key, scope.file.path), 'dynamic', null);
      }
    }
  }
}

/** `'NAME' in process.env`, and `for (const name in process.env)`. */
function recordIn(node: SyntaxNode, scope: Scope, ev: Evaluator, record: Record): void {
  const left = child(node, 'left');
  const right = child(node, 'right');
  if (left === null || right === null || environmentIn(ev.evaluate(right, scope)) === null) return;
  if (node.type === 'ForInStatement') {
    record(null, written(right, scope.file.path), 'dynamic', null);
    return;
  }
  const names = ev.evaluate(left, scope);
  for (const each of texts(names)) record(each.text, each.written, 'read', null);
  if (names.length === 0 || names.some((each) => each.kind !== 'text')) {
    record(null, written(left, scope.file.path), 'dynamic', null);
  }
}

/** Every use of the environment in one file. */
export function recordUses(file: SourceFile, ev: Evaluator): EnvironmentUse[] {
  const uses: EnvironmentUse[] = [];
  const fallbacks = new Map<SyntaxNode, string | null>();
  const record: Record = (name, place, access, fallback) => {
    uses.push({ name, ...place, access, fallback });
  };
  walk(file, (node, scope, parent) => {
    if (node.type === 'LogicalExpression' || node.type === 'AssignmentExpression') {
      const left = child(node, 'left');
      const right = child(node, 'right');
      if (left !== null && right !== null && FALLS_BACK.has(word(node, 'operator') ?? '')) {
        fallbacks.set(converted(left, scope), literalOf(ev.evaluate(right, scope)));
      }
    }
    if (isMember(node)) recordMember(node, parent, scope, ev, record, fallbacks.get(node) ?? null);
    if (node.type === 'BinaryExpression' && node.operator === 'in') recordIn(node, scope, ev, record);
    if (node.type === 'ForInStatement') recordIn(node, scope, ev, record);
    if (isCall(node)) {
      const use = useOfCall(node, scope, ev);
      const each = (keys: readonly SchemaKey[], access: 'read' | 'write'): void => {
        for (const key of keys) record(key.name, key.written, access, key.fallback);
      };
      each(use.reads, 'read');
      each(use.writes, 'write');
      if (use.isDynamic) record(null, written(node, file.path), 'dynamic', null);
    }
  });
  const patterns: Iterable<Pattern> = file.patterns.values();
  for (const pattern of patterns) recordPattern(pattern.node, ev.valuesOf(pattern), pattern.scope, ev, record);
  return uses;
}
