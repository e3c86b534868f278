// A repository of a service, and of a platform, from nothing, as the README tells it: `npx projen new --from <tarball> service`, then `npx projen`.
// The one test that installs from the package registry: projen itself does.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Assembly, validateAssembly } from '@jsii/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest, type Packed, pack, root } from './packed';

describe('.jsii', () => {
  const assembly = JSON.parse(readFileSync(path.join(root, '.jsii'), 'utf8')) as Assembly;

  it('is a valid assembly', () => {
    expect(() => validateAssembly(assembly)).not.toThrow();
  });

  it('offers the project types by their short names', () => {
    const names = Object.values(assembly.types ?? {})
      .filter((type) => type.kind === 'class')
      .map((type) => type.docs?.custom?.pjid);
    expect(names.sort()).toEqual(['platform', 'service']);
  });

  it('is of the version that package.json says', () => {
    expect([assembly.name, assembly.version]).toEqual([manifest.name, manifest.version]);
  });
});

const kinds = [
  {
    type: 'service',
    className: 'ServiceProject',
    options: { name: 'billing-service', owner: 'team-billing' },
    files: ['Dockerfile', 'compose.yaml'],
  },
  {
    type: 'platform',
    className: 'PlatformProject',
    options: { name: 'acme', domain: 'acme.example' },
    files: ['platform/facts/platform.yaml', 'platform/facts/package.json'],
  },
];

describe.each(kinds)('npx projen new --from, $type', ({ type, className, options, files: expected }) => {
  let packed: Packed;
  let repository: string;

  function run(command: string, ...args: string[]) {
    // NODE_ENV: vitest sets it, and projen takes it for its own tests.
    // In CI projen would ask for a lock file that a new repository does not have.
    const { NODE_ENV: _, CI: __, ...env } = process.env;
    const identity = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com' };
    const committer = { GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' };
    const npm = { npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' };
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: repository,
      encoding: 'utf8',
      env: { ...env, ...identity, ...committer, ...npm },
    });
    expect(status, `${command} ${args.join(' ')}\n${stdout}\n${stderr}`).toBe(0);
    return stdout;
  }
  const projen = (...args: string[]) =>
    run(process.execPath, path.join(root, 'node_modules/projen/bin/projen'), ...args);
  const read = (file: string) => readFileSync(path.join(repository, file), 'utf8');

  beforeAll(() => {
    packed = pack();
    repository = mkdtempSync(path.join(tmpdir(), 'groundwork-new-'));
    copyFileSync(packed.tarball, path.join(repository, 'groundwork.tgz'));
    const version = ['--projen-version', String(manifest.devDependencies.projen)];
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    projen('new', '--from', './groundwork.tgz', type, ...words, ...version);
  });
  afterAll(() => {
    packed.remove();
    rmSync(repository, { recursive: true, force: true });
  });

  it('writes a .projenrc.ts with the options of the command line', () => {
    const rc = read('.projenrc.ts');
    expect(rc).toContain(`import { ${className} } from "${manifest.name}";`);
    for (const [name, value] of Object.entries(options)) expect(rc).toContain(`${name}: "${value}"`);
  });

  it('generates everything', () => {
    const files = run('git', 'ls-files').split('\n');
    expect(files).toEqual(expect.arrayContaining([...expected, '.projen/tasks.json', 'package.json']));
  });

  it('runs the fast runner, not ts-node', () => {
    const { tasks } = JSON.parse(read('.projen/tasks.json')) as { tasks: { default: { steps: readonly object[] } } };
    expect(JSON.stringify(tasks.default.steps)).toContain(`${manifest.name}/register`);
    expect(read('package.json')).not.toContain('ts-node');
  });

  it('depends on the package under its own name', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
    expect(devDependencies[manifest.name]).toBe('file:./groundwork.tgz');
  });

  it('gives the same bytes again', () => {
    projen('--no-post');
    expect(run('git', 'status', '--porcelain', '--', ':!groundwork.tgz')).toBe('');
  });
});
