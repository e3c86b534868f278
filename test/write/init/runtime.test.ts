// How a project says what starts it, which Node.js it wants and which package manager it has.
import { describe, expect, it } from 'vitest';
import { drafted } from './drafted';
import { json } from './projects';

describe('runtime', () => {
  const start = (scripts: Record<string, string>, files: Record<string, string> = {}) =>
    drafted({ 'package.json': json({ name: 'a', scripts }), 'src/index.ts': 'app.listen(3000)', ...files }).declaration
      .runtime?.start;

  it.each<[string, Record<string, string>, string | undefined]>([
    ['node itself', { start: 'node dist/server.js' }, 'node dist/server.js'],
    ['the last of several steps', { start: 'npm run build && node dist/server.js' }, 'node dist/server.js'],
    ['without assignments', { start: 'cross-env NODE_ENV=production node dist/server.js' }, 'node dist/server.js'],
    ['for production', { start: 'nest start', 'start:prod': 'node dist/main' }, 'node dist/main'],
    ['no runner of TypeScript', { start: 'ts-node src/index.ts' }, 'node dist/index.js'],
    ['no watcher', { start: 'node --watch src/index.ts' }, 'node dist/index.js'],
    ['nothing that needs a shell', { start: 'node dist/a.js | pino-pretty' }, 'node dist/index.js'],
    ['nothing at all', {}, 'node dist/index.js'],
  ])('starts %s', (_, scripts, expected) => {
    expect(start(scripts)).toBe(expected);
  });

  it('finds where the compiler writes', () => {
    expect(start({}, { 'tsconfig.json': '{"compilerOptions":{"outDir":"build"}}' })).toBe('node build/index.js');
    const { declaration } = drafted({
      'package.json': json({ name: 'a' }),
      'src/index.ts': 'app.listen(3000)',
      'tsconfig.json': '{"compilerOptions":{"outDir":"build"}}',
    });
    expect(declaration.runtime?.outputs).toEqual(['build']);
  });

  const node = (files: Record<string, string>, engines: string | null = null) =>
    drafted({
      'package.json': json(engines === null ? { name: 'a' } : { name: 'a', engines: { node: engines } }),
      ...files,
    }).declaration.runtime?.node;

  it.each<[string | null, string | null, number | undefined]>([
    ['22', null, 22],
    ['v26.1.0', null, 26],
    ['lts/jod', null, undefined],
    ['18', null, undefined],
    [null, '>=20', undefined],
    [null, '^22.4.0', 22],
    [null, '22 || 24', 24],
    [null, '>=22 <23', undefined],
    ['22', '24', 22],
  ])('.nvmrc %s and engines %s give Node %s', (file, engines, expected) => {
    expect(node(file === null ? {} : { '.nvmrc': `${file}\n` }, engines)).toBe(expected);
  });

  it.each<[string, Record<string, string>, string | undefined]>([
    ['no lock file', {}, undefined],
    ['npm', { 'package-lock.json': '' }, 'npm'],
    ['pnpm', { 'pnpm-lock.yaml': '' }, 'pnpm'],
    ['yarn', { 'yarn.lock': '' }, 'yarn'],
    [
      'a package.json that says more',
      { 'yarn.lock': '', 'package.json': json({ name: 'a', packageManager: 'yarn@1.22.22' }) },
      'yarn@1.22.22',
    ],
    [
      'devEngines',
      { 'package.json': json({ name: 'a', devEngines: { packageManager: { name: 'pnpm', version: '10.1.0' } } }) },
      'pnpm@10.1.0',
    ],
    [
      'another manager',
      { 'package-lock.json': '', 'package.json': json({ name: 'a', packageManager: 'bun@1.2.0' }) },
      'npm',
    ],
  ])('package manager: %s', (_, files, expected) => {
    const { declaration } = drafted({ 'package.json': json({ name: 'a' }), ...files });
    expect(declaration.runtime?.packageManager).toBe(expected);
  });
});
