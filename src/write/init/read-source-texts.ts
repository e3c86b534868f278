// Reads the source files of a folder: code and Prisma schemas, without what is installed, built or only tested.
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceText } from '../../source/read-environment-uses';
import { isCode } from '../../source/syntax-tree';

/** How much is read at most: a folder given by mistake must not take minutes. */
export interface SourceLimits {
  readonly files: number;
  readonly bytesPerFile: number;
  readonly depth: number;
}

// Ten times the code of a large service; a file above 1 MB is a bundle, not source.
export const sourceLimits: SourceLimits = { files: 5000, bytesPerFile: 1_000_000, depth: 20 };

const NOT_SOURCE = new Set([
  '__fixtures__',
  '__mocks__',
  '__tests__',
  'build',
  'coverage',
  'dist',
  'e2e',
  'lib-cov',
  'node_modules',
  'public',
  'spec',
  'test',
  'tests',
  'vendor',
]);

const isTest = (name: string): boolean =>
  ['.test.', '.spec.', '.stories.', '.e2e-spec.', '.min.'].some((mark) => name.includes(mark));

const isSource = (name: string): boolean => !isTest(name) && (isCode(name) || name.endsWith('.prisma'));

export interface SourceTexts {
  readonly texts: readonly SourceText[];
  /** False when a limit was reached: then "never read" is not known. */
  readonly isComplete: boolean;
}

const inOrder = (folder: string): Dirent[] => {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
};

/**
 * All source files under `folder`, sorted by path, each shown under `shown` (the folder's path from where diagnostics
 * are read). Links are not followed; a folder with a package.json of its own is another package, and is left out.
 */
export function readSourceTexts(folder: string, shown: string, limits: SourceLimits = sourceLimits): SourceTexts {
  const texts: SourceText[] = [];
  let isComplete = true;
  const visit = (at: string, path: string, depth: number): void => {
    const entries = inOrder(at);
    if (depth > 0 && entries.some(({ name }) => name === 'package.json')) return;
    if (depth > limits.depth) {
      isComplete = false;
      return;
    }
    for (const entry of entries) {
      const { name } = entry;
      const inner = path === '' ? name : `${path}/${name}`;
      if (entry.isDirectory()) {
        if (!NOT_SOURCE.has(name) && !name.startsWith('.')) visit(join(at, name), inner, depth + 1);
      } else if (entry.isFile() && isSource(name)) {
        const file = join(at, name);
        if (texts.length >= limits.files) isComplete = false;
        else if (statSync(file).size <= limits.bytesPerFile)
          texts.push({ path: inner, text: readFileSync(file, 'utf8') });
      }
    }
  };
  visit(folder, shown, 0);
  return { texts: texts.sort((a, b) => (a.path < b.path ? -1 : 1)), isComplete };
}
