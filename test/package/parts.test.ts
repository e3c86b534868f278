// What starting the command costs: a service loads nothing that only a platform needs.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(__dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'groundwork-parts-'));
const lister = path.join(folder, 'list-parts.cjs');

/** Names of the files of lib/ that one run of the command has run. */
function partsOf(args: readonly string[], cwd: string): string[] {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--require', lister, path.join(root, 'bin', 'groundwork.js'), ...args],
    { cwd, encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  return readFileSync(path.join(folder, 'parts'), 'utf8').trim().split('\n');
}

const textOf = (parts: readonly string[]): string =>
  parts.map((part) => readFileSync(path.join(root, 'lib', part), 'utf8')).join('\n');

beforeAll(() => {
  if (!existsSync(path.join(root, 'lib', 'groundwork.cjs')))
    spawnSync(process.execPath, [path.join(root, 'scripts', 'build.mjs')]);
  writeFileSync(
    lister,
    `const vm = require('node:vm');
const { basename } = require('node:path');
const parts = [];
const { Script } = vm;
vm.Script = class extends Script {
  constructor(code, options) {
    super(code, options);
    parts.push(basename(options.filename));
  }
};
process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(path.join(folder, 'parts'))}, parts.join('\\n')));
`,
  );
  cpSync(path.join(root, 'examples/financial-service/service.yaml'), path.join(folder, 'service.yaml'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Stands in the templates and in the plan of a platform, and in nothing of a service. */
const ofPlatforms = ['platform-compose/nginx.conf', 'platform-settings/settings.md', 'pooler-below-throughput'];

describe('parts of the command', () => {
  it('a service generates without those of a platform', () => {
    const text = textOf(partsOf(['generate', '--out', 'out'], folder));
    for (const words of ofPlatforms) expect(text).not.toContain(words);
    expect(text).toContain('pool-exceeds-connections');
  });

  it('a platform loads them too', () => {
    const cwd = path.join(root, 'test/refused-platform/pooler-not-needed');
    const text = textOf(partsOf(['check'], cwd));
    for (const words of ofPlatforms) expect(text).toContain(words);
  });

  it('help loads no parser', () => {
    const parts = partsOf(['--help'], folder);
    expect(textOf(parts).length).toBeLessThan(100_000);
  });
});
