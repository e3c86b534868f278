// Compares the objects of an environment with those of the base: what is the same, what is patched, what comes and what goes.
import { type Change, difference } from './difference';
import { identityOf, type Manifest } from './manifest';

/** An object of the base that an environment wants otherwise. */
export interface PatchedObject {
  readonly manifest: Manifest;
  readonly changes: readonly Change[];
}

export interface OverlayDifference {
  readonly patched: readonly PatchedObject[];
  /** Objects that only the environment has. */
  readonly added: readonly Manifest[];
  /** Objects that only the base has. */
  readonly removed: readonly Manifest[];
}

/** What turns the base into the environment. */
export function overlayDifference(base: readonly Manifest[], environment: readonly Manifest[]): OverlayDifference {
  const inBase = byIdentity(base);
  const inEnvironment = byIdentity(environment);
  const patched = environment.flatMap((manifest) => {
    const before = inBase.get(identityOf(manifest.object));
    const changes = before === undefined ? [] : difference(before.object, manifest.object);
    return changes.length > 0 ? [{ manifest, changes }] : [];
  });
  return {
    patched,
    added: environment.filter(({ object }) => !inBase.has(identityOf(object))),
    removed: base.filter(({ object }) => !inEnvironment.has(identityOf(object))),
  };
}

/** A person reads a dozen operations; of more, the object itself is easier to read. */
const mostOperations = 12;

/**
 * The objects that belong in the base. One that some environment would have to patch in many places, or by more than
 * half of its own text, stands whole in each overlay instead; one that no environment has is of no use to any.
 */
export function sharedManifests(base: readonly Manifest[], environments: readonly (readonly Manifest[])[]): Manifest[] {
  const lookups = environments.map(byIdentity);
  return base.filter(({ object }) => {
    const versions = lookups.flatMap((lookup) => lookup.get(identityOf(object)) ?? []);
    return versions.length > 0 && versions.every((version) => isSmall(difference(object, version.object), object));
  });
}

function isSmall(changes: readonly Change[], object: unknown): boolean {
  if (changes.length > mostOperations) return false;
  return JSON.stringify(changes.map(({ operation }) => operation)).length <= JSON.stringify(object).length / 2;
}

function byIdentity(manifests: readonly Manifest[]): ReadonlyMap<string, Manifest> {
  return new Map(manifests.map((manifest) => [identityOf(manifest.object), manifest]));
}
