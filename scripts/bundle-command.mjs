// Turns src/write/cli/main.ts into one file: starting it costs one read instead of a few hundred.
import path from 'node:path';
import { buildSync } from 'esbuild';
import { inRoot } from './root.mjs';

const [outputFolder] = process.argv.slice(2);

buildSync({
  entryPoints: [inRoot('src/write/cli/main.ts')],
  outfile: path.join(outputFolder, 'groundwork.cjs'),
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Peers, or loaded only by the commands that need them.
  external: ['projen', 'constructs', 'esbuild', '@babel/parser', 'typescript'],
  legalComments: 'none',
  logLevel: 'warning',
});
