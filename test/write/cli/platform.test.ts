// The commands on a whole platform: what they print, write and return.
import { describe, expect, it } from 'vitest';
import { isAboutPlatform } from '../../../src/write/cli/about-platform';
import { parseArguments } from '../../../src/write/cli/arguments';
import { get, groundwork, put, scratchFolder, tree } from '../scratch';

const platform = `name: acme
domain: acme.example
repository: acme/platform
services: [services/*, { name: auth-service, port: 3001 }]
notify: { default: "#alerts" }
`;

const weather = `name: weather-service
owner: team-iot
http: { port: 3009 }
needs:
  postgres: { pool: 4 }
`;

const field = `name: field-service
owner: team-iot
http: { port: 3010, public: { host: api.acme.example, paths: [/fields] } }
needs:
  services: [weather-service, { name: auth-service, optional: true }]
`;

function repository(): string {
  const folder = scratchFolder();
  put(folder, 'platform.yaml', platform);
  put(folder, 'services/weather-service/service.yaml', weather);
  put(folder, 'services/field-service/service.yaml', field);
  return folder;
}

const declarations = ['platform.yaml', 'services/field-service/service.yaml', 'services/weather-service/service.yaml'];

describe('check', () => {
  it('says so when nothing is wrong, and writes nothing', async () => {
    const folder = repository();
    const { code, out, error } = await groundwork(folder, 'check');
    expect([code, error]).toEqual([0, '']);
    expect(out).toBe('platform.yaml and 2 services: nothing is wrong.\n');
    expect(Object.keys(tree(folder))).toEqual(declarations);
  });

  it('tells each problem in the file that has it, from wherever it is run', async () => {
    const folder = repository();
    put(folder, 'platform.yaml', platform.replace('services/*', 'services/wether-service, services/*'));
    const missing = await groundwork(folder, 'check');
    expect(missing.code).toBe(1);
    expect(missing.error).toContain('platform.yaml:4:12  error  service-folder-empty\n');
    put(folder, 'platform.yaml', platform);
    put(folder, 'services/field-service/service.yaml', field.replace('weather-service', 'wether-service'));
    put(folder, 'services/weather-service/service.yaml', weather.replace('pool: 4', 'pool: 400'));
    const { error } = await groundwork(`${folder}/services`, 'check', '--file', '../platform.yaml');
    expect(error).toContain('field-service/service.yaml:5:14  error  unknown-service\n');
    expect(error).toContain('weather-service/service.yaml:5:21  error  pool-exceeds-connections\n');
  });

  it('names a module of TypeScript where there are no lines', async () => {
    const folder = repository();
    put(folder, 'services/typed/service.ts', "export default { name: 'typed', onwer: 'team-iot' } as object;\n");
    const { code, error } = await groundwork(folder, 'check');
    expect(code).toBe(1);
    expect(error).toContain('services/typed/service.ts onwer  error  unknown-key\n');
  });

  it('stops at what cannot be read', async () => {
    const folder = repository();
    put(folder, 'services/weather-service/service.yaml', 'name: [\n');
    const { error } = await groundwork(folder, 'check');
    expect(error).toMatch(/^services\/weather-service\/service\.yaml:\d+:\d+ {2}error {2}yaml-does-not-parse\n/);
    expect(error).not.toContain('unknown-service');
  });

  it('compares the code of every service that has the folder', async () => {
    const folder = repository();
    put(folder, 'services/weather-service/src/index.js', 'use(process.env.DATABASE_ULR);\n');
    const { code, error } = await groundwork(folder, 'check', '--source', 'src');
    expect(code).toBe(1);
    expect(error).toContain('services/weather-service/src/index.js:1:17  error  environment-variable-not-provided\n');
    expect(await groundwork(folder, 'check', '--source', 'code')).toMatchObject({ code: 2 });
  });

  it('knows what is not for a platform', async () => {
    const folder = repository();
    expect(await groundwork(folder, 'check', '--platform', 'platform.yaml')).toMatchObject({ code: 2 });
    const { code, error } = await groundwork(folder, 'check', '--environment', 'prod');
    expect([code, error]).toEqual([
      2,
      'groundwork: --environment prod: there is no such environment (there are: development, staging, production)\n',
    ]);
  });
});

describe('plan', () => {
  it('is a table of what the platform decides, or the document', async () => {
    const folder = repository();
    const { code, out } = await groundwork(folder, 'plan', '--environment', 'production');
    expect(code).toBe(0);
    expect(out).toContain('acme in production\n');
    expect(out).not.toContain('acme in staging');
    const { plan } = JSON.parse((await groundwork(folder, 'plan', '--json', '--environment', 'staging')).out) as {
      plan: { services: { name: string }[]; clusters: { name: string }[] };
    };
    expect(plan.services.map(({ name }) => name)).toEqual(['field-service', 'weather-service']);
    expect(plan.clusters.map(({ name }) => name)).toEqual(['staging']);
  });
});

