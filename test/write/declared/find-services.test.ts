// Where a platform's services are found on disk, and what is said where they are not.
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandPattern } from '../../../src/write/declared/expand-pattern';
import { findServices } from '../../../src/write/declared/find-services';
import { put, scratchFolder } from '../scratch';

function repository(...files: string[]): string {
  const folder = scratchFolder();
  for (const file of files) put(folder, file, 'name: x\n');
  return folder;
}

const find = (folder: string, ...services: unknown[]) =>
  findServices({ name: 'acme', domain: 'acme.example', services }, folder);

describe('folders and globs', () => {
  it('are taken in the order of `services`, then of names, each once', () => {
    const folder = repository('b/z/service.yaml', 'b/a/service.yml', 'b/m/service.ts', 'app/service.yaml');
    const { files, diagnostics } = find(folder, 'b/m', 'b/*', 'app');
    expect(diagnostics).toEqual([]);
    expect(files.map(({ declaration }) => declaration)).toEqual([
      'b/m/service.ts',
      'b/a/service.yml',
      'b/z/service.yaml',
      'app/service.yaml',
    ]);
    expect(files.map((found) => found.folder)).toEqual(['b/m', 'b/a', 'b/z', 'app']);
  });

  it('match within one name only, and nothing hidden, and no folder without a declaration', () => {
    const folder = repository(
      's/one-service/service.yaml',
      's/two-service/deep/service.yaml',
      's/.git/service.yaml',
      's/node_modules/service.yaml',
      's/service/service.yaml',
      's/library/package.json',
    );
    expect(expandPattern(folder, 's/*')).toEqual(['s/one-service', 's/service']);
    expect(expandPattern(folder, 's/*-service')).toEqual(['s/one-service']);
    expect(expandPattern(folder, 's/o*e*e')).toEqual(['s/one-service']);
    expect(expandPattern(folder, '*/*/*')).toEqual(['s/two-service/deep']);
    expect(expandPattern(folder, 's/*service*service*')).toEqual([]);
  });

  it('prefer YAML to a module', () => {
    const folder = repository('a/service.ts', 'a/service.yaml');
    expect(find(folder, 'a').files.map(({ declaration }) => declaration)).toEqual(['a/service.yaml']);
  });

  it.each([
    ['s/wether', 'There is no folder s/wether.', 'Did you mean "s/weather"?'],
    ['t/weather', 'There is no folder t/weather.', 'Did you mean "s/weather"?'],
    ['s/empty', 'The folder s/empty has no service.yaml.', 'Write one with'],
    ['t/*', 'No folder that matches t/* has a service.yaml.', 'Did you mean "s/*"?'],
    ['s/x*', 'No folder that matches s/x* has a service.yaml.', 'Correct the glob'],
  ])('%s without a declaration is refused', (pattern, message, fix) => {
    const folder = repository('s/weather/service.yaml', 's/empty/package.json');
    const { files, diagnostics } = find(folder, 's/weather', pattern);
    expect(files).toHaveLength(1);
    expect(diagnostics).toMatchObject([
      { code: 'service-folder-empty', severity: 'error', path: ['services', 1], message },
    ]);
    expect(diagnostics[0]?.fix).toContain(fix);
  });

  it('are not looked for where the declaration of the platform is no such', () => {
    const folder = repository('s/service.yaml');
    expect(find(folder, '../s', 's')).toEqual({ files: [], diagnostics: [] });
    expect(findServices(null, folder)).toEqual({ files: [], diagnostics: [] });
  });
});

describe('published declarations', () => {
  const wanted = { package: '@acme/weather-service', version: '1.4.0' };

  function installed(folder: string, version = '1.4.0', file = 'service.yaml'): void {
    const at = 'node_modules/@acme/weather-service';
    put(folder, `${at}/package.json`, JSON.stringify({ name: '@acme/weather-service', version, exports: {} }));
    put(folder, `${at}/${file}`, 'name: weather-service\n');
  }

  it('are read from node_modules, here or above, whatever the package exports', () => {
    const folder = scratchFolder();
    installed(folder);
    const expected = [{ folder: null, published: { name: '@acme/weather-service', version: '1.4.0' } }];
    expect(find(folder, wanted)).toMatchObject({ files: expected, diagnostics: [] });
    put(folder, 'infra/deep/x', '');
    const { files } = find(path.join(folder, 'infra/deep'), wanted);
    expect(files.map(({ declaration }) => declaration)).toEqual([
      '../../node_modules/@acme/weather-service/service.yaml',
    ]);
  });

  it('are read through the links of pnpm and workspaces', () => {
    const folder = scratchFolder();
    installed(`${folder}/store`);
    put(folder, 'node_modules/@acme/x', '');
    symlinkSync(
      path.join(folder, 'store/node_modules/@acme/weather-service'),
      path.join(folder, 'node_modules/@acme/weather-service'),
      'junction',
    );
    expect(find(folder, wanted).files).toHaveLength(1);
  });

  it('are refused where they are not, or not those', () => {
    const folder = scratchFolder();
    expect(find(folder, wanted).diagnostics).toMatchObject([
      {
        code: 'published-service-missing',
        path: ['services', 0],
        fix: 'Run `npm install --save-dev --save-exact @acme/weather-service@1.4.0`.',
      },
    ]);
    installed(folder, '1.4.1');
    expect(find(folder, wanted)).toMatchObject({
      files: [],
      diagnostics: [
        {
          code: 'published-version-differs',
          message: 'services names @acme/weather-service 1.4.0, but version 1.4.1 is installed.',
        },
      ],
    });
    const other = scratchFolder();
    installed(other, '1.4.0', 'README.md');
    expect(find(other, wanted).diagnostics).toMatchObject([{ code: 'published-service-missing' }]);
  });
});
