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
  // Another thing altogether, such as a peer by label in the place of a range of addresses.
  if (removed.length > 0 && removed.length === Object.keys(before).length)
    return [change('replace', path, before, after)];
  return [
    ...removed.map((key) => change('remove', [...path, key], before[key], null)),
    ...Object.entries(after).flatMap(([key, value]) =>
      Object.hasOwn(before, key)
        ? difference(before[key], value, [...path, key])
        : [change('add', [...path, key], undefined, value)],
    ),
  ];
}

/** Items that are the same thing in both stay and are compared; what is between them goes or comes. */
function listChanges(before: readonly unknown[], after: readonly unknown[], path: Path): Change[] {
  const kept = alignment(before, after);
  const stays = new Set(kept.map(([from]) => from));
  const was = new Set(kept.map(([, to]) => to));
  return [
    // From the back, so that the numbers of the items before stay right.
    ...[...before.keys()]
      .filter((index) => !stays.has(index))
      .reverse()
      .map((index) => change('remove', [...path, index], before[index], null)),
    ...[...after.keys()]
      .filter((index) => !was.has(index))
      .map((index) => change('add', [...path, index], undefined, after[index])),
    ...kept.flatMap(([from, to]) => difference(before[from], after[to], [...path, to])),
  ];
}

/** Pairs of indexes that belong together, in order: the longest common subsequence, and nameless items between in turn. */
function alignment(before: readonly unknown[], after: readonly unknown[]): [number, number][] {
  const common = commonItems(before, after);
  const ends: [number, number][] = [...common, [before.length, after.length]];
  return ends.flatMap(([from, to], n) => {
    const [lastFrom, lastTo] = common[n - 1] ?? [-1, -1];
    const between = Math.min(from - lastFrom, to - lastTo) - 1;
    const pairs = Array.from({ length: between }, (_, i): [number, number] => [lastFrom + 1 + i, lastTo + 1 + i]);
    const nameless = pairs.filter(([i, j]) => nameOf(before[i]) === null && nameOf(after[j]) === null);
    return from === before.length && to === after.length ? nameless : [...nameless, [from, to] as [number, number]];
  });
}

function commonItems(before: readonly unknown[], after: readonly unknown[]): [number, number][] {
  // lengths[i][j]: how many items the rests from i and j have in common.
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const length = sameItem(before[i], after[j]) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
      (lengths[i] as number[])[j] = length;
    }
  }
  const pairs: [number, number][] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (sameItem(before[i], after[j])) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** Two items of a list are the same thing when they have the same name, whatever else differs. */
function sameItem(a: unknown, b: unknown): boolean {
  const name = nameOf(a);
  return name === null ? equalJson(a, b) : name === nameOf(b);
}

/** What tells an item of a Kubernetes list from its neighbours; null when it has no name. */
function nameOf(item: unknown): string | null {
  if (!isObject(item)) return null;
  const key = ['name', 'secretKey', 'record', 'alert'].find((candidate) => typeof item[candidate] === 'string');
  return key === undefined ? null : `${key} ${item[key]}`;
}

function change(op: PatchOperation['op'], path: Path, before: unknown, value: unknown): Change {
  return { operation: { op, path: formatPointer(path), value }, before };
}
