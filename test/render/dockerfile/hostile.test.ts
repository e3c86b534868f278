// Values of a declaration that try to be more than values: they stay one word of one instruction, and mean themselves.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BuildPlan } from '../../../src/plan/types';
import { renderDockerfile } from '../../../src/render/dockerfile';
import { words } from '../../../src/render/shared/escape/words';
import { instructionsOf, pairsOf } from '../../support/dockerfile';
import { nodeBuild, planOf, staticBuild } from '../fixtures/node-build';

const bodyOf = (build: BuildPlan, path: string): string =>
  renderDockerfile(planOf(build)).find((file) => file.path === path)?.body ?? '';

const keywords = (build: BuildPlan): string[] =>
  instructionsOf(bodyOf(build, 'Dockerfile')).map(({ keyword }) => keyword);

/** Every printable character, the ones with a meaning somewhere more often than the others. */
const line = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        "'",
        '\\',
        '$',
        '`',
        '#',
        ';',
        '{',
        '}',
        '[',
        ']',
        '*',
        '<<EOF',
        '${HOME}',
        '$(id)',
        '&& id',
        '|',
        '\\\\',
        ' ',
        '=',
        '--',
        '%',
        'é',
        '𝄞',
      ),
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const argv = fc.array(line, { minLength: 1, maxLength: 4 }).filter(([first]) => first !== '');

describe('hostile values', () => {
  it('are one value of a label, an argument and a variable', () => {
    const expected = keywords(staticBuild);
    fc.assert(
      fc.property(line, (value) => {
        const build = {
          ...staticBuild,
          labels: [{ name: 'org.opencontainers.image.title', value }],
          buildArguments: [{ name: 'VITE_VALUE', value }],
          environment: [{ name: 'NODE_ENV', value }],
        };
        expect(keywords(build)).toEqual(expected);
        for (const { keyword, text } of instructionsOf(bodyOf(build, 'Dockerfile'))) {
          if (['LABEL', 'ARG', 'ENV'].includes(keyword)) expect(Object.values(pairsOf(text))).toEqual([value]);
        }
      }),
    );
  });

  it('are words of the commands, which no shell reads', () => {
    const expected = keywords(nodeBuild);
    fc.assert(
      fc.property(argv, (command) => {
        const build = {
          ...nodeBuild,
          start: command,
          healthCheck: {
            ...(nodeBuild.healthCheck ?? { intervalSeconds: 1, timeoutSeconds: 1, startPeriodSeconds: 1, retries: 1 }),
            command,
          },
        };
        expect(keywords(build)).toEqual(expected);
        const found = instructionsOf(bodyOf(build, 'Dockerfile'));
        expect(JSON.parse(found.find(({ keyword }) => keyword === 'CMD')?.text ?? '')).toEqual(command);
        const check = found.find(({ keyword }) => keyword === 'HEALTHCHECK')?.text ?? '';
        expect(JSON.parse(check.slice(check.indexOf(' CMD ') + 5))).toEqual(command);
      }),
    );
  });

  it('are words of the build command, as a shell itself reads them', () => {
    const expected = keywords(nodeBuild);
    fc.assert(
      fc.property(argv, (command) => {
        const build = { ...nodeBuild, buildCommand: command };
        expect(keywords(build)).toEqual(expected);
        expect(bodyOf(build, 'Dockerfile')).toContain(`\nRUN ${words(command)}\n`);
        const { stdout, status } = spawnSync('sh', ['-c', `printf '%s\\0' ${words(['x', ...command])}`], {
          encoding: 'utf8',
        });
        expect(status).toBe(0);
        expect(stdout.split('\0').slice(1, -1)).toEqual(command);
      }),
      { numRuns: 60 },
    );
  });

  it('are one quoted argument of nginx, without a variable', () => {
    const lines = bodyOf(staticBuild, 'docker/nginx.conf').split('\n').length;
    fc.assert(
      fc.property(line, (value) => {
        const body = bodyOf(
          {
            ...staticBuild,
            headers: [
              { name: 'X-Value', value },
              { name: 'X-Other', value: '' },
            ],
          },
          'docker/nginx.conf',
        );
        expect(body.split('\n')).toHaveLength(lines);
        const quoted = body.split('\n').filter((text) => text.includes('add_header X-Value '));
        expect(quoted).toHaveLength(3);
        for (const text of quoted) {
          const found = /^\s*add_header X-Value "((?:[^"\\]|\\["\\])*)" always;$/.exec(text)?.[1];
          expect(found).toBeDefined();
          const read = (found as string).replace(/\\(["\\])/g, '$1').replaceAll('${dollar}', () => '\u0000');
          expect(read).not.toContain('$');
          expect(read.replaceAll('\u0000', () => '$')).toBe(value);
        }
      }),
    );
  });

  it.each(['a\nRUN id', 'a\r\nRUN id', 'a\u2028b', 'a\u0000b', 'a\u007fb'])(
    'with a control character are refused: %j',
    (value) => {
      expect(() => renderDockerfile(planOf({ ...nodeBuild, labels: [{ name: 'x', value }] }))).toThrow(
        /^BUG: template/,
      );
      expect(() => renderDockerfile(planOf({ ...nodeBuild, buildCommand: ['npm', value] }))).toThrow(/^BUG: template/);
      expect(() => renderDockerfile(planOf({ ...nodeBuild, environment: [{ name: 'X', value }] }))).toThrow(
        /^BUG: template/,
      );
    },
  );

  it.each(['a b', 'a;id', '$HOME', '`id`', 'a*', "a'b", 'a"b', 'a\nb', 'a#b'])('are no path: %j', (value) => {
    for (const fields of [
      { outputs: [value] },
      { folder: value },
      { cacheFolder: value },
      { lockFile: value },
      { appFolder: value },
    ]) {
      expect(() => renderDockerfile(planOf({ ...nodeBuild, ...fields }))).toThrow(/^BUG: template/);
    }
  });

  it('are no option where a path stands', () => {
    expect(() => renderDockerfile(planOf({ ...nodeBuild, folder: '-rf' }))).toThrow(/^BUG: template/);
    expect(bodyOf({ ...nodeBuild, outputs: ['--chown-10001'] }, 'Dockerfile')).toContain(
      '\nCOPY --from=output /app/--chown-10001 ./--chown-10001\n',
    );
  });

  it.each([
    { repository: 'node', tag: '24 AS x', digest: null },
    { repository: 'node\nRUN id', tag: '24', digest: null },
    { repository: '--platform=x node', tag: '24', digest: null },
    { repository: '$IMAGE', tag: '24', digest: null },
    { repository: 'node', tag: '24', digest: 'sha256:zz' },
  ])('are no image: %j', (image) => {
    expect(() => renderDockerfile(planOf({ ...nodeBuild, builder: image }))).toThrow(/not a reference to an image/);
  });

  it('are no name of a variable, a label or a header', () => {
    expect(() => renderDockerfile(planOf({ ...nodeBuild, environment: [{ name: 'A B', value: '' }] }))).toThrow(/^BUG/);
    expect(() => renderDockerfile(planOf({ ...nodeBuild, labels: [{ name: 'a"b', value: '' }] }))).toThrow(/^BUG/);
    expect(() => renderDockerfile(planOf({ ...staticBuild, headers: [{ name: 'a: b', value: '' }] }))).toThrow(/^BUG/);
  });
});
