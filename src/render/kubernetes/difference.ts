// Finds the JSON Patch that turns one object into another: few operations, each as deep as it can be.
import type { PatchOperation } from '../../plan/types';
import { equalJson, formatPointer, isObject } from '../shared/json-patch';

/** An operation with the value that it takes the place of, for the comment; undefined when there was none. */
export interface Change {
  readonly operation: PatchOperation;
  readonly before: unknown;
}

type Path = readonly (string | number)[];

/** Changes in the order in which they must be applied. Empty when the two are equal. */
export function difference(before: unknown, after: unknown, path: Path = []): Change[] {
  if (equalJson(before, after)) return [];
  if (isObject(before) && isObject(after)) return objectChanges(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path);
  return [change('replace', path, before, after)];
}

function objectChanges(before: Record<string, unknown>, after: Record<string, unknown>, path: Path): Change[] {
  const removed = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return [
    ...removed.map((key) => change('remove', [...path, key], before[key], null)),
    ...Object.entries(after).flatMap(([key, value]) =>
      Object.hasOwn(before, key)
        ? difference(before[key], value, [...path, key])
        : [change('add', [...path, key], undefined, value)],
    ),
  ];
}

/** Items that are the same at both ends stay; what is between is compared one by one, the rest goes or comes. */
function listChanges(before: readonly unknown[], after: readonly unknown[], path: Path): Change[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && sameItem(before[head], after[head])) head++;
  let tail = 0;
  while (tail < most - head && sameItem(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  const oldMiddle = before.slice(head, before.length - tail);
  const newMiddle = after.slice(head, after.length - tail);
  const paired = Math.min(oldMiddle.length, newMiddle.length);
  const kept = [
    ...indexes(0, head + paired).map((index) => [index, index] as const),
    // The last ones have moved by then, as the middle is already as long as it will be.
    ...indexes(0, tail).map((n) => [before.length - tail + n, after.length - tail + n] as const),
  ];
  return [
    // From the back, so that the numbers of the items before stay right.
    ...oldMiddle
      .slice(paired)
      .map((item, n) => change('remove', [...path, head + paired + n], item, null))
      .reverse(),
    ...newMiddle.slice(paired).map((item, n) => change('add', [...path, head + paired + n], undefined, item)),
    ...kept.flatMap(([from, to]) => difference(before[from], after[to], [...path, to])),
  ];
}

/** Two items of a list are the same thing when they have the same name, whatever else differs. */
function sameItem(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return equalJson(a, b);
  const key = ['name', 'secretKey', 'record', 'alert'].find((name) => Object.hasOwn(a, name) && Object.hasOwn(b, name));
  return key === undefined ? equalJson(a, b) : a[key] === b[key];
}

function change(op: PatchOperation['op'], path: Path, before: unknown, value: unknown): Change {
  return { operation: { op, path: formatPointer(path), value }, before };
}

function indexes(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, n) => from + n);
}
