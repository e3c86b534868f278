#!/usr/bin/env node
// Starts the command. Its code is in parts (lib/part-*.cjs); what V8 compiled of each is kept between runs, so that the next one need
// not compile it.
'use strict';
const { createHash } = require('node:crypto');
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { join } = require('node:path');
const { Script } = require('node:vm');

const library = join(__dirname, '../lib');
const start = 'groundwork.cjs';

// Below the package's own folder, since whoever may write compiled code decides what runs here.
const folder = join(__dirname, '../node_modules/.cache/compiled');
const requireBeside = createRequire(join(library, start));

/** By the name of the part. */
const parts = new Map();

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

// V8 itself compares no more of the source than its length.
const keptAt = (bytes) =>
  join(
    folder,
    `${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}-${process.versions.v8}-${process.arch}`,
  );

/** Runs a part the first time that it is asked for, and answers what it exports. */
function load(name) {
  const known = parts.get(name);
  if (known !== undefined) return known.module.exports;
  const file = join(library, name);
  const bytes = readFileSync(file);
  const kept = keptAt(bytes);
  const script = new Script(wrap(bytes.toString()), { filename: file, cachedData: read(kept) });
  const module = { exports: {} };
  parts.set(name, { kept, script, module });
  script.runInThisContext()(module.exports, requirePart, module, file, library);
  return module.exports;
}

function requirePart(name) {
  return /^\.\/(?:part-[A-Z0-9]+|groundwork)\.cjs$/.test(name) ? load(name.slice(2)) : requireBeside(name);
}

/** After generating, when nearly every function has been compiled; other commands would keep too little. */
function keep(code) {
  if (code !== 0 || process.argv[2] !== 'generate') return;
  try {
    mkdirSync(folder, { recursive: true });
    for (const { kept, script } of parts.values()) {
      if (script.cachedDataRejected === false) continue;
      const temporary = `${kept}.${process.pid}`;
      writeFileSync(temporary, script.createCachedData());
      renameSync(temporary, kept);
    }
    forgetOthers();
  } catch {
    // Where the package is not ours to write to, starting takes a little longer.
  }
}

/** What an earlier build of the command left: nothing that is there belongs to a part of this one. */
function forgetOthers() {
  const own = new Set(
    readdirSync(library)
      .filter((name) => name.endsWith('.cjs'))
      .map(
        (name) =>
          keptAt(readFileSync(join(library, name)))
            .split('/')
            .pop()
            .split('-')[0],
      ),
  );
  for (const name of readdirSync(folder)) {
    if (!own.has(name.split('-')[0])) rmSync(join(folder, name), { force: true });
  }
}

const { main } = load(start);
process.once('exit', (code) => {
  if ([...parts.values()].some(({ script }) => script.cachedDataRejected !== false)) keep(code);
});
main();
