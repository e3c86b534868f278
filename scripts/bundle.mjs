// Turns the sources into one file, lib/groundwork.cjs, for the command and the library alike: starting costs one read
// instead of a few hundred, and the package holds everything once.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { root } from './root.mjs';

const [outputFolder] = process.argv.slice(2);

// The library is evaluated when it is asked for: the command must not wait for projen.
const entry = `export { main } from './src/write/cli/main';
export const library = () => require('./src/index');
`;

const bundle = path.join(outputFolder, 'groundwork.cjs');

buildSync({
  stdin: { contents: entry, resolveDir: root, sourcefile: 'groundwork.ts', loader: 'ts' },
  outfile: bundle,
  bundle: true,
  minify: true,
  // projen names components after their classes.
  keepNames: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Peers, or loaded only by the commands that need them.
  external: ['projen', 'constructs', 'esbuild', '@babel/parser', 'typescript'],
  legalComments: 'none',
  logLevel: 'warning',
});

// Node.js 20 forgets how to import where the code that does it was kept compiled (bin/groundwork.js): a file of its own.
const parts = readFileSync(bundle, 'utf8').split('return import(');
if (parts.length !== 2) throw new Error(`${parts.length - 1} dynamic imports in the bundle; one was expected`);
writeFileSync(bundle, parts.join('return require("./import.cjs")('));
writeFileSync(path.join(outputFolder, 'import.cjs'), "'use strict';\nmodule.exports = (url) => import(url);\n");
writeFileSync(
  path.join(outputFolder, 'index.js'),
  "'use strict';\nmodule.exports = require('./groundwork.cjs').library();\n",
);
