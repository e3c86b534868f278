// Whatever is declared is rendered or refused, the same each time, and no text of a person changes what a file is made of.
// `PROPERTY_RUNS=2000 npx vitest run test/property` runs more (and takes minutes); a failure prints the seed and the smallest declaration.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isError } from '../../src/diagnostics';
import { generate, type Outcome } from '../../src/generate';
import { instructions, yamlDocuments } from '../support/generated';
import { anyService, type Declaration, nodeService } from './declarations';
import { harmless } from './harmless';
import { hostileWord, wellFormed } from './hostile';
import { interpolationsOf } from './interpolations';
import { shapeOf } from './shape';

const runs = Number(process.env.PROPERTY_RUNS ?? 80);
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_124);
/** Milliseconds; only so that a run without end is ended. */
const longest = 300_000 + runs * 3000;

const generated = (service: Declaration): Outcome => generate({ service, platform: null });

describe('an arbitrary declaration', () => {
  let accepted = 0;
  let refused = 0;

  it(
    'is rendered into files that parse, or refused; hostile text changes no structure',
    () => {
      fc.assert(
        fc.property(anyService, (declaration) => {
          const before = JSON.stringify(declaration);
          const outcome = generated(declaration);
          expect(JSON.stringify(declaration), 'the declaration is left as it is').toBe(before);
          if (outcome.diagnostics.some(isError)) {
            refused++;
            expect(outcome.files).toEqual([]);
            return;
          }
          accepted++;
          expect(outcome.files.length).toBeGreaterThan(10);
          const plain = new Map(generated(harmless(declaration)).files.map(({ path, body }) => [path, body]));
          expect([...plain.keys()]).toEqual(outcome.files.map(({ path }) => path));
          for (const { path, body } of outcome.files) {
            expect(body.endsWith('\n') && !body.includes('\r') && wellFormed(body), path).toBe(true);
            expect(shapeOf(path, body), path).toEqual(shapeOf(path, plain.get(path) ?? ''));
            expect(interpolationsOf(path, body), path).toEqual(interpolationsOf(path, plain.get(path) ?? ''));
          }
        }),
        { numRuns: runs, seed },
      );
      expect(accepted, `${refused} were refused`).toBeGreaterThan(runs / 2);
    },
    longest,
  );

  it(
    'gives the same bytes each time, whatever the order of its keys',
    () => {
      const reversed = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(reversed);
        if (typeof value !== 'object' || value === null) return value;
        return Object.fromEntries(
          Object.entries(value)
            .map(([key, each]) => [key, reversed(each)])
            .reverse(),
        );
      };
      fc.assert(
        fc.property(anyService, (declaration) => {
          const first = generated(declaration);
          expect(generated(structuredClone(declaration))).toEqual(first);
          const other = generated(reversed(declaration) as Declaration);
          expect(other.diagnostics.map(({ code }) => code).sort()).toEqual(
            first.diagnostics.map(({ code }) => code).sort(),
          );
        }),
        { numRuns: Math.ceil(runs / 4), seed },
      );
    },
    longest,
  );
});

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
    const workflow = yamlDocuments(fileOf({ ...base, checks: { lint: words } }, /^\.github\//))[0];
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
