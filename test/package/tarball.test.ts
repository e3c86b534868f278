// The published tarball: what is in it, what is not, how large it is, and what the two public judges say of it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest, type Packed, pack, root } from './packed';

/** Kibibytes. Raise it knowingly: every `npm ci` of every service pays for it. */
const PACKED_LIMIT = 750;
const UNPACKED_LIMIT = 3200;

let packed: Packed;
beforeAll(() => {
  packed = pack();
});
afterAll(() => packed.remove());

describe('the tarball', () => {
  it.each([
    '.jsii',
    'LICENSE',
    'README.md',
    'CHANGELOG.md',
    'bin/groundwork.js',
    'lib/groundwork.cjs',
    'lib/index.js',
    'lib/index.d.ts',
    'lib/index.mjs',
    'lib/index.d.mts',
    'package.json',
    'register.cjs',
    'register.d.cts',
    'schemas/service.schema.json',
  ])('holds %s', (file) => {
    expect(packed.files).toContain(file);
  });

  it('holds nothing but the library, its manifest, its schemas and its papers', () => {
    const foreign = packed.files.filter(
      (file) =>
        !/^(bin\/groundwork\.js|lib\/.+\.(js|mjs|cjs|d\.ts|d\.mts)|schemas\/.+\.schema\.json)$/.test(file) &&
        !/^(\.jsii|package\.json|register\.(cjs|d\.cts)|README\.md|CHANGELOG\.md|LICENSE)$/.test(file),
    );
    expect(foreign).toEqual([]);
    expect(packed.files.filter((file) => /(^|\/)(src|tests?)\/|\.test\./.test(file))).toEqual([]);
  });

  it('is small', () => {
    expect(packed.packedBytes / 1024).toBeLessThan(PACKED_LIMIT);
    expect(packed.unpackedBytes / 1024).toBeLessThan(UNPACKED_LIMIT);
  });

  it('passes publint without a suggestion', async () => {
    const [{ publint }, { formatMessage }] = await Promise.all([import('publint'), import('publint/utils')]);
    const tarball = Uint8Array.from(readFileSync(packed.tarball)).buffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('resolves to the right types everywhere (arethetypeswrong)', () => {
    const attw = path.join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const options = [
      // node10 knows no `exports`; every Node that we support does.
      ...['--profile', 'node16'],
      // A manifest that projen finds by `require.resolve`: nobody imports it, so it has no types.
      ...['--exclude-entrypoints', './.jsii'],
    ];
    const { status, stdout } = spawnSync(process.execPath, [attw, packed.tarball, ...options, '--no-color'], {
      encoding: 'utf8',
    });
    expect(status, stdout).toBe(0);
    expect(stdout).toContain(`"${manifest.name}/register"`);
  });
});

describe('package.json', () => {
  it('fixes every version that it does not leave to the user', () => {
    const versions = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(versions)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('has a lock file that names no host', () => {
    const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version?: string; resolved?: string; integrity?: string; inBundle?: boolean }>;
    };
    for (const [name, entry] of Object.entries(lock.packages)) {
      expect(entry.resolved, name).toBeUndefined();
      if (name !== '' && !entry.inBundle) expect(entry.integrity, name).toMatch(/^sha512-/);
    }
  });
});
