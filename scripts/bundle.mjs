// Turns the sources into a few files below lib/: what starting the command needs, and parts that are loaded when they are asked for,
// so that a service need not read what only a platform needs. Command and library share the parts: the package holds everything once.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync, transformSync } from 'esbuild';
import { root } from './root.mjs';

const [outputFolder] = process.argv.slice(2);

/** Entry points by the name of their file, without its ending. */
const entries = { groundwork: 'src/write/cli/main.ts', index: 'src/index.ts' };
const endings = { groundwork: '.cjs', index: '.js' };

// esbuild splits ES modules only; each part becomes CommonJS afterwards, whose compiled code can be kept (bin/groundwork.js).
const { outputFiles } = buildSync({
  entryPoints: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(root, file)])),
  outdir: outputFolder,
  write: false,
  bundle: true,
  splitting: true,
  chunkNames: 'part-[hash]',
  // projen names components after their classes.
  keepNames: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // Peers, or loaded only by the commands that need them.
  external: ['projen', 'constructs', 'esbuild', '@babel/parser', 'typescript'],
  legalComments: 'none',
  logLevel: 'warning',
});

const isUserImport = /\bimport\((?!["'])/g;
let userImports = 0;

for (const { path: file, text } of outputFiles) {
  const name = path.basename(file, '.js');
  // Node.js 20 forgets how to import where the code that does it was kept compiled: a file of its own.
  const code = text.replace(isUserImport, () => {
    userImports += 1;
    return 'require("./import.cjs")(';
  });
  const { code: made } = transformSync(code, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    // A part is required like any other file; what a person wrote goes through import.cjs.
    supported: { 'dynamic-import': false },
  });
  const renamed = made.replace(/(require\("\.\/(?:part-[A-Z0-9]+|groundwork))\.js"\)/g, '$1.cjs")');
  writeFileSync(path.join(outputFolder, `${name}${endings[name] ?? '.cjs'}`), `'use strict';${renamed}`);
}

if (userImports !== 1) throw new Error(`${userImports} imports of what a person wrote; one was expected`);
writeFileSync(path.join(outputFolder, 'import.cjs'), "'use strict';\nmodule.exports = (url) => import(url);\n");
