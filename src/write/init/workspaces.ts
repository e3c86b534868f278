// Tells which folders of a repository are workspaces, and which of them a service depends on.
import { parsePlainYaml } from '../../render/shared/yaml-document';
import { inFolder, type ProjectSnapshot, packageFile } from './snapshot';

/** The patterns of the repository's workspaces, from package.json (npm, yarn) or pnpm-workspace.yaml. */
export function workspacePatterns(packageText: string | undefined, pnpmText: string | undefined): readonly string[] {
  const declared = pnpmText === undefined ? null : parsePlainYaml(pnpmText);
  const packages =
    typeof declared === 'object' && declared !== null ? (declared as { packages?: unknown }).packages : null;
  if (Array.isArray(packages)) return packages.filter((each): each is string => typeof each === 'string');
  return packageFile(packageText)?.workspaces ?? [];
}

const segments = (path: string): string[] => path.split('/').filter((part) => part !== '' && part !== '.');

function matchesParts(parts: readonly string[], pattern: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return parts.length === 0;
  if (first === '**') return parts.some((_, at) => matchesParts(parts.slice(at), rest)) || matchesParts([], rest);
  const [part, ...others] = parts;
  return part !== undefined && matchesPart(part, first) && matchesParts(others, rest);
}

/** One segment, in which each `*` stands for any text. */
function matchesPart(part: string, pattern: string): boolean {
  const [head = '', ...pieces] = pattern.split('*');
  if (pieces.length === 0) return part === pattern;
  const tail = pieces.at(-1) ?? '';
  if (!part.startsWith(head) || !part.endsWith(tail) || part.length < head.length + tail.length) return false;
  let at = head.length;
  for (const piece of pieces.slice(0, -1)) {
    const found = part.indexOf(piece, at);
    if (found < 0 || found > part.length - tail.length) return false;
    at = found + piece.length;
  }
  return true;
}

/** True when the folder is a workspace by these patterns; one that begins with `!` takes folders out. */
export function isWorkspace(folder: string, patterns: readonly string[]): boolean {
  const parts = segments(folder);
  const matches = (pattern: string): boolean => matchesParts(parts, segments(pattern));
  return (
    patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern)) &&
    !patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))
  );
}

/** Folders of the workspaces that the service depends on, directly or through others; sorted. */
export function dependedWorkspaces(snapshot: ProjectSnapshot): readonly string[] {
  const byName = new Map<string, string>();
  for (const [path, text] of snapshot.files) {
    if (!path.endsWith('/package.json')) continue;
    const name = packageFile(text)?.name ?? null;
    if (name !== null) byName.set(name, path.slice(0, -'/package.json'.length));
  }
  const found = new Set<string>();
  const waiting = [snapshot.folder];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const at = folder === snapshot.folder ? inFolder(snapshot, 'package.json') : `${folder}/package.json`;
    const file = packageFile(snapshot.files.get(at));
    for (const name of [...(file?.dependencies.keys() ?? []), ...(file?.devDependencies.keys() ?? [])]) {
      const depended = byName.get(name);
      if (depended === undefined || depended === snapshot.folder || found.has(depended)) continue;
      found.add(depended);
      waiting.push(depended);
    }
  }
  return [...found].sort();
}
