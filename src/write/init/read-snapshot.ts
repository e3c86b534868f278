// Reads what `init` looks at from the disk: the service's folder, and the root of the repository around it.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { readSourceTexts } from './read-source-texts';
import type { ProjectSnapshot } from './snapshot';
import { dependedWorkspaces, isWorkspace, workspacePatterns } from './workspaces';

const LOCK_FILES = ['npm-shrinkwrap.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'];

const AT_ROOT = [
  'package.json',
  'pnpm-workspace.yaml',
  '.yarnrc.yml',
  '.nvmrc',
  '.node-version',
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
];

const OF_SERVICE = [
  ...AT_ROOT.slice(0, 5),
  '.env.dist',
  '.env.example',
  '.env.sample',
  '.env.template',
  'Dockerfile',
  'index.html',
  'tsconfig.build.json',
  'tsconfig.json',
];

// A repository deeper, or with more workspaces, than this is not what anybody has; the search must end.
const MOST_LEVELS_UP = 8;
const MOST_LEVELS_DOWN = 5;
const MOST_WORKSPACES = 500;
const MOST_BYTES = 1_000_000;

const slashes = (path: string): string => path.split(sep).join('/');

function text(file: string): string | null {
  try {
    return statSync(file).size <= MOST_BYTES ? readFileSync(file, 'utf8') : null;
  } catch {
    return null;
  }
}

/** The root of the repository: the folder with .git, or the one whose workspaces the service is among. */
function findRoot(folder: string): string {
  let at = folder;
  for (let level = 0; level < MOST_LEVELS_UP; level++) {
    const patterns = workspacePatterns(
      text(join(at, 'package.json')) ?? undefined,
      text(join(at, 'pnpm-workspace.yaml')) ?? undefined,
    );
    if (at !== folder && isWorkspace(slashes(relative(at, folder)), patterns)) return at;
    // The repository ends here: what is above it belongs to somebody else.
    if (existsSync(join(at, '.git'))) return at;
    const above = dirname(at);
    if (above === at) break;
    at = above;
  }
  return folder;
}

/** The folders under the root that are workspaces. */
function workspaceFolders(root: string, patterns: readonly string[]): string[] {
  const found: string[] = [];
  const visit = (path: string, depth: number): void => {
    if (found.length >= MOST_WORKSPACES || depth > MOST_LEVELS_DOWN) return;
    let entries: string[] = [];
    try {
      entries = readdirSync(join(root, path), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        .map((entry) => entry.name)
        .sort();
    } catch {
      return;
    }
    for (const name of entries) {
      const inner = path === '' ? name : `${path}/${name}`;
      if (isWorkspace(inner, patterns)) found.push(inner);
      visit(inner, depth + 1);
    }
  };
  if (patterns.length > 0) visit('', 0);
  return found;
}

/** Everything that `detect` looks at. Never `.env`: it holds secrets. */
export function readSnapshot(folder: string): ProjectSnapshot {
  const service = resolve(folder);
  const root = findRoot(service);
  const path = slashes(relative(root, service));
  const files = new Map<string, string>();
  const add = (name: string, read: boolean): void => {
    const file = join(root, name);
    const found = read ? text(file) : existsSync(file) ? '' : null;
    if (found !== null) files.set(name, found);
  };
  const own = (name: string): string => (path === '' ? name : `${path}/${name}`);
  for (const name of AT_ROOT) add(name, true);
  for (const name of OF_SERVICE) add(own(name), true);
  for (const name of new Set([...LOCK_FILES, ...LOCK_FILES.map(own)])) add(name, false);
  const patterns = workspacePatterns(files.get('package.json'), files.get('pnpm-workspace.yaml'));
  for (const workspace of workspaceFolders(root, patterns)) add(`${workspace}/package.json`, true);
  const snapshot: ProjectSnapshot = { folder: path, folderName: basename(service), files };
  for (const source of readSourceTexts(service, path).texts) files.set(source.path, source.text);
  // What the service's own workspaces read from the environment, the service reads.
  for (const workspace of dependedWorkspaces(snapshot)) {
    for (const source of readSourceTexts(join(root, workspace), workspace).texts) files.set(source.path, source.text);
  }
  return snapshot;
}
