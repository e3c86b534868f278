// Finds how a service is built and started: its language, commands, and what of its files runs.
import { parseCommand } from '../../model/command';
import { findLiteral } from '../../source/find-literal';
import { isCode } from '../../source/syntax-tree';
import type { CheckFindings, RuntimeFindings } from './findings';
import { type Found, inFolder, type PackageFile, type ProjectSnapshot, packageFile } from './snapshot';

const EMPTY: PackageFile = {
  name: null,
  description: null,
  main: null,
  isModule: false,
  packageManager: null,
  nodeEngine: null,
  scripts: new Map(),
  dependencies: new Map(),
  devDependencies: new Map(),
  workspaces: [],
};

/** The service's own package.json; an empty one when there is none. */
export const ownPackage = (snapshot: ProjectSnapshot): PackageFile =>
  packageFile(snapshot.files.get(inFolder(snapshot, 'package.json'))) ?? EMPTY;

export const dependsOn = (file: PackageFile, name: string): boolean =>
  file.dependencies.has(name) || file.devDependencies.has(name);

/** Paths of the service's own code, from its folder. */
export function ownCode(snapshot: ProjectSnapshot): string[] {
  const start = snapshot.folder === '' ? '' : `${snapshot.folder}/`;
  return [...snapshot.files.keys()]
    .filter((path) => path.startsWith(start) && isCode(path))
    .map((path) => path.slice(start.length));
}

const isTypeScript = (path: string): boolean => ['.ts', '.tsx', '.mts', '.cts'].some((end) => path.endsWith(end));

// Files of tools at the top of a project: code that does not run in production.
const isSetting = (path: string): boolean => !path.includes('/') && (path.startsWith('.') || path.includes('.config.'));

export function findTypeScript(snapshot: ProjectSnapshot): Found<boolean> {
  const code = ownCode(snapshot).filter((path) => !isSetting(path));
  const hasSettings = snapshot.files.has(inFolder(snapshot, 'tsconfig.json'));
  if (code.some(isTypeScript)) return { value: true, from: hasSettings ? 'from tsconfig.json' : 'from the .ts files' };
  if (hasSettings && code.length === 0) return { value: true, from: 'from tsconfig.json' };
  return { value: false, from: 'there are no .ts files' };
}

/** Leading `NAME=value` words are for a shell, and NODE_ENV is set anyway. */
function withoutAssignments(words: readonly string[]): string[] {
  const rest = [...words];
  while (rest[0] === 'cross-env' || (rest[0]?.includes('=') === true && !rest[0].startsWith('-'))) rest.shift();
  return rest;
}

/** The `node …` command of a script; null when the script does not run node itself, or needs a shell. */
export function nodeCommand(script: string): string | null {
  const last = script.split('&&').at(-1)?.trim() ?? '';
  const { words, needsShell } = parseCommand(last);
  const command = withoutAssignments(words);
  return needsShell === null && command[0] === 'node' && command.length > 1 && !command.includes('--watch')
    ? command.join(' ')
    : null;
}

const extensions = ['.js', '.mjs', '.cjs'];

/** The file that `node .` or `node src` runs. */
function startOf(
  file: PackageFile,
  folder: string,
  typescript: boolean,
  code: readonly string[],
): Found<string> | null {
  for (const name of ['start:prod', 'start:production', 'start']) {
    const command = nodeCommand(file.scripts.get(name) ?? '');
    if (command !== null) return { value: command, from: `from package.json "${name}"` };
  }
  const isBuilt = (path: string): boolean => typescript && path.startsWith(`${folder}/`);
  const isThere = (path: string): boolean =>
    [path, ...extensions.map((end) => path + end)].some((each) => code.includes(each));
  const main = file.main?.startsWith('./') === true ? file.main.slice(2) : file.main;
  if (main !== null && (isBuilt(main) || isThere(main)))
    return { value: `node ${main}`, from: 'from package.json "main"' };
  for (const name of ['index', 'main', 'server', 'app']) {
    if (typescript && code.some((path) => path === `src/${name}.ts` || path === `src/${name}.mts`)) {
      return { value: `node ${folder}/${name}.js`, from: `built from src/${name}.ts` };
    }
    const plain = [`src/${name}.js`, `src/${name}.mjs`, `${name}.js`, `${name}.mjs`].find((path) =>
      code.includes(path),
    );
    if (!typescript && plain !== undefined) return { value: `node ${plain}`, from: `${plain} is there` };
  }
  return null;
}

/** A folder inside the service's own, without `./`; null for any other. */
function innerFolder(folder: string | null): string | null {
  const parts = (folder ?? '').split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') || folder?.startsWith('/') === true ? null : parts.join('/');
}

/** The folder that the compiler writes, by tsconfig.json. */
function outputFolder(snapshot: ProjectSnapshot): string {
  for (const name of ['tsconfig.build.json', 'tsconfig.json']) {
    const text = snapshot.files.get(inFolder(snapshot, name));
    const folder = text === undefined ? null : innerFolder(findLiteral(name, text, ['compilerOptions', 'outDir']));
    if (folder !== null) return folder;
  }
  return 'dist';
}

