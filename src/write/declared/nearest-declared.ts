// Finds where a path is declared: there, or at the nearest key around it.
import type { DeclaredPath } from '../../declaration/read-yaml';

function hasPath(value: unknown, path: DeclaredPath): boolean {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Record<string | number, unknown>)[key];
  }
  return true;
}

/** The longest beginning of the path that the declaration holds. */
function declaredPart(value: unknown, path: DeclaredPath): DeclaredPath {
  let length = path.length;
  while (length > 0 && !hasPath(value, path.slice(0, length))) length--;
  return path.slice(0, length);
}

/**
 * Where a path is declared. A path into an environment that does not say so itself is declared for all; one that is
 * nowhere declared (a default) is shown at the nearest key around it.
 */
export function nearestDeclared(value: unknown, path: DeclaredPath): DeclaredPath {
  const own = declaredPart(value, path);
  if (own.length === path.length || path[0] !== 'environments' || path.length <= 2) return own;
  const shared = declaredPart(value, path.slice(2));
  // As near in the environment's own part as in what all share: the own part is what was meant.
  return own.length - 2 >= shared.length ? own : shared;
}
