// Applies RFC 6902 operations to a plain value and returns a new one: the overrides of a declaration.
import type { PatchOperation } from '../../plan/types';

/** Why a patch does not apply. */
export interface PatchFailure {
  /** Position of the operation in the patch, from 0. */
  readonly index: number;
  readonly operation: PatchOperation;
  /** A clause, for example `there is nothing at /spec/replicas`. */
  readonly reason: string;
}

/** The patched value, or the first operation that does not apply: a patch is applied as a whole or not at all. */
export type PatchResult =
  | { readonly applied: true; readonly value: unknown }
  | { readonly applied: false; readonly failure: PatchFailure };

/** The outcome of one step inside the document. */
type Step = { readonly value: unknown } | { readonly reason: string };

/** Applies the operations in order to a copy: the document itself is left as it is. */
export function applyPatch(document: unknown, operations: readonly PatchOperation[]): PatchResult {
  let value = document;
  for (const [index, operation] of operations.entries()) {
    const step = applyOperation(value, operation);
    if ('reason' in step) return { applied: false, failure: { index, operation, reason: step.reason } };
    value = step.value;
  }
  return { applied: true, value };
}

/** One sentence for a person: where the override is, what it is about and why it does not apply. */
export function explainFailure(artifact: string, target: string, failure: PatchFailure): string {
  const { index, operation, reason } = failure;
  const subject = target === '' ? artifact : `${artifact} ${target}`;
  return `The override of ${subject} does not apply: operation ${index + 1} is "${operation.op} ${operation.path}", but ${reason}.`;
}

const overrideErrorName = 'OverrideError';

/** The error of an override that does not apply: a fault of the declaration, not of ours. */
export function overrideError(message: string): Error {
  const error = new Error(message);
  error.name = overrideErrorName;
  return error;
}

/** Whether an error came from an override of the declaration. */
export const isOverrideError = (error: unknown): error is Error =>
  error instanceof Error && error.name === overrideErrorName;

/** The keys of a JSON Pointer (RFC 6901), or null when it is not one. */
export function parsePointer(pointer: string): string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** The JSON Pointer of a list of keys. */
export function formatPointer(keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/** Equality as RFC 6902 section 4.6 defines it: order of keys does not count, order of items does. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => equalJson(item, b[i]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key], b[key]))
  );
}

/** A JSON object: neither null nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function applyOperation(document: unknown, operation: PatchOperation): Step {
  const keys = parsePointer(operation.path);
  if (keys === null) return { reason: 'the path is not a JSON Pointer (it begins with "/", "~" is written "~0")' };
  return change(document, keys, [], operation);
}

/** Walks to the parent of the target and rebuilds what is on the way, so that nothing is shared with the original. */
function change(node: unknown, rest: readonly string[], walked: readonly string[], operation: PatchOperation): Step {
  const [key, ...further] = rest;
  if (key === undefined) return changeRoot(node, operation);
  const here = walked.length === 0 ? 'the top' : formatPointer(walked);
  if (Array.isArray(node)) return changeList(node, key, further, walked, operation, here);
  if (!isObject(node)) return { reason: `there is no object or list at ${here}` };
  const exists = Object.hasOwn(node, key);
  if (further.length > 0) {
    if (!exists) return { reason: `there is nothing at ${formatPointer([...walked, key])}` };
    const inner = change(node[key], further, [...walked, key], operation);
    return 'reason' in inner ? inner : { value: withKey(node, key, inner.value) };
  }
  if (operation.op === 'add') return { value: withKey(node, key, operation.value) };
  if (!exists) return { reason: `there is nothing at ${operation.path}` };
  if (operation.op === 'remove') return { value: Object.fromEntries(Object.entries(node).filter(([k]) => k !== key)) };
  const tested = testOrReplace(node[key], operation);
  return 'reason' in tested ? tested : { value: withKey(node, key, tested.value) };
}

function changeList(
  list: readonly unknown[],
  key: string,
  further: readonly string[],
  walked: readonly string[],
  operation: PatchOperation,
  here: string,
): Step {
  const adds = operation.op === 'add' && further.length === 0;
  if (adds && key === '-') return { value: [...list, operation.value] };
  if (!/^(?:0|[1-9][0-9]*)$/.test(key))
    return { reason: `${here} is a list, and "${key}" is not the number of an item` };
  const index = Number(key);
  const last = adds ? list.length : list.length - 1;
  if (index > last) return { reason: `the list at ${here} has ${list.length} items, and items count from 0` };
  if (adds) return { value: [...list.slice(0, index), operation.value, ...list.slice(index)] };
  if (further.length === 0 && operation.op === 'remove') return { value: list.filter((_, i) => i !== index) };
  const inner =
    further.length === 0
      ? testOrReplace(list[index], operation)
      : change(list[index], further, [...walked, key], operation);
  return 'reason' in inner ? inner : { value: list.map((item, i) => (i === index ? inner.value : item)) };
}

function changeRoot(node: unknown, operation: PatchOperation): Step {
  if (operation.op === 'remove') return { reason: 'the whole object cannot be removed' };
  return operation.op === 'add' ? { value: operation.value } : testOrReplace(node, operation);
}

function testOrReplace(current: unknown, operation: PatchOperation): Step {
  if (operation.op === 'replace') return { value: operation.value };
  if (equalJson(current, operation.value)) return { value: current };
  return { reason: `the value there is ${JSON.stringify(current)}, not ${JSON.stringify(operation.value)}` };
}

/** A copy with the key set: in its place when it exists, else last. `__proto__` stays an ordinary key. */
function withKey(node: Record<string, unknown>, key: string, value: unknown): Record<string, unknown> {
  const entries = Object.entries(node).map(([k, v]): [string, unknown] => [k, k === key ? value : v]);
  return Object.fromEntries(Object.hasOwn(node, key) ? entries : [...entries, [key, value]]);
}
