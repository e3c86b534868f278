// Writes and removes a set of files so that either all of it happens or none.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type DiskOperations, disk } from './operations';

export interface FileToWrite {
  /** Absolute. */
  readonly file: string;
  /** Null removes the file. */
  readonly text: (() => string) | null;
  readonly executable: boolean;
  /** Whether there is a file, which comes back when something fails. */
  readonly exists: boolean;
}

interface Prepared extends FileToWrite {
  readonly temporary: string | null;
  readonly backup: string | null;
}

/** A free name beside the file: on the same file system, so that a rename is one step. */
function beside(file: string, purpose: string): string {
  for (let count = 0; ; count++) {
    const name = join(dirname(file), `.${basename(file)}.groundwork-${purpose}-${process.pid}-${count}`);
    if (!existsSync(name)) return name;
  }
}

/** Runs every step, whatever fails: used to clean up. */
function attempt(...steps: (() => void)[]): void {
  for (const step of steps) {
    try {
      step();
    } catch {
      // What was being cleaned up is the error to report, not this one.
    }
  }
}

function makeFolders(folder: string, made: string[], operations: DiskOperations): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder), made, operations);
  operations.makeFolder(folder);
  made.push(folder);
}

/** Folders that removing left empty, up to `root`. */
function removeEmptyFolders(file: string, roots: readonly string[], operations: DiskOperations): void {
  attempt(() => {
    for (let folder = dirname(file); !roots.includes(folder) && folder !== dirname(folder); folder = dirname(folder)) {
      operations.removeFolder(folder);
    }
  });
}

/**
 * Every new text is written, and every old one copied, before the first file changes; a full disk or a missing right
 * shows then. What can still fail is a rename: what was done before it is undone.
 */
export function writeAll(
  files: readonly FileToWrite[],
  roots: readonly string[],
  operations: DiskOperations = disk,
): void {
  const prepared: Prepared[] = [];
  const madeFolders: string[] = [];
  const done: Prepared[] = [];
  try {
    for (const file of files) {
      if (file.text !== null) makeFolders(dirname(file.file), madeFolders, operations);
      const temporary = file.text === null ? null : beside(file.file, 'new');
      const backup = file.exists ? beside(file.file, 'old') : null;
      // Noted before it is made: half a file is cleaned up too.
      prepared.push({ ...file, temporary, backup });
      if (temporary !== null && file.text !== null)
        operations.create(temporary, file.text(), file.executable ? 0o755 : 0o644);
      if (backup !== null) operations.copy(file.file, backup);
    }
    for (const file of prepared) {
      done.push(file);
      if (file.temporary !== null) operations.rename(file.temporary, file.file);
      else operations.remove(file.file);
    }
  } catch (error) {
    for (const { file, temporary, backup } of [...done].reverse()) {
      const isDone = temporary === null || !existsSync(temporary);
      if (!isDone) continue;
      attempt(() => (backup === null ? operations.remove(file) : operations.rename(backup, file)));
    }
    cleanUp(prepared, operations);
    for (const folder of madeFolders.reverse()) attempt(() => operations.removeFolder(folder));
    throw error;
  }
  // Every new file has been renamed: what is left are the copies of the old ones.
  for (const { backup } of prepared) if (backup !== null) attempt(() => operations.remove(backup));
  for (const { file, text } of prepared) if (text === null) removeEmptyFolders(file, roots, operations);
}

function cleanUp(prepared: readonly Prepared[], operations: DiskOperations): void {
  for (const { temporary, backup } of prepared) {
    for (const leftover of [temporary, backup]) {
      if (leftover !== null && existsSync(leftover)) attempt(() => operations.remove(leftover));
    }
  }
}
