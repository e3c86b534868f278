// What a reader of another YAML version must not misunderstand.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toYaml } from '../../../src/render/shared/yaml';

describe('toYaml', () => {
  it('escapes what YAML 1.1 readers take for a line break or refuse', () => {
    const value = { a: 'x\u2028b: c', 'k\u0085y': 'DEL\u007f', c: '\ufeffline\nnext\u2029' };
    const text = toYaml(value);
    expect(text).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufeff]/);
    expect(parse(text)).toEqual(value);
  });

  it('keeps a comment a comment whatever it holds', () => {
    const text = toYaml({ a: 1 }, { a: 'one\u2028b: 2\rc: 3\u0085d: 4\ne: 5' });
    expect(text).toBe('# one b: 2 c: 3 d: 4\n# e: 5\na: 1\n');
  });

  it('quotes what YAML 1.1 takes for a boolean, a number, a date or nothing', () => {
    const words = [
      'yes',
      'Off',
      'n',
      '012',
      '1_000',
      '0x1F',
      '1e3',
      '12:30',
      '.5',
      '2026-11-24',
      'null',
      '~',
      '=',
      '<<',
    ];
    for (const word of words) expect(toYaml({ a: word })).toBe(`a: "${word}"\n`);
  });

  it('writes lines as a block and finds commented keys that hold dots', () => {
    const text = toYaml({ 'a.b/c': { list: [{ d: 'one\ntwo\n' }] } }, { 'a.b/c.list.0': 'why' });
    expect(text).toBe('a.b/c:\n  list:\n    # why\n    - d: |\n        one\n        two\n');
  });

  it('writes a comment at the end of a line, on that line only', () => {
    const text = toYaml(
      { steps: [{ uses: 'a@b' }, 'c'] },
      { 'steps.0': 'above' },
      { 'steps.0.uses': 'v1\nd: e', 'steps.1': 'f' },
    );
    expect(text).toBe('steps:\n  # above\n  - uses: a@b # v1  d: e\n  - c # f\n');
    expect(() => toYaml({ a: 'one\ntwo\n' }, {}, { a: 'why' })).toThrow('BUG: no YAML node at a');
    expect(() => toYaml({ a: {} }, {}, { a: 'why' })).toThrow('BUG: no YAML node at a');
  });

  it('refuses a comment on something that is not there', () => {
    expect(() => toYaml({ a: 1 }, { 'a.b': 'why' })).toThrow('BUG: no YAML node at a.b');
  });
});