describe('generate', () => {
  it('writes everything below the folder of the platform, with one list', async () => {
    const folder = repository();
    const { code, out, error } = await groundwork(folder, 'generate');
    expect([code, error]).toEqual([0, '']);
    expect(out).toMatch(/\n\d+ created\.\n$/);
    const files = tree(folder);
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        '.groundwork/files.json',
        '.github/workflows/field-service.yml',
        '.github/workflows/weather-service.yml',
        'services/field-service/deploy/base/deployment.yaml',
        'services/weather-service/Dockerfile',
      ]),
    );
    expect(Object.keys(files).filter((path) => path.endsWith('files.json'))).toEqual(['.groundwork/files.json']);
    expect(files['services/weather-service/compose.yaml']).toMatch(
      /^# Generated by Groundwork from services\/weather-service\/service\.yaml\. /,
    );
    expect(files['.github/workflows/weather-service.yml']).toMatch(
      /^# Generated by Groundwork from platform\.yaml and /,
    );
    expect((await groundwork(folder, 'generate')).out).toMatch(/^\d+ unchanged\.\n$/);
    expect(await groundwork(folder, 'diff')).toEqual({ code: 0, out: '', error: 'Everything is as generated.\n' });
  });

  it('writes all or nothing', async () => {
    const folder = repository();
    put(folder, 'services/weather-service/service.yaml', weather.replace('pool: 4', 'pool: 400'));
    const { code, error } = await groundwork(folder, 'generate');
    expect(code).toBe(1);
    expect(error).toMatch(/: nothing was written\.\n$/);
    expect(Object.keys(tree(folder))).toEqual(declarations);
  });

  it('removes what a service that is gone had, and shows that first', async () => {
    const folder = repository();
    await groundwork(folder, 'generate');
    put(folder, 'services/field-service/service.yaml', field.replace('weather-service, ', ''));
    put(folder, 'platform.yaml', platform.replace('services/*', 'services/field-service'));
    const difference = await groundwork(folder, 'diff');
    expect(difference.code).toBe(1);
    expect(difference.out).toContain('--- services/weather-service/Dockerfile\n+++ /dev/null\n');
    expect((await groundwork(folder, 'generate')).out).toContain('  removed  services/weather-service/Dockerfile\n');
    const left = Object.keys(tree(folder)).filter((path) => path.startsWith('services/weather-service/'));
    expect(left).toEqual(['services/weather-service/service.yaml']);
  });

  it('refuses a hand edit with its difference, unless forced', async () => {
    const folder = repository();
    await groundwork(folder, 'generate');
    const file = 'services/weather-service/Dockerfile';
    const before = get(folder, file);
    put(folder, file, `${before}# by hand\n`);
    const refused = await groundwork(folder, 'generate');
    expect(refused.code).toBe(1);
    expect(refused.error).toMatch(
      /^services\/weather-service\/Dockerfile:\d+:1 {2}error {2}generated-file-edited\n[\s\S]*\+# by hand/,
    );
    expect(await groundwork(folder, 'generate', '--force')).toMatchObject({ code: 0 });
    expect(get(folder, file)).toBe(before);
  });

  it('writes into --out and prints JSON', async () => {
    const folder = repository();
    const { code, out } = await groundwork(folder, 'generate', '--out', 'made', '--json');
    const { files } = JSON.parse(out) as { files: { kind: string; path: string }[] };
    expect(code).toBe(0);
    expect(files).toContainEqual({ kind: 'created', path: 'made/services/weather-service/Dockerfile' });
    expect(Object.keys(tree(folder)).filter((path) => !path.startsWith('made/'))).toEqual(declarations);
    expect(await groundwork(folder, 'diff', '--out', 'made')).toMatchObject({ code: 0 });
    expect(await groundwork(folder, 'diff', '--out', 'nowhere')).toMatchObject({ code: 2 });
  });
});

