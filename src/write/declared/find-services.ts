// Finds the declarations of a platform's services: in folders of the repository, and in npm packages that are installed.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
import { parsePlatform } from '../../model/parse';
import type { ServiceSource } from '../../model/platform-facts';
import { declarationIn, expandPattern, isGlob, neighbourOf } from './expand-pattern';

export interface ServiceFile {
  /** Absolute. */
  readonly file: string;
  /** The same from the platform's folder. */
  readonly declaration: string;
  /** From the platform's folder; null for a published declaration. */
  readonly folder: string | null;
  readonly published: { readonly name: string; readonly version: string } | null;
}

export interface FoundServices {
  readonly files: readonly ServiceFile[];
  /** About items of `services`, by path. */
  readonly diagnostics: readonly Diagnostic[];
}

const problem = (code: string, index: number, message: string, fix: string): Diagnostic => ({
  code,
  severity: 'error',
  path: ['services', index],
  place: null,
  message,
  fix,
});

function emptyFolder(root: string, pattern: string, index: number): Diagnostic {
  const near = neighbourOf(root, pattern);
  const what = isGlob(pattern)
    ? `No folder that matches ${pattern} has a service.yaml.`
    : existsSync(join(root, pattern))
      ? `The folder ${pattern} has no service.yaml.`
      : `There is no folder ${pattern}.`;
  const write = isGlob(pattern)
    ? 'Correct the glob, which begins at the folder of platform.yaml, or leave it out.'
    : `Write one with \`npx groundwork init\` in that folder, or leave it out.`;
  return problem('service-folder-empty', index, what, near === null ? write : `Did you mean "${near}"?`);
}

/** Folder of an installed package: as Node looks for it, upward from `root`, without asking for its entry point. */
function packageFolder(root: string, name: string): string | null {
  for (let folder = root; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === dirname(folder)) return null;
  }
}

function versionOf(folder: string): string {
  try {
    return String((JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: unknown }).version);
  } catch {
    return 'unknown';
  }
}

type Published = Extract<ServiceSource, { readonly kind: 'package' }>;

function publishedFile(root: string, { name, version }: Published, index: number): ServiceFile | Diagnostic {
  const folder = packageFolder(root, name);
  const install = `Run \`npm install --save-dev --save-exact ${name}@${version}\`.`;
  if (folder === null) {
    return problem(
      'published-service-missing',
      index,
      `${name} is not installed in or above the platform's folder.`,
      install,
    );
  }
  const installed = versionOf(folder);
  if (installed !== version) {
    const message = `services names ${name} ${version}, but version ${installed} is installed.`;
    return problem(
      'published-version-differs',
      index,
      message,
      `${install.slice(0, -1)}, or set version: ${installed}.`,
    );
  }
  const file = ['service.yaml', 'service.yml'].map((one) => join(folder, one)).find((one) => existsSync(one));
  if (file === undefined) {
    const message = `${name} ${version} is installed, but holds no service.yaml at its root.`;
    return problem(
      'published-service-missing',
      index,
      message,
      'List service.yaml under `files` of its package.json, and publish it again.',
    );
  }
  const declaration = relative(root, file).split(sep).join('/');
  return { file, declaration, folder: null, published: { name, version } };
}

function folderFiles(root: string, pattern: string): ServiceFile[] {
  return expandPattern(root, pattern).map((folder) => {
    const declaration = `${folder}/${declarationIn(join(root, folder))}`;
    return { file: join(root, declaration), declaration, folder, published: null };
  });
}

const isDiagnostic = (found: ServiceFile | Diagnostic): found is Diagnostic => 'code' in found;

/**
 * Every declaration once, in the order of `services`; a glob's in the order of their names. Nothing when the platform's
 * declaration has no valid shape: its own diagnostics tell that.
 */
export function findServices(platform: unknown, root: string): FoundServices {
  const sources = parsePlatform(platform).model?.services ?? [];
  const found = sources.flatMap((source, index): (ServiceFile | Diagnostic)[] => {
    if (source.kind === 'facts') return [];
    if (source.kind === 'package') return [publishedFile(root, source, index)];
    const files = folderFiles(root, source.pattern);
    return files.length === 0 ? [emptyFolder(root, source.pattern, index)] : files;
  });
  const byFile = new Map(found.filter((one) => !isDiagnostic(one)).map((one) => [(one as ServiceFile).file, one]));
  return { files: [...byFile.values()] as ServiceFile[], diagnostics: found.filter(isDiagnostic) };
}
