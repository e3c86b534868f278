// Reads a declaration from its file: YAML with the place of every key, or the default export of a module.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type DeclaredPath, readYaml } from '../../declaration/read-yaml';
import type { Diagnostic, Place } from '../../diagnostics';
import { nearestDeclared } from './nearest-declared';
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

export function loadYaml(file: string, shown: string): LoadedDeclaration {
  const read = readYaml(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), shown);
  const placeOf = (path: DeclaredPath, atKey: boolean): Place => {
    const declared = nearestDeclared(read.value, path);
    return atKey || declared.length < path.length ? read.placeOfKey(declared) : read.placeOf(declared);
  };
  return { value: read.value, shown, placeOf, diagnostics: read.diagnostics };
}

function requireModule(file: string): unknown {
  const require = createRequire(file);
  if (/\.c?ts$/.test(file)) require(registerHook());
  return require(file);
}

async function loadModule(file: string): Promise<unknown> {
  try {
    return requireModule(file);
  } catch (error) {
    // Node 20 wants an ECMAScript module imported.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_REQUIRE_ESM') throw error;
    return import(pathToFileURL(file).href);
  }
}

const defaultExport = (loaded: unknown): unknown =>
  typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : loaded;

const ofModule = (loaded: unknown, shown: string): LoadedDeclaration => ({
  value: defaultExport(loaded),
  shown,
  placeOf: null,
  diagnostics: [],
});

function unloadable(error: unknown, shown: string): LoadedDeclaration {
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

export async function loadDeclaration(file: string, shown: string): Promise<LoadedDeclaration> {
  if (!isModule(file)) return loadYaml(file, shown);
  try {
    return ofModule(await loadModule(file), shown);
  } catch (error) {
    return unloadable(error, shown);
  }
}

/** The same without waiting; Node 20 cannot load an ECMAScript module so. */
export function loadDeclarationSync(file: string, shown: string): LoadedDeclaration {
  if (!isModule(file)) return loadYaml(file, shown);
  try {
    return ofModule(requireModule(file), shown);
  } catch (error) {
    return unloadable(error, shown);
  }
}
