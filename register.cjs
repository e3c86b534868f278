// Lets Node read TypeScript: `node -r @daorsagro/groundwork/register .projenrc.ts`. Transpiles only, as CommonJS, from Node 20 on.
'use strict';
const { readFileSync } = require('node:fs');

let esbuild;
for (const [extension, loader] of [
  ['.ts', 'ts'],
  ['.cts', 'ts'],
]) {
  require.extensions[extension] = (module, file) => {
    // Loaded at the first TypeScript file only: a plain JavaScript run pays nothing.
    esbuild ??= require('esbuild');
    const { code } = esbuild.transformSync(readFileSync(file, 'utf8'), {
      loader,
      format: 'cjs',
      target: 'node20',
      sourcefile: file,
      sourcemap: 'inline',
    });
    module._compile(code, file);
  };
}
