// No path of a generated file leaves its folder, on any system.
import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSafePath, obstacle } from '../../../src/write/disk/safe-path';
import { put, scratchFolder } from '../scratch';

describe('isSafePath', () => {
  it.each([
    'compose.yaml',
    'deploy/base/service.yaml',
    '.github/workflows/a-b.yml',
    '.secrets/.gitignore',
    'common/a.txt',
  ])('takes %j', (path) => expect(isSafePath(path)).toBe(true));

  it.each([
    '',
    '/etc/passwd',
    '../out',
    'a/../../out',
    'a//b',
    './a',
    'a/.',
    'C:/out',
    'a\\..\\out',
    'CON',
    'a/nul.txt',
    'com1.yaml',
    'trailing.',
    'trailing /a',
    'a\nb',
    'a\u0000b',
    'a?b',
    `${'a/'.repeat(300)}b`,
  ])('refuses %j', (path) => expect(isSafePath(path)).toBe(false));
});

describe('obstacle', () => {
  it('is a link out of the folder, not one inside it', () => {
    const [folder, other] = [scratchFolder(), scratchFolder()];
    put(folder, 'real/file', '');
    symlinkSync(other, `${folder}/out`);
    symlinkSync(`${folder}/real`, `${folder}/inside`);
    expect(obstacle(folder, 'out/compose.yaml')).toBe('out');
    expect(obstacle(folder, 'inside/compose.yaml')).toBe(null);
    expect(obstacle(folder, 'real/missing/compose.yaml')).toBe(null);
  });

  it('is a file where a folder should be', () => {
    const folder = scratchFolder();
    put(folder, 'a', '');
    expect(obstacle(folder, 'a/b')).toBe('a');
  });
});
