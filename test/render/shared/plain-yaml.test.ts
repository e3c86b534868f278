// The fast writer gives the library's bytes, or leaves the value to it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { libraryYaml, toYaml } from '../../../src/render/shared/yaml';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom(
      ' ',
      ':',
      '#',
      '-',
      'a',
      '\n',
      '"',
      "'",
      '{',
      '[',
      '&',
      '*',
      '!',
      '|',
      '>',
      '%',
      '@',
      ',',
      '?',
      '0',
    ),
    maxLength: 8,
  }),
  fc.string({ unit: 'binary-ascii', maxLength: 6 }),
  fc.string({ unit: fc.constantFrom(...'-+.0129eExXoOaAfFnNiI_:~'), maxLength: 6 }),
  fc.constantFrom(
    'yes',
    'on',
    '012',
    '1e3',
    '2026-11-24',
    '',
    ' a',
    'a ',
    'a: b',
    'a #b',
    '${{ x }}',
    '- a',
    'line\nline\n',
    'line\n\n  deeper\nend',
    'a:b',
    'http://a:80/b?c=d',
    '---',
    '--- a',
    '...',
    '--max=1 --b',
    '-.5',
    '.5e3',
    '1.e3',
    '+.inf',
    'NULL',
    '60+0x7',
    '512Mi',
    '?',
    "it's",
    'it\'s "x"',
  ),
);
const key = fc.oneof(fc.constantFrom('a', 'on', 'app.kubernetes.io/name', 'yes', 'x-y', 'NAME_2', '1'), text);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
}));

describe('toYaml', () => {
  it('writes what the library writes', () => {
    const map = fc.dictionary(fc.constantFrom('a', 'b', 'c.d', 'on'), value, { minKeys: 1, maxKeys: 3 });
    fc.assert(
      fc.property(map, text, (plain, comment) => {
        const [first = ''] = Object.keys(plain);
        expect(toYaml(plain)).toBe(libraryYaml(plain));
        expect(toYaml(plain, { [first]: comment })).toBe(libraryYaml(plain, { [first]: comment }));
        const list = Object.values(plain);
        expect(toYaml(list)).toBe(libraryYaml(list));
        expect(toYaml(list, { 0: comment })).toBe(libraryYaml(list, { 0: comment }));
      }),
      { numRuns: 3000, seed: 11 },
    );
  });
});
