// The same bytes whatever the language, time zone and folder of the process that generates.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { exampleNames, examplesFolder, exampleText, expectedFiles, generateYaml } from './support/examples';

/** Run by a process of its own: the sources are loaded through the register hook, so that no build is needed. */
const program = `
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const [root, folder, ...names] = process.argv.slice(1);
require(root + '/register.cjs');
const { generate } = require(root + '/src/generate.ts');
const { readYaml } = require(root + '/src/declaration/read-yaml.ts');
const digest = createHash('sha256');
for (const name of names) {
  const text = readFileSync(folder + '/' + name + '/service.yaml', 'utf8');
  const { plan, files } = generate({ service: readYaml(text, 'service.yaml').value, platform: null });
  digest.update(JSON.stringify([plan, files]));
}
console.log(JSON.stringify({
  digest: digest.digest('hex'),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  locale: Intl.DateTimeFormat().resolvedOptions().locale,
}));
`;

interface Result {
  readonly digest: string;
  readonly zone: string;
  readonly locale: string;
}

function inProcess(environment: Readonly<Record<string, string>>, options: readonly string[] = []): Result {
  const root = path.join(__dirname, '..');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...options, '-e', program, root, examplesFolder, ...exampleNames],
    { cwd: os.tmpdir(), encoding: 'utf8', env: { PATH: process.env.PATH ?? '', ...environment } },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout) as Result;
}

const here = createHash('sha256');
for (const name of exampleNames) {
  const { plan, files } = generateYaml(exampleText(name));
  here.update(JSON.stringify([plan, files]));
}
const digest = here.digest('hex');

describe('the output of the examples', () => {
  it('is the same under Turkish rules of case and in another time zone', () => {
    const turkish = inProcess({ TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
    expect(turkish).toEqual({ digest, zone: 'Pacific/Kiritimati', locale: 'tr-TR' });
  });

  it('is the same without any setting, and with a random order of hashes', () => {
    expect(inProcess({ TZ: 'America/St_Johns', LC_ALL: 'C' }, ['--hash-seed=7'])).toMatchObject({
      digest,
      zone: 'America/St_Johns',
    });
  });

  it('is judged on all of it', () => {
    expect(
      exampleNames.flatMap((name) => [...expectedFiles(generateYaml(exampleText(name))).keys()]).length,
    ).toBeGreaterThan(120);
  });
});
