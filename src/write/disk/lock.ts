// Reads and writes .groundwork/files.json: which files Groundwork wrote, and the hash that each had then.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneratedFile } from '../../render/shared/generated-file';
import { isSafePath } from './safe-path';

export const lockPath = '.groundwork/files.json';

/** Hash of each file by its path. Committed: it is how a hand edit is seen in another checkout. */
export interface Lock {
  readonly service: Readonly<Record<string, string>>;
  readonly repository: Readonly<Record<string, string>>;
}

/** git may check files out with the line ends of Windows: that is no edit. */
export const withUnixLines = (text: string): string => text.replaceAll('\r\n', '\n');

export const hashOf = (text: string): string => createHash('sha256').update(withUnixLines(text)).digest('hex');

function isHashes(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([path, hash]) => isSafePath(path) && typeof hash === 'string');
}

/** Empty when there is none yet, null when what is there cannot be read. */
export function readLock(serviceFolder: string): Lock | null {
  const file = join(serviceFolder, lockPath);
  if (!existsSync(file)) return { service: {}, repository: {} };
  try {
    const { version, service, repository } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return version === 1 && isHashes(service) && isHashes(repository) ? { service, repository } : null;
  } catch {
    return null;
  }
}

const sorted = (hashes: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(hashes).sort(([a], [b]) => (a < b ? -1 : 1)));

export function lockFile(lock: Lock): GeneratedFile {
  const content = {
    about: 'Written by "npx groundwork generate": the files that it made and their SHA-256. Commit it; do not edit it.',
    version: 1,
    service: sorted(lock.service),
    repository: sorted(lock.repository),
  };
  return {
    at: 'service',
    path: lockPath,
    body: `${JSON.stringify(content, null, 2)}\n`,
    comment: 'none',
    executable: false,
  };
}
