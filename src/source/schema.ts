// Turns the literals of validation libraries (zod, envalid, joi, yup, valibot, arktype's likes) into the names they expect.
import type { Evaluator } from './evaluate';
import { calledName, entriesOf } from './member';
import type { Scope } from './scope';
import { child, isCall, list, type SyntaxNode, staticKey, unwrap } from './syntax-tree';
import { type SchemaKey, UNKNOWN, type Value } from './value';

// What the libraries call "an object with these keys": zod, joi, yup, valibot, superstruct; TypeBox writes it large.
const MAKERS = new Set(['object', 'strictObject', 'looseObject', 'Object']);
// These add the keys of their argument to those of the schema.
const ADDERS = new Set(['extend', 'safeExtend', 'merge', 'keys', 'append', 'and', 'concat', 'shape']);
// These apply a schema to a value, so that what they return is no schema.
const APPLIERS = new Set([
  'assert',
  'attempt',
  'cast',
  'check',
  'decode',
  'parse',
  'parseAsync',
  'safeParse',
  'safeParseAsync',
  'validate',
  'validateAsync',
  'validateSync',
]);

const isSchema = (value: Value): boolean => value.kind === 'schema';

/** True for a call that makes a schema: `z.object({…})`, or a method of one. */
export function isSchemaCall(owner: readonly Value[], method: string): boolean {
  if (owner.some(isSchema)) return !APPLIERS.has(method);
  // The library is whatever is imported, under whatever name; no value that the code itself defines has such a method.
  return MAKERS.has(method) && owner.some((value) => value.kind === 'package' || value.kind === 'unknown');
}

/** The text of a literal; null for anything that is computed. */
function literal(node: SyntaxNode | undefined): string | null {
  const inner = node === undefined ? null : unwrap(node);
  if (inner === null) return null;
  const isLiteral = ['StringLiteral', 'NumericLiteral', 'BooleanLiteral'].includes(inner.type);
  return isLiteral ? String(inner.value) : null;
}

/** What a key falls back to: `.default('x')` anywhere in its chain, `str({ default: 'x' })`, `optional(string(), 'x')`. */
function fallbackOf(node: SyntaxNode): string | null {
  for (let at: SyntaxNode | null = unwrap(node); at !== null && isCall(at); ) {
    const callee = child(at, 'callee');
    if (callee === null) return null;
    const args = list(at, 'arguments');
    const name = calledName(callee);
    if (name === 'default' || name === 'catch' || name === 'prefault') return literal(args[0]);
    if (name === 'optional' || name === 'fallback' || name === 'nullish') {
      const second = literal(args[1]);
      if (second !== null) return second;
    }
    const options = args[0] === undefined ? null : unwrap(args[0]);
    const option =
      options === null ? undefined : list(options, 'properties').find((each) => staticKey(each, 'key') === 'default');
    const value = option === undefined ? null : child(option, 'value');
    if (value !== null) return literal(value);
    at = child(callee, 'object');
  }
  return null;
}

/** The keys that an object literal or a schema asks for. */
export function schemaKeys(values: readonly Value[], ev: Evaluator): readonly SchemaKey[] {
  return values.flatMap((value): readonly SchemaKey[] => {
    if (value.kind === 'schema') return value.keys;
    if (value.kind !== 'object') return [];
    return entriesOf(value, ev).map(({ key, node }) => ({
      name: key.text,
      written: key.written,
      fallback: fallbackOf(node),
    }));
  });
}

/** The schema that the call makes. */
export function schemaOfCall(
  node: SyntaxNode,
  owner: readonly Value[],
  method: string,
  args: readonly (readonly Value[])[],
  ev: Evaluator,
): readonly Value[] {
  const before = schemaKeys(owner.filter(isSchema), ev);
  const given = schemaKeys(args[0] ?? [], ev);
  if (!owner.some(isSchema)) {
    // joi writes `object()` first and its keys after it.
    const isTold = args.length === 0 || (args[0] ?? []).some(({ kind }) => kind === 'object' || kind === 'schema');
    return isTold ? [{ kind: 'schema', node, keys: given }] : [UNKNOWN];
  }
  if (method === 'pick') return [{ kind: 'schema', node, keys: before.filter((key) => isAmong(key, given)) }];
  if (method === 'omit') return [{ kind: 'schema', node, keys: before.filter((key) => !isAmong(key, given)) }];
  const keys = ADDERS.has(method) ? [...before.filter((key) => !isAmong(key, given)), ...given] : before;
  return [{ kind: 'schema', node, keys }];
}

const isAmong = (key: SchemaKey, others: readonly SchemaKey[]): boolean => others.some(({ name }) => name === key.name);

/** The schema that a call applies: the object that its method belongs to. */
export function receiverOf(node: SyntaxNode, scope: Scope, ev: Evaluator): readonly Value[] {
  const callee = child(node, 'callee');
  const object = callee === null ? null : child(unwrap(callee), 'object');
  return object === null ? [] : ev.evaluate(object, scope);
}