/** Top folders and files of JavaScript that runs as it is. */
function runningParts(code: readonly string[]): string[] {
  const parts = code.filter((path) => !isSetting(path)).map((path) => path.split('/')[0] ?? path);
  return [...new Set(parts)].filter((part) => part !== 'scripts' && part !== 'tools').sort();
}

// Packages that compile, or would, when no binary was made for the platform.
const NATIVE = [
  'bcrypt',
  'better-sqlite3',
  'canvas',
  'node-rdkafka',
  'sqlite3',
  'argon2',
  '@confluentinc/kafka-javascript',
];

export function findRuntime(
  snapshot: ProjectSnapshot,
  manager: string,
): Omit<RuntimeFindings, 'node' | 'packageManager' | 'workspace' | 'workspaces' | 'prisma' | 'static'> {
  const file = ownPackage(snapshot);
  const code = ownCode(snapshot);
  const typescript = findTypeScript(snapshot);
  const folder = outputFolder(snapshot);
  const start = startOf(file, folder, typescript.value, code);
  const build: Found<string> | null =
    typescript.value === file.scripts.has('build')
      ? null
      : typescript.value
        ? { value: 'npx tsc', from: 'package.json has no script "build"' }
        : { value: `${manager} run build`, from: 'from package.json "build"' };
  const parts = runningParts(code);
  const outputs: Found<string>[] = typescript.value
    ? folder === 'dist'
      ? []
      : [{ value: folder, from: 'from tsconfig.json "outDir"' }]
    : parts.length === 0 || (parts.length === 1 && parts[0] === 'src')
      ? []
      : parts.map((value) => ({ value, from: 'holds code that runs' }));
  const native = NATIVE.find((name) => file.dependencies.has(name));
  return {
    typescript,
    build,
    start,
    outputs,
    nativeModules:
      native === undefined ? null : { value: true, from: `${native} may be compiled when it is installed` },
  };
}

/** A site that a bundler builds and no server of its own serves. */
export function findStatic(snapshot: ProjectSnapshot, hasServer: boolean): RuntimeFindings['static'] {
  const file = ownPackage(snapshot);
  const isPage = snapshot.files.has(inFolder(snapshot, 'index.html'));
  if (!dependsOn(file, 'vite') || !isPage || hasServer) return null;
  const settings = ['ts', 'js', 'mts', 'mjs'].map((end) => `vite.config.${end}`);
  const output = settings
    .map((name) => ({ name, text: snapshot.files.get(inFolder(snapshot, name)) }))
    .map(({ name, text }) => ({
      name,
      folder: text === undefined ? null : innerFolder(findLiteral(name, text, ['build', 'outDir'])),
    }))
    .find(({ folder }) => folder !== null && folder !== 'dist');
  return {
    from: 'vite builds index.html, and no code here listens on a port',
    output: output?.folder == null ? null : { value: output.folder, from: `from ${output.name} "build.outDir"` },
  };
}

/** Scripts of package.json that the workflow runs: a check without a script must be switched off, or every run fails. */
export function findChecks(snapshot: ProjectSnapshot, typescript: boolean, manager: string): CheckFindings {
  const { scripts } = ownPackage(snapshot);
  const test = scripts.get('test') ?? '';
  const none = (name: string): Found<false> => ({ value: false, from: `package.json has no script "${name}" yet` });
  const typeScript = ['typecheck', 'type-check', 'types', 'check-types'].find((name) => scripts.has(name));
  const types: Found<string> | null =
    !typescript || typeScript === 'typecheck'
      ? null
      : typeScript === undefined
        ? { value: 'npx tsc --noEmit', from: 'package.json has no script "typecheck"' }
        : { value: `${manager} run ${typeScript}`, from: `from package.json "${typeScript}"` };
  return {
    lint: scripts.has('lint') ? null : none('lint'),
    types,
    // What `npm init` writes fails by itself.
    test: test === '' || test.includes('no test specified') ? none('test') : null,
  };
}

/** Scripts that start a second process: `worker`, `start:worker`, `worker:ledger`. */
export function findWorkers(snapshot: ProjectSnapshot): { name: string; command: Found<string> }[] {
  return [...ownPackage(snapshot).scripts].flatMap(([script, text]) => {
    const words = script.split(':').filter((word) => !['start', 'prod', 'production'].includes(word));
    const command = nodeCommand(text);
    if (command === null || !words.includes('worker') || words.includes('dev')) return [];
    const name = words.filter((word) => word !== 'worker').join('-') || 'worker';
    return /^[a-z][a-z0-9-]{0,19}$/.test(name)
      ? [{ name, command: { value: command, from: `from package.json "${script}"` } }]
      : [];
  });
}
