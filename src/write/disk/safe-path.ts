// Turns the path of a generated file into a place on disk, and refuses one that would leave the folder.
import { lstatSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

// Names that Windows keeps for devices, whatever their ending: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

function isForbidden(character: string): boolean {
  return character < ' ' || '<>:"|?*\\\u007f'.includes(character);
}

function isSafeName(name: string): boolean {
  return (
    name !== '' &&
    name !== '.' &&
    name !== '..' &&
    !/[. ]$/.test(name) &&
    !deviceName.test(name) &&
    ![...name].some(isForbidden)
  );
}

/** True for a path of `/` separated names that every file system takes, and that stays below where it begins. */
export const isSafePath = (path: string): boolean => path.length <= 400 && path.split('/').every(isSafeName);

/** The part of the path that is a link out of `folder`, or a file where a folder should be; null when there is none. */
export function obstacle(folder: string, path: string): string | null {
  const root = realpathSync(folder);
  const names = path.split('/').slice(0, -1);
  for (let depth = 1; depth <= names.length; depth++) {
    const part = names.slice(0, depth).join('/');
    const stats = lstatSync(join(folder, part), { throwIfNoEntry: false });
    if (stats === undefined) return null;
    if (stats.isSymbolicLink()) {
      const real = relative(root, realpathSync(join(folder, part)));
      if (real === '..' || real.startsWith(`..${sep}`) || /^[a-z]:/i.test(real)) return part;
    } else if (!stats.isDirectory()) return part;
  }
  return null;
}
