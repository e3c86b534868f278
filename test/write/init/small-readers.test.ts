// The readers of .env files and of workspace patterns.
import { describe, expect, it } from 'vitest';
import { readExampleValues } from '../../../src/write/init/example-values';
import { isWorkspace } from '../../../src/write/init/workspaces';

describe('small readers', () => {
  it('reads .env files as dotenv does', () => {
    expect(readExampleValues('A=1\n# B=2\nexport C="x # y" # z\nD=\n E = e # f\r\nnothing\nG=\'h\'')).toEqual([
      { name: 'A', value: '1', line: 1 },
      { name: 'C', value: 'x # y', line: 3 },
      { name: 'D', value: '', line: 4 },
      { name: 'E', value: 'e', line: 5 },
      { name: 'G', value: 'h', line: 7 },
    ]);
  });

  it.each([
    ['a/b', ['a/*'], true],
    ['a/b/c', ['a/*'], false],
    ['a/b/c', ['a/**'], true],
    ['a/b', ['a/**', '!a/b'], false],
    ['a-service', ['./*-service'], true],
    ['a-server', ['*-service'], false],
    ['a', [], false],
  ])('%s among %j: %s', (folder, patterns, expected) => {
    expect(isWorkspace(folder, patterns)).toBe(expected);
  });
});