describe('a service that was generated alone', () => {
  const own = `${weather}runtime: { workspace: services/weather-service }\n`;
  const lock = 'services/weather-service/.groundwork/files.json';

  async function alone(): Promise<string> {
    const folder = repository();
    put(folder, 'services/weather-service/service.yaml', own);
    // Not yet a platform.
    expect(await groundwork(`${folder}/services/weather-service`, 'generate')).toMatchObject({ code: 0 });
    return folder;
  }

  it('is taken over, and its own list goes', async () => {
    const folder = await alone();
    put(folder, 'services/weather-service/left-over.txt', 'x\n');
    expect(await groundwork(folder, 'generate')).toMatchObject({ code: 0, error: '' });
    expect(Object.keys(tree(folder))).not.toContain(lock);
    expect(get(folder, 'services/weather-service/left-over.txt')).toBe('x\n');
    expect((await groundwork(folder, 'generate')).out).toMatch(/^\d+ unchanged\.\n$/);
  });

  it('keeps its hand edits', async () => {
    const folder = await alone();
    const file = 'services/weather-service/Dockerfile';
    const edited = `${get(folder, file)}# by hand\n`;
    put(folder, file, edited);
    const { code, error } = await groundwork(folder, 'generate');
    expect(code).toBe(1);
    expect(error).toContain(`${file}:`);
    expect(error).toContain('generated-file-edited');
    expect(get(folder, file)).toBe(edited);
    expect(Object.keys(tree(folder))).toContain(lock);
  });

  it('is not taken over where its list cannot be read, unless forced', async () => {
    const folder = await alone();
    put(folder, lock, '<<<<<<< ours\n');
    const { code, error } = await groundwork(folder, 'generate');
    expect(code).toBe(1);
    expect(error).toContain(`${lock}:1:1  error  lock-not-readable\n`);
    expect(await groundwork(folder, 'generate', '--force')).toMatchObject({ code: 0 });
    expect(await groundwork(folder, 'generate')).toMatchObject({ code: 0, error: '' });
  });

  it('is not generated alone again', async () => {
    const folder = await alone();
    await groundwork(folder, 'generate');
    const { code, error } = await groundwork(`${folder}/services/weather-service`, 'generate');
    expect([code, error]).toEqual([2, 'groundwork: the platform makes the files here: run it in ../..\n']);
    expect(await groundwork(`${folder}/services/weather-service`, 'generate', '--out', 'x')).toMatchObject({ code: 0 });
  });
});

describe('a service inside the platform', () => {
  it('is planned as the platform plans it, from its own folder', async () => {
    const folder = repository();
    await groundwork(folder, 'generate');
    const at = `${folder}/services/field-service`;
    expect(await groundwork(at, 'check')).toMatchObject({ code: 0, error: '' });
    expect(await groundwork(at, 'generate', '--out', '../../made')).toMatchObject({ code: 0 });
    const files = Object.entries(tree(`${folder}/made`)).filter(([path]) => path !== '.groundwork/files.json');
    const own = files.filter(([path]) => !/^(?:\.github|scripts)\//.test(path));
    expect(own.length).toBeGreaterThan(15);
    for (const [path, text] of own) expect(get(at, path), path).toBe(text);
  });

  it('is told what is wrong with the platform, where it is', async () => {
    const folder = repository();
    const pool = 'needs:\n  postgres: { pool: 80 }\n';
    put(folder, 'platform.yaml', `${platform}backing: { postgres: { class: small } }\n`);
    put(folder, 'services/weather-service/service.yaml', weather.replace(/needs:[\s\S]*/, pool));
    const { code, error } = await groundwork(`${folder}/services/weather-service`, 'check');
    expect(code).toBe(1);
    expect(error).toContain('pool-exceeds-connections');
  });

  it('is alone where no platform names its folder, or another repository begins', async () => {
    const folder = repository();
    put(folder, 'elsewhere/service.yaml', weather);
    const { plan } = JSON.parse((await groundwork(`${folder}/elsewhere`, 'plan', '--json')).out) as {
      plan: { identity: { platform: string } };
    };
    expect(plan.identity.platform).toBe('daorsagro');
    put(folder, 'services/weather-service/.git/HEAD', 'ref: refs/heads/main\n');
    const own = await groundwork(`${folder}/services/weather-service`, 'plan', '--json');
    expect((JSON.parse(own.out) as { plan: { identity: { platform: string } } }).plan.identity.platform).toBe(
      'daorsagro',
    );
  });
});

describe('beside a .projenrc.ts', () => {
  it('the command makes the files, where that one has nothing to do with it', async () => {
    const folder = repository();
    put(folder, '.projenrc.ts', "import { Project } from 'projen';\nnew Project({ name: 'acme' }).synth();\n");
    expect(await groundwork(folder, 'generate')).toMatchObject({ code: 0 });
    expect(await groundwork(folder, 'diff')).toMatchObject({ code: 0 });
  });

  it('projen makes them, where it declares the platform; and of a service, the platform is only facts', async () => {
    const folder = repository();
    put(folder, '.projenrc.ts', "import { PlatformProject } from '@daorsagro/groundwork';\n");
    const refused = await groundwork(folder, 'generate');
    expect([refused.code, refused.error]).toEqual([2, 'groundwork: projen makes the files here: run `npx projen`\n']);
    put(folder, '.projenrc.ts', "import { ServiceProject } from '@daorsagro/groundwork';\n");
    const args = parseArguments(['check']);
    if (typeof args === 'string') throw new Error(args);
    expect(isAboutPlatform(args, folder)).toBe(false);
  });

  it('of the root makes the files of a service too', async () => {
    const folder = repository();
    put(folder, '.projen/files.json', '{ "files": ["services/weather-service/Dockerfile"] }\n');
    const { code, error } = await groundwork(`${folder}/services/weather-service`, 'generate');
    expect([code, error]).toEqual([2, 'groundwork: projen makes the files here: run `npx projen` in ../..\n']);
  });
});
