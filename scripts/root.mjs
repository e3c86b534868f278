// The folder of the repository, and the few ways in which the build scripts read and write below it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Absolute path of something in the repository. */
export const inRoot = (...parts) => path.join(root, ...parts);

export const readJson = (file) => JSON.parse(readFileSync(inRoot(file), 'utf8'));

/** Writes a build output. An equal file stays untouched, so that watchers and compilers see no change. */
export function writeOutput(file, text) {
  const target = inRoot(file);
  if (existsSync(target) && readFileSync(target, 'utf8') === text) return;
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/**
 * Writes an output that is committed. With `--check` on the command line it is compared instead: a build in CI must not
 * mend in silence what the author forgot to commit.
 */
export function writeCommitted(file, text) {
  if (!process.argv.includes('--check')) return writeOutput(file, text);
  const target = inRoot(file);
  if (existsSync(target) && readFileSync(target, 'utf8') === text) return;
  console.error(`${file} is stale: run \`npm run build:generated\` and commit it.`);
  process.exitCode = 1;
}
