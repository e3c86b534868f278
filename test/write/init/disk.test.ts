// What `init` reads from a folder, and that it never writes over a declaration.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initService } from '../../../src/write/init/init-service';
import { readSnapshot } from '../../../src/write/init/read-snapshot';
import { FINANCIAL, type Files, json } from './projects';

describe('on disk', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'groundwork-init-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const write = (files: Files): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };

  it('reads a workspace with its repository, and neither secrets nor what is installed, built or tested', () => {
    write({
      'package.json': json({ workspaces: ['services/*', 'shared/*'] }),
      'package-lock.json': '{}',
      'shared/db/package.json': json({ name: 'db' }),
      'shared/db/index.js': 'process.env.DB',
      'shared/other/package.json': json({ name: 'other' }),
      'shared/other/index.js': 'process.env.OTHER',
      'services/a/package.json': json({ name: 'a', dependencies: { db: '*' } }),
      'services/a/.env': 'SECRET=1',
      'services/a/.env.example': 'A=1',
      'services/a/src/index.ts': '1',
      'services/a/src/index.test.ts': '1',
      'services/a/dist/index.js': '1',
      'services/a/node_modules/x/index.js': '1',
      'services/a/prisma/schema.prisma': '',
      'services/a/nested/package.json': json({ name: 'nested' }),
      'services/a/nested/index.js': '1',
    });
    symlinkSync(join(root, 'services'), join(root, 'services/a/src/loop'));
    const snapshot = readSnapshot(join(root, 'services/a'));
    expect(snapshot.folder).toBe('services/a');
    expect([...snapshot.files.keys()].sort()).toEqual([
      'package-lock.json',
      'package.json',
      'services/a/.env.example',
      'services/a/package.json',
      'services/a/prisma/schema.prisma',
      'services/a/src/index.ts',
      'shared/db/index.js',
      'shared/db/package.json',
      'shared/other/package.json',
    ]);
    expect(snapshot.files.get('package-lock.json')).toBe('');
  });

  it('writes a declaration once, and never over one', () => {
    write(FINANCIAL);
    const first = initService(root);
    expect(first).toMatchObject({ file: join(root, 'service.yaml'), isWritten: true });
    expect(readFileSync(join(root, 'service.yaml'), 'utf8')).toBe(first.text);
    writeFileSync(join(root, 'service.yaml'), 'mine');
    expect(initService(root)).toMatchObject({ isWritten: false, text: first.text });
    expect(readFileSync(join(root, 'service.yaml'), 'utf8')).toBe('mine');
  });
});
