// Reads the lock of a platform, and takes over those of services that were generated alone before.
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, type Lock, lockPath, readLock } from './lock';

export interface AdoptedLock {
  /** All paths from the root; null when the root's own lock cannot be read. */
  readonly lock: Lock | null;
  /** Locks of services that cannot be read, from the root. */
  readonly unreadable: readonly string[];
}

const readIfFile = (file: string): string | null =>
  lstatSync(file, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(file, 'utf8') : null;

/** Where a file of the repository lies: at the root, or in the folder of a service that was a repository of its own. */
function placeOf(root: string, folder: string, path: string, hash: string): string {
  const text = readIfFile(join(root, folder, path));
  return text !== null && hashOf(text) === hash ? `${folder}/${path}` : path;
}

/** The file itself, as one more that was generated. */
function ownLock(root: string, folder: string): Record<string, string> {
  const path = `${folder}/${lockPath}`;
  const text = readIfFile(join(root, path));
  return text === null ? {} : { [path]: hashOf(text) };
}

/** What a service's lock says, by paths from the root; its own file goes with the first generation from there. */
function ownHashes(root: string, folder: string): Record<string, string> | null {
  const own = ownLock(root, folder);
  if (Object.keys(own).length === 0) return {};
  const lock = readLock(join(root, folder));
  if (lock === null) return null;
  return Object.fromEntries([
    ...Object.entries(lock.service).map(([path, hash]) => [`${folder}/${path}`, hash]),
    ...Object.entries(lock.repository).map(([path, hash]) => [placeOf(root, folder, path, hash), hash]),
    ...Object.entries(own),
  ]);
}

export function readPlatformLock(root: string, folders: readonly string[], force: boolean): AdoptedLock {
  const lock = readLock(root);
  const unreadable: string[] = [];
  const repository: Record<string, string> = { ...lock?.service, ...lock?.repository };
  for (const folder of folders) {
    const hashes = ownHashes(root, folder);
    if (hashes === null && !force) unreadable.push(`${folder}/${lockPath}`);
    // Forced: what it says is let go, and it goes.
    const known = hashes ?? ownLock(root, folder);
    for (const [path, hash] of Object.entries(known)) {
      const text = readIfFile(join(root, path));
      // Made by both: what lies there decides whose it is.
      if (repository[path] === undefined || (text !== null && hashOf(text) === hash)) repository[path] = hash;
    }
  }
  return { lock: lock === null ? null : { service: {}, repository }, unreadable };
}

/** Files that projen made last time, from `folder`. */
function listedByProjen(folder: string): readonly unknown[] {
  try {
    const { files } = JSON.parse(readIfFile(join(folder, '.projen/files.json')) ?? '{}') as { files?: unknown };
    return Array.isArray(files) ? files : [];
  } catch {
    return [];
  }
}

export interface MadeAbove {
  readonly folder: string;
  readonly by: 'projen' | 'platform';
}

/** Folder above from which files in `folder` are made, together with others; null when there is none. */
export function madeAbove(folder: string): MadeAbove | null {
  const names = folder.replaceAll('\\', '/').split('/');
  for (let depth = names.length - 1; depth > 0; depth--) {
    const above = names.slice(0, depth).join('/') || '/';
    const isInside = (path: unknown): boolean => String(path).startsWith(`${names.slice(depth).join('/')}/`);
    if (listedByProjen(above).some(isInside)) return { folder: above, by: 'projen' };
    if (Object.keys(readLock(above)?.repository ?? {}).some(isInside)) return { folder: above, by: 'platform' };
  }
  return null;
}
