// Compares what is to be written with what is there: which files change, and which a person has to decide about.
import { lstatSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
import type { GeneratedFile } from '../../render/shared/generated-file';
import { withMarker } from '../marker';
import { textDifference } from '../text-difference';
import type { Folders } from './folders';
import { type HeldText, type Holder, textHolder } from './held-text';
import { hashOf, type Lock, withUnixLines } from './lock';
import { edited, lockNotReadable, notAFile, notGenerated, outside, staleEdited } from './refusals';
import { isSafePath, obstacle } from './safe-path';

export type ChangeKind = 'created' | 'changed' | 'unchanged' | 'removed' | 'kept';

export interface Change {
  readonly kind: ChangeKind;
  readonly at: GeneratedFile['at'];
  /** Below the folder that `at` names. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  /** Null for a file that goes, and for one that is unchanged. */
  readonly text: HeldText | null;
  /** Null for a file that comes, and for one that is unchanged. */
  readonly previous: HeldText | null;
  readonly executable: boolean;
}

/** A problem on disk, with the edit that it is about. */
export interface DiskRefusal extends Diagnostic {
  readonly difference: string | null;
}

/** First line of every file, or of each by its path; null = none. */
export type Marker = string | null | ((path: string) => string);

export interface CompareInput {
  readonly folders: Folders;
  /** Taken one by one; a text is let go when the file on disk is the same. */
  readonly files: Iterable<GeneratedFile>;
  readonly marker: Marker;
  /** What was written last time; null when that cannot be read. */
  readonly lock: Lock | null;
  /** Overwrites edits and foreign files, and lets go of edited files that are no longer made. */
  readonly force: boolean;
}

export interface Comparison {
  readonly changes: readonly Change[];
  readonly refusals: readonly DiskRefusal[];
  /** To be written with the changes. */
  readonly lock: Lock;
}

interface Present {
  readonly text: string;
  readonly executable: boolean;
}

type Found = Present | 'absent' | 'not-a-file';

const marked = (file: GeneratedFile, marker: Marker): string =>
  withMarker(file, typeof marker === 'function' ? marker(file.path) : marker);

function read(file: string): Found {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return 'absent';
  if (!stats.isFile()) return 'not-a-file';
  return { text: readFileSync(file, 'utf8'), executable: (stats.mode & 0o100) !== 0 };
}

// Windows has no such bit: every file would differ for ever.
const hasExecutableBit = process.platform !== 'win32';

/** Calendars are made with the line ends of Windows, and git may change those of any file. */
const isSameText = (a: string, b: string): boolean => a === b || withUnixLines(a) === withUnixLines(b);

const isEqual = (found: Present, text: string, executable: boolean): boolean =>
  isSameText(found.text, text) && (!hasExecutableBit || found.executable === executable);

/** Two paths that differ in case only are one file on macOS and Windows. */
function refusingTwins(folders: Folders): (file: GeneratedFile) => void {
  const seen = new Set<string>();
  return ({ at, path }) => {
    if (!isSafePath(path)) throw new Error(`BUG: a generated file has the path ${JSON.stringify(path)}`);
    const key = `${folders[at]}/${path}`.toLowerCase();
    if (seen.has(key)) throw new Error(`BUG: two generated files have the path ${path}`);
    seen.add(key);
  };
}

/** Asks each folder once: files of one folder have one answer. */
function rememberingObstacles(folders: Folders): (file: GeneratedFile) => string | null {
  const known = new Map<string, string | null>();
  return ({ at, path }) => {
    const key = `${at}/${posix.dirname(path)}`;
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    const found = obstacle(folders[at], path);
    known.set(key, found);
    return found;
  };
}

interface MarkedFile extends GeneratedFile {
  /** As it stands on disk: the body under its first line. */
  readonly text: string;
}

interface Comparing extends CompareInput {
  readonly hold: Holder;
}

function compareFile(file: MarkedFile, blocked: string | null, input: Comparing): Change | DiskRefusal {
  const { folders, force, hold } = input;
  const target = join(folders[file.at], file.path);
  if (blocked !== null) return outside(file.path, blocked);
  const { text } = file;
  const change = { at: file.at, path: file.path, file: target, executable: file.executable };
  const found = read(target);
  if (found === 'absent') return { ...change, kind: 'created', text: hold(text), previous: null };
  if (found === 'not-a-file') return notAFile(file.path);
  const previous = found.text;
  if (isEqual(found, text, file.executable)) return { ...change, kind: 'unchanged', text: null, previous: null };
  const known = input.lock?.[file.at][file.path];
  const isOurs = isSameText(previous, text) || known === hashOf(previous);
  if (isOurs || force) return { ...change, kind: 'changed', text: hold(text), previous: hold(previous) };
  const difference = textDifference(
    { name: `${file.path} (generated)`, text },
    { name: file.path, text: withUnixLines(previous) },
  );
  return known === undefined ? notGenerated(file.path, difference) : edited(file.path, difference);
}

function compareStale(
  at: GeneratedFile['at'],
  path: string,
  hash: string,
  input: Comparing,
): Change | DiskRefusal | null {
  const file = join(input.folders[at], path);
  if (obstacle(input.folders[at], path) !== null) return null;
  const found = read(file);
  if (found === 'absent' || found === 'not-a-file') return null;
  const change = { at, path, file, text: null, previous: input.hold(found.text), executable: found.executable };
  if (hash === hashOf(found.text)) return { ...change, kind: 'removed' };
  return input.force ? { ...change, kind: 'kept' } : staleEdited(path);
}

const isRefusal = (outcome: Change | DiskRefusal): outcome is DiskRefusal => 'code' in outcome;
const isChange = (outcome: Change | DiskRefusal): outcome is Change => !isRefusal(outcome);

interface Compared {
  readonly key: string;
  readonly outcome: Change | DiskRefusal;
}

export function compareFiles(given: CompareInput): Comparison {
  const input: Comparing = { ...given, hold: textHolder() };
  const refuseTwin = refusingTwins(input.folders);
  const obstacleOf = rememberingObstacles(input.folders);
  const hashes: Record<GeneratedFile['at'], Record<string, string>> = { service: {}, repository: {} };
  const compared: Compared[] = [];
  for (const file of input.files) {
    refuseTwin(file);
    const text = marked(file, input.marker);
    hashes[file.at][file.path] = hashOf(text);
    const outcome = compareFile({ ...file, text }, obstacleOf(file), input);
    compared.push({ key: `${file.at}/${file.path}`, outcome });
  }
  const rendered = new Set(compared.map(({ key }) => key));
  const stale = (['service', 'repository'] as const).flatMap((at) =>
    Object.entries(input.lock?.[at] ?? {})
      .filter(([path]) => !rendered.has(`${at}/${path}`))
      .map(([path, hash]) => compareStale(at, path, hash, input)),
  );
  const sorted = compared.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ outcome }) => outcome);
  const outcomes = [...sorted, ...stale].filter((outcome) => outcome !== null);
  const refusals = outcomes.filter(isRefusal);
  return {
    changes: outcomes.filter(isChange),
    refusals: input.lock === null && !input.force ? [lockNotReadable(), ...refusals] : refusals,
    lock: hashes,
  };
}
