// Makes secret files readable under their variables' names: with NAME_FILE=/run/secrets/NAME the text of that file is NAME.
// Preloaded by `--require` in NODE_OPTIONS, so that code and libraries which read process.env need not know about files.
'use strict';

const { readFileSync, statSync } = require('node:fs');

const suffix = '_FILE';

function fail(variable, path, error) {
  process.stderr.write(`${variable}: the secret file ${path} cannot be read (${error.code ?? error.message})\n`);
  process.exit(1);
}

for (const [variable, path] of Object.entries(process.env)) {
  const name = variable.slice(0, -suffix.length);
  if (!variable.endsWith(suffix) || name === '' || process.env[name] !== undefined) continue;
  try {
    if (!statSync(path).isFile()) continue;
    const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    // An optional secret that nobody set is an empty file.
    if (text !== '') process.env[name] = text;
  } catch (error) {
    // No such file: not a secret, or an optional one. Anything else would only show later and far from its cause.
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') fail(variable, path, error);
  }
}
