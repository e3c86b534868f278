// Reads a declaration from its file: YAML with the place of every key, or the default export of a module.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type DeclaredPath, readYaml } from '../../declaration/read-yaml';
import type { Diagnostic, Place } from '../../diagnostics';
import { registerHook } from './register-hook';

export interface LoadedDeclaration {
  readonly value: unknown;
  /** The file's path as diagnostics show it. */
  readonly shown: string;
  /** Null for a module: its values have no place. */
  readonly placeOf: ((path: DeclaredPath, atKey: boolean) => Place) | null;
  readonly diagnostics: readonly Diagnostic[];
}

const isModule = (file: string): boolean => /\.[cm]?[jt]s$/.test(file);

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
  // Under the environment's own key something is nearer than what all environments share.
  return own.length - 2 > shared.length ? own : shared.length > 0 ? shared : own;
}

function loadYaml(file: string, shown: string): LoadedDeclaration {
  const read = readYaml(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), shown);
  const placeOf = (path: DeclaredPath, atKey: boolean): Place => {
    const declared = nearestDeclared(read.value, path);
    return atKey || declared.length < path.length ? read.placeOfKey(declared) : read.placeOf(declared);
  };
  return { value: read.value, shown, placeOf, diagnostics: read.diagnostics };
}

async function loadModule(file: string): Promise<unknown> {
  const require = createRequire(file);
  if (/\.c?ts$/.test(file)) require(registerHook());
  try {
    return require(file);
  } catch (error) {
    // Node 20 wants an ECMAScript module imported.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_REQUIRE_ESM') throw error;
    return import(pathToFileURL(file).href);
  }
}

const defaultExport = (loaded: unknown): unknown =>
  typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : loaded;

export async function loadDeclaration(file: string, shown: string): Promise<LoadedDeclaration> {
  if (extname(file) === '.json' || !isModule(file)) return loadYaml(file, shown);
  try {
    return { value: defaultExport(await loadModule(file)), shown, placeOf: null, diagnostics: [] };
  } catch (error) {
    const message = `The module cannot be loaded: ${error instanceof Error ? error.message : String(error)}`;
    const diagnostic: Diagnostic = {
      code: 'declaration-does-not-load',
      severity: 'error',
      path: [],
      place: null,
      message,
      fix: null,
    };
    return { value: null, shown, placeOf: null, diagnostics: [diagnostic] };
  }
}
