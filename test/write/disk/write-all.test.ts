// All or nothing: whatever operation fails, the folder is as it was.
import { describe, expect, it } from 'vitest';
import { type DiskOperations, disk } from '../../../src/write/disk/operations';
import { type FileToWrite, writeAll } from '../../../src/write/disk/write-all';
import { get, put, scratchFolder, tree } from '../scratch';

type Name = keyof DiskOperations;

/** The real operations, counted; the one at `failAt` fails. */
function failing(failAt: number): { operations: DiskOperations; calls: Name[] } {
  const calls: Name[] = [];
  const names = Object.keys(disk) as Name[];
  const wrapped = names.map((name) => {
    const operation = (...args: never[]): void => {
      calls.push(name);
      if (calls.length === failAt) throw new Error(`injected into ${name}`);
      (disk[name] as (...given: never[]) => void)(...args);
    };
    return [name, operation] as const;
  });
  return { operations: Object.fromEntries(wrapped) as unknown as DiskOperations, calls };
}

function prepare(): { folder: string; files: FileToWrite[] } {
  const folder = scratchFolder();
  put(folder, 'changed.txt', 'old\n');
  put(folder, 'gone/deep/removed.txt', 'was here\n');
  put(folder, 'own.txt', 'mine\n');
  const file = (name: string, text: string | null, exists: boolean): FileToWrite => ({
    file: `${folder}/${name}`,
    text: text === null ? null : () => text,
    executable: false,
    exists,
  });
  const files = [
    file('new/deep/first.txt', 'one\n', false),
    file('changed.txt', 'new\n', true),
    file('gone/deep/removed.txt', null, true),
    file('new/second.txt', 'two\n', false),
  ];
  return { folder, files };
}

describe('writeAll', () => {
  it('creates, changes and removes, and leaves nothing else behind', () => {
    const { folder, files } = prepare();
    writeAll(files, [folder]);
    expect(tree(folder)).toEqual({
      'changed.txt': 'new\n',
      'new/deep/first.txt': 'one\n',
      'new/second.txt': 'two\n',
      'own.txt': 'mine\n',
    });
    expect(() => get(folder, 'gone')).toThrow(/ENOENT/);
  });

  it('leaves the folder as it was when any one operation before the last rename fails', () => {
    const { folder: first, files: all } = prepare();
    const { operations: counting, calls } = failing(0);
    writeAll(all, [first], counting);
    // What comes after the last change only cleans up: its failure must not undo what is done.
    const changes = calls.flatMap((name, index) => (name === 'rename' ? [index + 1] : []));
    const last = changes.at(-1) as number;
    expect(calls.slice(0, last)).toEqual(expect.arrayContaining(['create', 'copy', 'makeFolder', 'remove', 'rename']));
    for (let failAt = 1; failAt <= last; failAt++) {
      const { folder, files } = prepare();
      const before = tree(folder);
      expect(() => writeAll(files, [folder], failing(failAt).operations), `operation ${failAt}`).toThrow(/injected/);
      expect(tree(folder), `operation ${failAt}`).toEqual(before);
      expect(() => get(folder, 'new')).toThrow(/ENOENT/);
    }
  });

  it('is done even when cleaning up fails', () => {
    const { folder: first, files: all } = prepare();
    const { operations: counting, calls } = failing(0);
    writeAll(all, [first], counting);
    for (let failAt = calls.lastIndexOf('rename') + 2; failAt <= calls.length; failAt++) {
      const { folder, files } = prepare();
      writeAll(files, [folder], failing(failAt).operations);
      expect(get(folder, 'changed.txt')).toBe('new\n');
      expect(get(folder, 'new/second.txt')).toBe('two\n');
    }
  });
});
