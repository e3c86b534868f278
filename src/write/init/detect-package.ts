// Finds a service's name, owner, Node.js line, package manager and place in a monorepo.
import { parsePlainYaml } from '../../render/shared/yaml-document';
import { type Found, inFolder, nearest, type ProjectSnapshot, packageFile, shownPath } from './snapshot';
import { dependedWorkspaces, isWorkspace, workspacePatterns } from './workspaces';

/** A name as DNS and Kubernetes take it: lower case, digits, hyphens, at most 40 characters; null when nothing is left. */
export function serviceName(raw: string): string | null {
  const words = raw.toLowerCase().slice(raw.startsWith('@') ? raw.indexOf('/') + 1 : 0);
  const cleaned = [...words]
    .map((char) => ((char >= 'a' && char <= 'z') || (char >= '0' && char <= '9') ? char : '-'))
    .join('');
  const parts = cleaned.split('-').filter((part) => part !== '');
  while (parts[0] !== undefined && parts[0] < 'a') parts.shift();
  let name = parts.join('-').slice(0, 40);
  while (name.endsWith('-')) name = name.slice(0, -1);
  return name === '' ? null : name;
}

export function findName(snapshot: ProjectSnapshot): Found<string> {
  const named = packageFile(snapshot.files.get(inFolder(snapshot, 'package.json')))?.name;
  const ofPackage = named == null ? null : serviceName(named);
  if (ofPackage !== null) return { value: ofPackage, from: 'from package.json "name"' };
  return { value: serviceName(snapshot.folderName) ?? 'service', from: 'from the name of the folder' };
}

export function findDescription(snapshot: ProjectSnapshot): Found<string> | null {
  const described = packageFile(snapshot.files.get(inFolder(snapshot, 'package.json')))?.description?.trim() ?? '';
  const isOneLine = ![...described].some((char) => char < ' ' || (char >= '\u007f' && char <= '\u009f'));
  return described === '' || !isOneLine ? null : { value: described, from: 'from package.json "description"' };
}

/** Does a line of CODEOWNERS speak of this folder? `/a/b/`, `a/b`, `/a/*` and `*` are understood. */
function owns(pattern: string, folder: string): boolean {
  if (pattern === '*' || pattern === '/' || pattern === '**') return true;
  const trimmed = pattern.split('/').filter((part) => part !== '');
  const parts = folder.split('/').filter((part) => part !== '');
  while (['*', '**'].includes(trimmed.at(-1) ?? '')) trimmed.pop();
  return trimmed.length <= parts.length && trimmed.every((part, at) => part === '*' || part === parts[at]);
}

/** The team that GitHub asks to review the folder: the last line that matches decides. */
export function findOwner(snapshot: ProjectSnapshot): Found<string> {
  for (const path of ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS']) {
    const lines = (snapshot.files.get(path) ?? '').split('\n');
    for (const [index, line] of [...lines.entries()].reverse()) {
      const [pattern = '', ...owners] = (line.split('#')[0] ?? '').split(' ').filter((word) => word !== '');
      const team = owners.find((owner) => owner.startsWith('@') && owner.includes('/'));
      const name = team === undefined ? null : serviceName(team);
      if (name === null || name.length < 2 || !owns(pattern, snapshot.folder)) continue;
      return { value: name, from: `from ${path}:${index + 1}` };
    }
  }
  return { value: 'change-me', from: 'nothing here says which team is paged: name it' };
}

// Lines that are supported and have long-term support; the default first. https://github.com/nodejs/Release#release-schedule
const NODE_LINES = [24, 22, 26];
const DEFAULT_NODE = 24;

const major = (version: string): number | null => {
  const found = /^\s*[v=^~]*\s*(\d+)/.exec(version);
  return found === null ? null : Number(found[1]);
};

/** The lines that a range of package.json names; "at least" allows the default, and names none. */
function linesOf(range: string): number[] {
  const alternatives = range.split('||');
  if (alternatives.some((alternative) => alternative.trim().startsWith('>'))) return [];
  return alternatives.map(major).filter((line) => line !== null);
}

/** The line of `FROM node:22-alpine`. */
function lineOfDockerfile(text: string): number | null {
  for (const line of text.split('\n')) {
    const words = line
      .trim()
      .split(' ')
      .filter((word) => word !== '');
    const image = words.slice(1).find((word) => word.startsWith('node:'));
    if (words[0]?.toUpperCase() === 'FROM' && image !== undefined) return major(image.slice('node:'.length));
  }
  return null;
}

