// Finds the folders that an item of the platform's `services` means: one folder, or all that a glob matches.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean } from '../../diagnostics';

export const isGlob = (pattern: string): boolean => pattern.includes('*');

/** In the order in which they are looked for. A module needs no .projenrc.ts: its default export is the declaration. */
const declarationNames = ['service.yaml', 'service.yml', 'service.ts', 'service.js', 'service.cjs', 'service.mjs'];

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;
const isFolder = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;

/** Name of the declaration in the folder; null when there is none. */
export const declarationIn = (folder: string): string | null =>
  declarationNames.find((name) => isFile(join(folder, name))) ?? null;

/** What a `*` never means: what git, npm and editors keep for themselves. */
const isHidden = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

/** Sorted by code units, so that the order is the same on every machine. */
const foldersIn = (folder: string): string[] =>
  isFolder(folder)
    ? readdirSync(folder)
        .filter((name) => !isHidden(name) && isFolder(join(folder, name)))
        .sort()
    : [];

/** `*` stands for any part of one name. */
function matches(name: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return name === pattern;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found === -1 || found + part.length > name.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

function below(root: string, from: string, segments: readonly string[]): string[] {
  const [segment, ...others] = segments;
  if (segment === undefined) return [from];
  const names = isGlob(segment)
    ? foldersIn(join(root, from)).filter((name) => matches(name, segment))
    : isFolder(join(root, from, segment))
      ? [segment]
      : [];
  return names.flatMap((name) => below(root, from === '' ? name : `${from}/${name}`, others));
}

/** Folders from `root`, `/` between names, in the order of their names: with a glob those that have a declaration. */
export function expandPattern(root: string, pattern: string): string[] {
  return below(root, '', pattern.split('/')).filter((folder) => declarationIn(join(root, folder)) !== null);
}

/** The folder beside the one that was meant, whose name is near and which has a declaration; null when there is none. */
export function neighbourOf(root: string, pattern: string): string | null {
  const segments = pattern.split('/');
  const before: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const here = join(root, ...before);
    const isLast = index === segments.length - 1;
    const wanted = (name: string): boolean => !isLast || isGlob(pattern) || declarationIn(join(here, name)) !== null;
    const known = foldersIn(here).filter(wanted);
    if (known.includes(segment) && !isGlob(segment)) {
      before.push(segment);
      continue;
    }
    const near = isGlob(segment) ? null : didYouMean(segment, known);
    return near === null ? null : [...before, near, ...segments.slice(index + 1)].join('/');
  }
  return null;
}
