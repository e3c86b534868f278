// `init` at the root of a monorepo: the platform's declaration and those of its services, accepted as they are.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { platformName, repositoryOf } from '../../../src/write/init/draft-platform';
import { get, groundwork, put, scratchFolder, tree } from '../scratch';

function monorepo(): string {
  const folder = scratchFolder();
  const manifest = { name: '@acme/agro-main', workspaces: ['services/*', 'shared/*'], repository: 'acme/agro-main' };
  put(folder, 'package.json', JSON.stringify(manifest));
  put(folder, 'package-lock.json', '{}\n');
  const start = { scripts: { start: 'node index.js' }, main: 'index.js' };
  put(folder, 'services/weather/package.json', JSON.stringify({ name: 'weather-service', ...start }));
  put(folder, 'services/weather/index.js', "require('node:http').createServer().listen(3009);\n");
  put(folder, 'services/field/package.json', JSON.stringify({ name: 'field-service', ...start }));
  put(folder, 'services/field/index.js', "require('node:http').createServer().listen(3010);\n");
  put(folder, 'shared/types/package.json', JSON.stringify({ name: 'types' }));
  return folder;
}

describe('init at the root of a monorepo', () => {
  it('writes the platform and its services, which are accepted together', async () => {
    const folder = monorepo();
    const { code, out, error } = await groundwork(folder, 'init');
    expect([code, error]).toEqual([0, '']);
    expect(out).toMatch(/^platform\.yaml is written\.\nservices\/field\/service\.yaml is written\.\n/);
    const text = get(folder, 'platform.yaml');
    expect(parse(text)).toEqual({
      name: 'agro-main',
      domain: 'agro-main.example',
      repository: 'acme/agro-main',
      services: ['services/field', 'services/weather'],
      notify: { default: '#alerts' },
    });
    expect(text).toContain('- services/field # it has a start script\n');
    expect(await groundwork(folder, 'check')).toMatchObject({ code: 0 });
  });

  it('writes over nothing', async () => {
    const folder = monorepo();
    await groundwork(folder, 'init');
    put(folder, 'platform.yaml', `${get(folder, 'platform.yaml')}mesh: istio\n`);
    const before = tree(folder);
    const { code, error } = await groundwork(folder, 'init');
    expect([code, error]).toEqual([1, 'groundwork: platform.yaml is there already and stays as it is.\n']);
    expect(tree(folder)).toEqual(before);
    put(folder, 'services/new/package.json', '{"name":"new-service","scripts":{"start":"node x.js"}}');
    expect((await groundwork(folder, 'init')).out).toMatch(/^services\/new\/service\.yaml is written\.\n/);
  });

  it('is for a service where there is no such workspace, unless the platform is asked for', async () => {
    const folder = scratchFolder();
    put(folder, 'package.json', '{"name":"one","workspaces":["shared/*"],"scripts":{"start":"node x.js"}}');
    put(folder, 'shared/types/package.json', '{"name":"types"}');
    expect(await groundwork(folder, 'init', '--file', 'platform.yaml')).toMatchObject({ code: 2 });
    expect((await groundwork(folder, 'init')).out).toMatch(/^service\.yaml is written\.\n/);
  });
});

describe('names', () => {
  it.each([
    ['@acme/agro-main', 'agro-main'],
    ['7-eleven', 'eleven'],
    ['a', null],
    ['x'.repeat(50), 'x'.repeat(30)],
  ])('%s is the platform %s', (raw, name) => expect(platformName(raw)).toBe(name));

  it.each([
    ['acme/agro', 'acme/agro'],
    ['github:acme/agro', 'acme/agro'],
    ['git+https://github.com/acme/agro.git', 'acme/agro'],
    ['git@github.com:acme/agro.git', 'acme/agro'],
    [{ type: 'git', url: 'https://github.com/acme/agro#main' }, 'acme/agro'],
    ['https://gitlab.com/acme/agro.git', null],
    [undefined, null],
  ])('%j is the repository %s', (declared, repository) => expect(repositoryOf(declared)).toBe(repository));
});