/** The Node.js line that the project says, when it is not the default; a remark when the line has ended. */
export function findNode(snapshot: ProjectSnapshot): { node: Found<number> | null; remarks: string[] } {
  const versionFile = nearest(snapshot, ['.nvmrc', '.node-version']);
  const engine = packageFile(snapshot.files.get(inFolder(snapshot, 'package.json')))?.nodeEngine ?? null;
  const dockerfile = snapshot.files.get(inFolder(snapshot, 'Dockerfile'));
  const candidates: { lines: number[]; from: string }[] = [
    {
      lines: [major(versionFile?.text ?? '')].filter((line) => line !== null),
      from: shownPath(snapshot, versionFile?.path ?? ''),
    },
    { lines: engine === null ? [] : linesOf(engine), from: 'package.json "engines"' },
    { lines: [lineOfDockerfile(dockerfile ?? '')].filter((line) => line !== null), from: 'Dockerfile' },
  ];
  const said = candidates.find(({ lines }) => lines.length > 0);
  if (said === undefined) return { node: null, remarks: [] };
  const line = NODE_LINES.find((each) => said.lines.includes(each));
  if (line !== undefined) return { node: { value: line, from: `from ${said.from}` }, remarks: [] };
  const remark = `${said.from} says Node.js ${said.lines.join(', ')}, which is not supported any more or has no long-term support: the default, ${DEFAULT_NODE}, is taken.`;
  return { node: null, remarks: [remark] };
}

const LOCK_FILES = [
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
] as const;

/** `pnpm@10.2.0+sha512…` → `pnpm@10.2.0`; without the version when it is not exact. Null for another manager. */
function exactManager(declared: string): string | null {
  const found = /^(npm|pnpm|yarn)(?:@(\d+\.\d+\.\d+))?/.exec(declared);
  if (found === null) return null;
  return found[2] === undefined ? (found[1] ?? null) : `${found[1]}@${found[2]}`;
}

/** `yarnPath: .yarn/releases/yarn-4.5.0.cjs` → `4.5.0`. */
function versionOfYarn(text: string | undefined): string | null {
  const settings = text === undefined ? null : parsePlainYaml(text);
  const path = typeof settings === 'object' && settings !== null ? (settings as { yarnPath?: unknown }).yarnPath : null;
  return typeof path === 'string' ? (/yarn-(\d+\.\d+\.\d+)\.c?js$/.exec(path)?.[1] ?? null) : null;
}

/** The package manager: what package.json says, else whose lock file is there. */
export function findPackageManager(snapshot: ProjectSnapshot): { found: Found<string> | null; remarks: string[] } {
  for (const path of new Set([inFolder(snapshot, 'package.json'), 'package.json'])) {
    const declared = packageFile(snapshot.files.get(path))?.packageManager ?? null;
    const exact = declared === null ? null : exactManager(declared);
    if (exact !== null)
      return { found: { value: exact, from: `from ${shownPath(snapshot, path)} "packageManager"` }, remarks: [] };
  }
  const locks = LOCK_FILES.filter(([name]) => nearest(snapshot, [name]) !== null);
  const [lock, manager] = locks[0] ?? [null, 'npm'];
  if (lock === null)
    return {
      found: null,
      remarks: ['There is no lock file: run `npm install` and commit package-lock.json, or the image cannot be built.'],
    };
  const remarks =
    new Set(locks.map(([, each]) => each)).size > 1
      ? [
          `There is more than one lock file (${locks.map(([name]) => name).join(', ')}): ${manager} is taken; remove the other.`,
        ]
      : [];
  const version = manager === 'yarn' ? versionOfYarn(nearest(snapshot, ['.yarnrc.yml'])?.text) : null;
  if (version !== null) return { found: { value: `yarn@${version}`, from: 'from .yarnrc.yml' }, remarks };
  const missing = manager === 'npm' ? '' : '; add its exact version, as in pnpm@10.20.0';
  return { found: { value: manager, from: `from ${lock}${missing}` }, remarks };
}

/** The service's place in a monorepo; nulls and nothing for a repository of its own. */
export function findWorkspace(snapshot: ProjectSnapshot): {
  workspace: Found<string> | null;
  workspaces: Found<string>[];
} {
  const pnpm = snapshot.files.get('pnpm-workspace.yaml');
  const patterns = workspacePatterns(snapshot.files.get('package.json'), pnpm);
  if (snapshot.folder === '' || !isWorkspace(snapshot.folder, patterns)) return { workspace: null, workspaces: [] };
  const from =
    pnpm === undefined ? 'a workspace of the package.json at the root' : 'a workspace of pnpm-workspace.yaml';
  return {
    workspace: { value: snapshot.folder, from },
    workspaces: dependedWorkspaces(snapshot).map((value) => ({ value, from: 'a dependency in package.json' })),
  };
}
