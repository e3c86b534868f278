// The words of a command arrive as they are, in the workflow's shell and in the image; every script parses.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generate, type Outcome } from '../../src/generate';
import { instructions } from '../support/generated';
import { type Declaration, nodeService } from './declarations';
import { hostileWord } from './hostile';
import { readYaml } from './read-yaml';
import { seed } from './rendered';

const generated = (service: Declaration): Outcome => generate({ service, platform: null });

describe('the words of a command', () => {
  const lists = fc
    .sample(fc.array(hostileWord, { minLength: 1, maxLength: 3 }), { numRuns: 25, seed })
    .map((rest) => ['tool', ...rest]);
  const base = { name: 'a', owner: 'team-a', http: { port: 3000 } };
  const fileOf = (declaration: Declaration, pattern: RegExp): string => {
    const { files, diagnostics } = generated(declaration);
    expect(diagnostics).toEqual([]);
    return files.find(({ path }) => pattern.test(path))?.body ?? '';
  };
  const asRead = (shell: string, text: string): string[] =>
    spawnSync(shell, ['-c', `set -eu; set -- ${text}\nprintf '%s\\0' "$@"`], { encoding: 'utf8' })
      .stdout.split('\0')
      .slice(0, -1);

  it.each(lists.map((words) => ({ words })))('arrive as they are: $words', ({ words }) => {
    const workflow = readYaml(fileOf({ ...base, checks: { lint: words } }, /^\.github\//))[0];
    const steps: { name: string; run: string }[] = workflow.jobs.check.steps;
    const run = steps.find(({ name }) => name === 'Lint')?.run ?? '';
    expect(asRead('bash', run), run).toEqual(words);

    const image = instructions(
      fileOf({ ...base, runtime: { build: words, start: ['node', ...words] } }, /^Dockerfile$/),
    );
    const build = image.find(({ name, value }) => name === 'RUN' && value.startsWith('tool'))?.value ?? '';
    expect(asRead('sh', build), build).toEqual(words);
    expect(JSON.parse(image.find(({ name }) => name === 'CMD')?.value ?? '')).toEqual(['node', ...words]);
  });
});

describe('a shell script', () => {
  it('parses', () => {
    const scripts = new Map(
      fc.sample(nodeService, { numRuns: 12, seed }).flatMap((declaration) =>
        generated(declaration)
          .files.filter(({ path }) => path.endsWith('.sh'))
          .map(({ body }): [string, string] => [body, body]),
      ),
    );
    expect(scripts.size).toBeGreaterThan(3);
    for (const text of scripts.keys())
      expect(spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' }).stderr).toBe('');
  });
});
