// Turns lib/index.js into lib/index.mjs: the same exports by name, for `import { … }`.
// One implementation, so that `instanceof` and module state are the same for both kinds of user.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [outputFolder] = process.argv.slice(2);
const names = Object.keys(createRequire(import.meta.url)(path.resolve(outputFolder, 'index.js'))).sort((a, b) =>
  a < b ? -1 : 1,
);

const list = names.map((name) => `  ${name},\n`).join('');
writeFileSync(
  path.join(outputFolder, 'index.mjs'),
  `import library from './index.js';\n\nexport const {\n${list}} = library;\n`,
);
writeFileSync(path.join(outputFolder, 'index.d.mts'), "export * from './index.js';\n");
