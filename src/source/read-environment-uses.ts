// Turns the source files of a service into the environment variables that its code uses, each with its place.
import type { Diagnostic } from '../diagnostics';
import type { EnvironmentUse } from './environment-use';
import { createEvaluator } from './evaluate';
import { followCalls } from './follow-calls';
import { namesOfLibrary } from './library-names';
import { isAccessor } from './module-files';
import { readPrismaSchema } from './prisma-schema';
import { readScopes } from './read-scopes';
import { recordUses } from './record-uses';
import type { SourceFile } from './scope';
import { isCode, parseSource } from './syntax-tree';

/** A file as text. The path is shown in diagnostics, and imports between files are followed by it. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** What was found, and what could not be read. */
export interface EnvironmentUses {
  readonly uses: readonly EnvironmentUse[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The trees of all files that can be parsed, and a diagnostic for each that cannot. */
export function readSourceFiles(texts: readonly SourceText[]): {
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const files = new Map<string, SourceFile>();
  const diagnostics: Diagnostic[] = [];
  for (const { path, text } of texts) {
    // The generated accessor reads every variable there is, and so says nothing about the code.
    if (!isCode(path) || isAccessor(path)) continue;
    const { tree, failure } = parseSource(path, text);
    if (tree !== null) files.set(path, readScopes(path, tree));
    else {
      diagnostics.push({
        code: 'source-does-not-parse',
        severity: 'error',
        path: [],
        place: { file: path, line: failure.line, column: failure.column },
        message: `The file cannot be read: ${failure.message}. What it reads from the environment is not known.`,
        fix: 'Mend the syntax here, or leave the file out of the folder given to --source.',
      });
    }
  }
  return { files, diagnostics };
}

const dynamicRead = ({ path, line, column }: EnvironmentUse): Diagnostic => ({
  code: 'environment-read-dynamically',
  severity: 'warning',
  path: [],
  place: { file: path, line, column },
  message: 'The environment is read here under names that only running the code tells, so they cannot be compared.',
  fix: 'Read each variable by its name, or take the values from the generated accessor (env.generated.ts).',
});

const order = (use: EnvironmentUse): string =>
  [use.path, String(use.line).padStart(7, '0'), String(use.column).padStart(5, '0'), use.name ?? '', use.access].join(
    '\u0000',
  );

/** Sorted by place; what two ways of reading the code found at the same place is there once. */
function distinct(uses: readonly EnvironmentUse[]): EnvironmentUse[] {
  const byOrder = new Map<string, EnvironmentUse>();
  for (const use of uses) {
    const key = order(use);
    const known = byOrder.get(key);
    if (known === undefined || known.fallback === null) byOrder.set(key, use);
  }
  return [...byOrder].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, use]) => use);
}

function usesOfLibraries(files: ReadonlyMap<string, SourceFile>): EnvironmentUse[] {
  return [...files.values()].flatMap((file) =>
    [...file.imported]
      .flatMap(namesOfLibrary)
      .map((name) => ({ name, path: file.path, line: 1, column: 1, access: 'library', fallback: null }) as const),
  );
}

/**
 * The environment variables that the code uses: `process.env` in every spelling and under every alias, Vite's
 * `import.meta.env`, the keys of validation schemas, `env("…")` of Prisma schemas, and the generated accessor.
 * Values are followed through names, functions and imports between the files given. Not followed: variables that a
 * framework reads by its own rules (NestJS's ConfigService, convict).
 */
export function readEnvironmentUses(texts: readonly SourceText[]): EnvironmentUses {
  const { files, diagnostics } = readSourceFiles(texts);
  const evaluator = createEvaluator(files);
  followCalls(evaluator);
  const ofCode = [...files.values()].flatMap((file) => recordUses(file, evaluator));
  const ofPrisma = texts
    .filter(({ path }) => path.endsWith('.prisma'))
    .flatMap(({ path, text }) =>
      readPrismaSchema(text).environment.map((each) => ({ ...each, path, access: 'read', fallback: null }) as const),
    );
  const uses = distinct([...ofCode, ...ofPrisma, ...usesOfLibraries(files)]);
  return { uses, diagnostics: [...diagnostics, ...uses.filter((use) => use.access === 'dynamic').map(dynamicRead)] };
}
