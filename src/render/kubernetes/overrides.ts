// Applies the overrides of an environment to its rendered objects.
import type { PatchOperation } from '../../plan/types';
import { applyPatch, explainFailure, isObject, overrideError, parsePointer } from '../shared/json-patch';
import type { YamlComments } from '../shared/yaml';
import type { KubernetesObject, Manifest, Scope } from './manifest';

/** The manifests with every override applied; throws when one names no object or does not apply. */
export function withOverrides({ environment }: Scope, manifests: readonly Manifest[]): Manifest[] {
  const overrides = environment.overrides.filter(({ artifact }) => artifact === 'kubernetes');
  return overrides.reduce<Manifest[]>(
    (current, { target, operations }) => {
      const index = current.findIndex(({ object }) => nameOf(object) === target);
      const before = current[index];
      if (before === undefined) throw overrideError(noTarget(environment.name, target, current));
      return current.map((manifest, i) => (i === index ? overridden(before, target, operations) : manifest));
    },
    [...manifests],
  );
}

function overridden(before: Manifest, target: string, operations: readonly PatchOperation[]): Manifest {
  const result = applyPatch(before.object, operations);
  if (!result.applied) throw overrideError(explainFailure('kubernetes', target, result.failure));
  const object = result.value as KubernetesObject;
  if (nameOf(object) !== target) {
    throw overrideError(`The override of kubernetes ${target} must not change the kind or the name of the object.`);
  }
  return { ...before, object, comments: keptComments(before.comments, object, operations) };
}

const nameOf = (object: KubernetesObject): string => `${object.kind}/${object.metadata?.name}`;

function noTarget(environment: string, target: string, manifests: readonly Manifest[]): string {
  const names = manifests.map(({ object }) => nameOf(object)).sort((a, b) => (a < b ? -1 : 1));
  return `The override of kubernetes ${target} does not apply: ${environment} has no such object, but ${names.join(', ')}.`;
}

/** Comments whose place still exists and is still the same one. */
function keptComments(
  comments: YamlComments,
  object: KubernetesObject,
  operations: readonly PatchOperation[],
): YamlComments {
  const moved = operations.flatMap(({ op, path }) => (op === 'add' || op === 'remove' ? [movedItems(path)] : []));
  return Object.fromEntries(
    Object.entries(comments).filter(
      ([path]) => exists(object, path.split('.')) && !moved.some((list) => list !== null && path.startsWith(list)),
    ),
  );
}

/** Prefix of the comments inside a list whose items an operation moves, or null when it does not touch a list. */
function movedItems(pointer: string): string | null {
  const keys = parsePointer(pointer) ?? [];
  return /^[0-9]+$/.test(keys.at(-1) ?? '') ? `${keys.slice(0, -1).join('.')}.` : null;
}

/** Whether a comment's path leads somewhere; a key may hold dots itself. */
function exists(node: unknown, keys: readonly string[]): boolean {
  if (keys.length === 0) return true;
  if (Array.isArray(node)) return Number(keys[0]) < node.length && exists(node[Number(keys[0])], keys.slice(1));
  if (!isObject(node)) return false;
  return keys.some((_, index) => {
    const name = keys.slice(0, index + 1).join('.');
    return Object.hasOwn(node, name) && exists(node[name], keys.slice(index + 1));
  });
}
