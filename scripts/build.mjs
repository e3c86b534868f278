// Builds the package: generated sources first, then lib/, then the manifest that `npx projen new --from` reads.
//   node scripts/build.mjs               everything
//   node scripts/build.mjs --generated   only what the TypeScript sources import
//   … --check                            compare committed outputs instead of writing them
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { inRoot, root } from './root.mjs';

const check = process.argv.includes('--check') ? ['--check'] : [];
const onlyGenerated = process.argv.includes('--generated');

/** lib/ is built beside and moved into place, so that nobody ever sees half of it, nor a file whose source is gone. */
const staging = inRoot('.build', `lib-${process.pid}`);

function node(...args) {
  const { status, signal } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  rmSync(staging, { recursive: true, force: true });
  console.error(`${args.join(' ')} failed (${signal ?? `exit code ${status}`})`);
  process.exit(1);
}

node('scripts/gen-schema.mjs', ...check);
node('scripts/gen-types.mjs', ...check);
node('scripts/gen-validators.mjs');
node('scripts/gen-schema-hints.mjs');
node('scripts/gen-templates.mjs');
node('scripts/gen-docs.mjs', ...check);
if (onlyGenerated) process.exit(0);

mkdirSync(staging, { recursive: true });
node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--emitDeclarationOnly', '--outDir', staging);
// The types of what tsc did not make; their code is in the bundle.
cpSync(inRoot('src/generated'), `${staging}/generated`, { recursive: true, filter: (file) => !file.endsWith('.js') });
node('scripts/bundle.mjs', staging);
node('scripts/gen-esm.mjs', staging);
node('scripts/gen-jsii.mjs');

const old = `${staging}-old`;
if (existsSync(inRoot('lib'))) renameSync(inRoot('lib'), old);
renameSync(staging, inRoot('lib'));
rmSync(old, { recursive: true, force: true });
if (readdirSync(inRoot('.build')).length === 0) rmSync(inRoot('.build'), { recursive: true });
