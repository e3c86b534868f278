// What a person has to decide before anything is written, in words.
import type { TextDifference } from '../text-difference';
import type { DiskRefusal } from './compare';
import { lockPath } from './lock';

function refusal(
  code: string,
  path: string,
  message: string,
  fix: string,
  difference: TextDifference | null = null,
): DiskRefusal {
  const place = { file: path, line: difference?.line ?? 1, column: 1 };
  return { code, severity: 'error', path: [], place, message, fix, difference: difference?.text ?? null };
}

export const edited = (path: string, difference: TextDifference | null): DiskRefusal =>
  refusal(
    'generated-file-edited',
    path,
    `${path} was changed by hand since it was generated; generating it again would lose the lines marked + below.`,
    'Say it in the declaration (where it has no word for it: under overrides) and restore the file, or run `npx groundwork generate --force` to drop the edit.',
    difference,
  );

export const notGenerated = (path: string, difference: TextDifference | null): DiskRefusal =>
  refusal(
    'file-not-generated',
    path,
    `${path} is there already and was not made by Groundwork; generating would replace it (its own lines are marked + below).`,
    'Move it away, or run `npx groundwork generate --force` to replace it.',
    difference,
  );

export const staleEdited = (path: string): DiskRefusal =>
  refusal(
    'stale-file-edited',
    path,
    `${path} is no longer generated and would be removed, but was changed by hand since it was generated.`,
    'Remove or rename it, or run `npx groundwork generate --force` to keep it as a file of your own.',
  );

export const notAFile = (path: string): DiskRefusal =>
  refusal('path-is-not-a-file', path, `${path} is to be generated, but a folder or a link is there.`, 'Move it away.');

export const outside = (path: string, part: string): DiskRefusal =>
  refusal(
    'path-leaves-the-folder',
    path,
    `${path} is to be generated, but ${part} is a link out of the folder, or a file where a folder should be.`,
    `Move ${part} away.`,
  );

export const lockNotReadable = (path = lockPath): DiskRefusal =>
  refusal(
    'lock-not-readable',
    path,
    `${path} tells which files were generated, and cannot be read: a merge conflict, or an edit.`,
    'Take either side of the conflict, or remove the file: files that are as generated are taken over, others are shown.',
  );
