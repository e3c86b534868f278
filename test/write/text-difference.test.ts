// A difference is one that `git apply` takes and that gives the second text.
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textDifference } from '../../src/write/text-difference';
import { get, put, scratchFolder } from './scratch';

const difference = (before: string, after: string) =>
  textDifference({ name: 'a', text: before }, { name: 'b', text: after });

describe('textDifference', () => {
  it('is null for equal texts', () => expect(difference('a\n', 'a\n')).toBe(null));

  it('shows three lines around a change and tells its line', () => {
    const lines = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
    const before = `${lines.join('\n')}\n`;
    const after = before.replace('5\n', 'five\n');
    expect(difference(before, after)).toEqual({
      text: '--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
      line: 5,
    });
  });

  it('tells a last line without its newline', () => {
    expect(difference('a\n', 'a')?.text).toContain('\\ No newline at end of file');
  });

  it('replaces all where too much differs for the shortest script', () => {
    const many = (word: string): string => Array.from({ length: 2000 }, (_, index) => `${word} ${index}\n`).join('');
    const text = difference(many('before'), many('after'))?.text ?? '';
    expect(text.split('\n').filter((line) => line.startsWith('+after'))).toHaveLength(2000);
  });

  it('applies with git', () => {
    const folder = scratchFolder();
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'same', ''), { maxLength: 30 })
      .map((lines) => lines.map((line) => `${line}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== '' && after !== '' && before !== after);
        put(folder, 'file', before);
        const patch = textDifference({ name: 'a/file', text: before }, { name: 'b/file', text: after })?.text ?? '';
        execFileSync('git', ['apply', '--unidiff-zero', '-'], {
          cwd: folder,
          input: patch,
          stdio: ['pipe', 'ignore', 'ignore'],
        });
        expect(get(folder, 'file')).toBe(after);
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});
