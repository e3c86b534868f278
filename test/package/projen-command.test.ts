// The command in a repository that projen manages: it reads .projenrc.ts, and leaves the writing to projen.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { install, manifest, type Packed, pack } from './packed';

let packed: Packed;
let folder: string;

function node(...args: string[]) {
  // NODE_ENV: vitest sets it, and projen takes it for its own tests. PROJEN_DISABLE_POST: no `npm install`.
  const { NODE_ENV: _, ...env } = process.env;
  const options = {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, PROJEN_DISABLE_POST: 'true', NO_COLOR: '1' },
  } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  return { status, stdout, stderr };
}

const groundwork = (...args: string[]) => node(`node_modules/${manifest.name}/bin/groundwork.js`, ...args);

function declare(pool: number): void {
  const code = `import { ServiceProject } from '${manifest.name}';
new ServiceProject({ name: 'weather-service', owner: 'team-iot', port: 3009, needs: { postgres: { pool: ${pool} } } }).synth();
`;
  writeFileSync(path.join(folder, '.projenrc.ts'), code);
}

beforeAll(() => {
  packed = pack();
  folder = mkdtempSync(path.join(tmpdir(), 'groundwork-managed-'));
  install(packed.tarball, folder);
  declare(4);
  expect(node('-r', `${manifest.name}/register`, '.projenrc.ts')).toEqual({ status: 0, stdout: '', stderr: '' });
});
afterAll(() => {
  packed.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('groundwork where projen makes the files', () => {
  it('plans what .projenrc.ts declares', () => {
    const { status, stdout } = groundwork('plan', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      plan: { identity: { name: 'weather-service', declaration: '.projenrc.ts' } },
    });
  });

  it('leaves writing to projen', () => {
    const { status, stderr } = groundwork('generate');
    expect(status).toBe(2);
    expect(stderr).toContain('npx projen');
  });

  it('finds no difference, then an edit, and changes nothing', () => {
    expect(groundwork('diff')).toMatchObject({ status: 0, stdout: '' });
    const file = path.join(folder, 'compose.yaml');
    const text = readFileSync(file, 'utf8');
    chmodSync(file, 0o644);
    writeFileSync(file, `${text}# by hand\n`);
    const { status, stdout, stderr } = groundwork('diff');
    expect(status).toBe(1);
    expect(stdout).toContain('--- compose.yaml\n+++ compose.yaml\n');
    expect(stdout).toContain('\n-# by hand\n');
    expect(stderr).toContain('npx projen');
    expect(readFileSync(file, 'utf8')).toBe(`${text}# by hand\n`);
    writeFileSync(file, text);
  });

  it('refuses as the command does, and projen writes nothing then', () => {
    declare(400);
    const before = readFileSync(path.join(folder, 'compose.yaml'), 'utf8');
    const checked = groundwork('check');
    expect(checked.status).toBe(1);
    expect(checked.stderr).toMatch(/^\.projenrc\.ts needs\.postgres\.pool {2}error {2}pool-exceeds-connections\n/m);
    const synthesised = node('-r', `${manifest.name}/register`, '.projenrc.ts');
    expect(synthesised.status).toBe(1);
    expect(synthesised.stderr).toContain('1 error: nothing was written.');
    expect(readFileSync(path.join(folder, 'compose.yaml'), 'utf8')).toBe(before);
    declare(4);
  });
});
