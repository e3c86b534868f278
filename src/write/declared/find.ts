// Finds the declaration of a service and of its platform: named on the command line, or in the usual place.
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const serviceNames = ['service.yaml', 'service.yml'];
const platformNames = ['platform.yaml', 'platform.yml'];

function firstOf(folder: string, names: readonly string[]): string | null {
  return names.map((name) => join(folder, name)).find((file) => existsSync(file)) ?? null;
}

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

/** The platform's declaration in the folder; null when there is none. */
export const findPlatformIn = (folder: string): string | null => firstOf(folder, platformNames);

const isPlatformName = (file: string): boolean => /(?:^|[\\/])platform\.(?:ya?ml|json|[cm]?[jt]s)$/.test(file);

/**
 * Absolute; the platform's declaration where a command is about the platform: the named file is one, or the folder has
 * one and no service's. Null otherwise.
 */
export function findPlatformAlone(folder: string, named: string | null): string | null {
  if (named === null) return firstOf(folder, serviceNames) === null ? findPlatformIn(folder) : null;
  const file = resolve(folder, named);
  return isPlatformName(file) && isFile(file) ? file : null;
}

/** Absolute; null when there is none. */
export function findService(folder: string, named: string | null): string | null {
  if (named === null) return firstOf(folder, serviceNames);
  const file = resolve(folder, named);
  return isFile(file) ? file : null;
}

/** Absolute; a name that is no file may be a module's: the platform's facts from an npm package. */
function namedPlatform(folder: string, named: string): string | null {
  const file = resolve(folder, named);
  if (isFile(file)) return file;
  if (/^[./]/.test(named)) return null;
  try {
    return createRequire(join(folder, 'service.yaml')).resolve(named);
  } catch {
    return null;
  }
}

/** Beside the service's declaration, unless named. `missing` when the named one is not there. */
export function findPlatform(folder: string, named: string | null, serviceFile: string): string | 'missing' | null {
  if (named !== null) return namedPlatform(folder, named) ?? 'missing';
  return firstOf(dirname(serviceFile), platformNames);
}
