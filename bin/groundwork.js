#!/usr/bin/env node
// Starts the command: one bundled file, whose compiled code is kept between runs, so that the next one need not compile it.
'use strict';
const { createHash } = require('node:crypto');
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

const file = join(__dirname, '../lib/groundwork.cjs');
const bytes = readFileSync(file);

// V8 itself compares no more of the source than its length. Below the package's own folder, since whoever may write
// compiled code decides what runs here.
const folder = join(__dirname, '../node_modules/.cache/compiled');
const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
const kept = join(folder, `${hash}-${process.versions.v8}-${process.arch}`);

function compiled() {
  try {
    return readFileSync(kept);
  } catch {
    return undefined;
  }
}

/** After generating, when nearly every function has been compiled; other commands would keep too little. */
function keep(code) {
  if (code !== 0 || process.argv[2] !== 'generate') return;
  try {
    mkdirSync(folder, { recursive: true });
    const temporary = `${kept}.${process.pid}`;
    writeFileSync(temporary, script.createCachedData());
    renameSync(temporary, kept);
    // What an earlier build of the command left.
    for (const name of readdirSync(folder)) if (!name.startsWith(hash)) rmSync(join(folder, name), { force: true });
  } catch {
    // Where the package is not ours to write to, starting takes a little longer.
  }
}

const script = new Script(wrap(bytes.toString()), { filename: file, cachedData: compiled() });
const bundle = { exports: {} };
script.runInThisContext()(bundle.exports, createRequire(file), bundle, file, dirname(file));
if (script.cachedDataRejected !== false) process.once('exit', keep);
bundle.exports.main();
