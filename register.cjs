// Lets Node read TypeScript: `node -r @daorsagro/groundwork/register .projenrc.ts`. Transpiles only, from Node 20 on.
'use strict';
const { existsSync, readFileSync } = require('node:fs');
const nodeModule = require('node:module');
const path = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { isMainThread } = require('node:worker_threads');

let esbuild;

function transpile(file, format) {
  // Loaded at the first TypeScript file only: a plain JavaScript run pays nothing.
  esbuild ??= require('esbuild');
  const options = { loader: 'ts', format, target: 'node20', sourcefile: file, sourcemap: 'inline' };
  return esbuild.transformSync(readFileSync(file, 'utf8'), options).code;
}

for (const extension of ['.ts', '.cts']) {
  require.extensions[extension] = (module, file) => module._compile(transpile(file, 'cjs'), file);
}

/** TypeScript writes `./other.js` in an ECMAScript module and means `./other.ts`. */
exports.resolve = (specifier, context, next) => {
  if (/^\.{1,2}\/.*\.m?js$/.test(specifier) && context.parentURL?.startsWith('file:')) {
    const source = specifier.replace(/js$/, 'ts');
    const exists = (relative) => existsSync(fileURLToPath(new URL(relative, context.parentURL)));
    if (!exists(specifier) && exists(source)) return next(source, context);
  }
  return next(specifier, context);
};

exports.load = (url, context, next) => {
  if (!/^file:.*\.m?ts$/.test(url)) return next(url, context);
  return { format: 'module', source: transpile(fileURLToPath(url), 'esm'), shortCircuit: true };
};

/** Whether Node will read a file as an ECMAScript module: by its ending, or by the nearest package.json. */
function isEcmaScriptModule(file) {
  if (!file.endsWith('.ts')) return file.endsWith('.mts');
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
    if (folder === path.dirname(folder)) return false;
  }
}

// Node 20 runs module hooks in a thread of their own, which reads this file for `resolve` and `load`, and costs about
// 30 ms: so only for the repositories that need it.
if (isMainThread && process.argv[1] !== undefined && isEcmaScriptModule(path.resolve(process.argv[1]))) {
  if (nodeModule.registerHooks) nodeModule.registerHooks(exports);
  else nodeModule.register(pathToFileURL(__filename));
}
