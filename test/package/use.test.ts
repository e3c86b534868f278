// The packed package as its users meet it: `require`, `import`, the TypeScript runner, the command, the schemas.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { install, manifest, type Packed, pack } from './packed';

let packed: Packed;
let folder: string;
beforeAll(() => {
  packed = pack();
  folder = mkdtempSync(path.join(tmpdir(), 'groundwork-use-'));
  install(packed.tarball, folder);
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n');
});
afterAll(() => {
  packed.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** vitest sets NODE_ENV=test, with which projen behaves differently: a user's process has none. */
function node(...args: string[]) {
  const { NODE_ENV: _, ...env } = process.env;
  return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env });
}

function printed(file: string, code: string, ...options: string[]): unknown {
  writeFileSync(path.join(folder, file), code);
  const { status, stdout, stderr } = node(...options, file);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

const NAMES = 'Object.keys(library).sort()';

describe('the packed package', () => {
  it('gives the same named exports to require and to import', () => {
    const required = printed(
      'required.cjs',
      `const library = require('${manifest.name}'); console.log(JSON.stringify(${NAMES}));`,
    );
    const imported = printed(
      'imported.mjs',
      `import * as library from '${manifest.name}'; console.log(JSON.stringify(${NAMES}));`,
    );
    expect(required).toContain('generate');
    expect(required).toContain('ServiceProject');
    expect(imported).toEqual(required);
  });

  it('is one library, however it is loaded', () => {
    const same = printed(
      'same.mjs',
      `import { createRequire } from 'node:module';
       import * as imported from '${manifest.name}';
       const required = createRequire(import.meta.url)('${manifest.name}');
       console.log(JSON.stringify(Object.keys(required).filter((name) => required[name] !== imported[name])));`,
    );
    expect(same).toEqual([]);
  });

  it('runs TypeScript through ./register', () => {
    const code = `import { generate } from '${manifest.name}';
      interface Answer { readonly kind: string }
      const answer: Answer = { kind: typeof generate };
      console.log(JSON.stringify(answer satisfies Answer));`;
    expect(printed('plain.ts', code, '-r', `${manifest.name}/register`)).toEqual({ kind: 'function' });
  });

  it('runs TypeScript in a repository of ECMAScript modules', () => {
    const module = path.join(folder, 'module');
    mkdirSync(module);
    writeFileSync(path.join(module, 'package.json'), '{"type":"module"}\n');
    writeFileSync(path.join(module, 'other.ts'), 'export const answer: number = 42;\n');
    const code = `import { generate } from '${manifest.name}';
      import { answer } from './other.js';
      console.log(JSON.stringify([typeof generate, answer, typeof import.meta.url]));`;
    const output = printed('module/.projenrc.ts', code, '-r', `${manifest.name}/register`);
    expect(output).toEqual(['function', 42, 'string']);
  });

  it('names the line of the TypeScript source when it fails', () => {
    writeFileSync(path.join(folder, 'broken.ts'), `type Unused = string;\n\nthrow new Error('on line three');\n`);
    const { status, stderr } = node('--enable-source-maps', '-r', `${manifest.name}/register`, 'broken.ts');
    expect(status).toBe(1);
    expect(stderr).toContain('broken.ts:3');
  });

  it('publishes its schemas', () => {
    const title = printed(
      'schema.cjs',
      `console.log(JSON.stringify(require('${manifest.name}/schemas/service.schema.json').title));`,
    );
    expect(title).toMatch(/\S/);
  });

  it('installs a command that answers --help', () => {
    const { status, stdout, stderr } = node(`node_modules/${manifest.name}/bin/groundwork.js`, '--help');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    for (const command of ['init', 'check', 'plan', 'generate', 'graph', 'diff']) expect(stdout).toContain(command);
  });
});
