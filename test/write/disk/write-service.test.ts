// What happens to files that are there already: ours, edited, foreign, stale, linked.
import { chmodSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { GeneratedFile } from '../../../src/render/shared/generated-file';
import { writeService } from '../../../src/write/disk/write-service';
import { get, put, scratchFolder, tree } from '../scratch';

const file = (path: string, body: string, executable = false): GeneratedFile => ({
  at: 'service',
  path,
  body,
  comment: 'hash',
  executable,
});

const write = (folder: string, files: readonly GeneratedFile[], force = false) =>
  writeService({ folders: { service: folder, repository: folder }, files, marker: 'M', force });

const kinds = (written: ReturnType<typeof write>): string[] =>
  written.changes.map(({ kind, path }) => `${kind} ${path}`);
const codes = (written: ReturnType<typeof write>): string[] =>
  written.refusals.map(({ code, place }) => `${place?.file}:${place?.line} ${code}`);

describe('writing a service', () => {
  it('notes what it wrote, with its hash, sorted', () => {
    const folder = scratchFolder();
    expect(kinds(write(folder, [file('b/two', '2\n'), file('a', '1\n')]))).toEqual(['created a', 'created b/two']);
    const lock = JSON.parse(get(folder, '.groundwork/files.json')) as {
      version: number;
      service: Record<string, string>;
    };
    expect(lock.version).toBe(1);
    expect(Object.keys(lock.service)).toEqual(['a', 'b/two']);
    expect(lock.service.a).toMatch(/^[0-9a-f]{64}$/);
    expect(get(folder, 'a')).toBe('# M\n1\n');
  });

  it('touches nothing the second time', () => {
    const folder = scratchFolder();
    write(folder, [file('a', '1\n')]);
    const before = statSync(`${folder}/a`);
    expect(kinds(write(folder, [file('a', '1\n')]))).toEqual(['unchanged a']);
    expect(statSync(`${folder}/a`).ino).toBe(before.ino);
  });

  it('changes its own, removes what is no longer made and the folders that leaves empty', () => {
    const folder = scratchFolder();
    write(folder, [file('a', '1\n'), file('deep/er/b', '2\n')]);
    put(folder, 'own', 'mine\n');
    expect(kinds(write(folder, [file('a', 'one\n')]))).toEqual(['changed a', 'removed deep/er/b']);
    expect(Object.keys(tree(folder))).toEqual(['.groundwork/files.json', 'a', 'own']);
    expect(() => statSync(`${folder}/deep`)).toThrow(/ENOENT/);
  });

  it('refuses an edit as a whole, shows it with its line, and gives in to force', () => {
    const folder = scratchFolder();
    write(folder, [file('a', '1\n'), file('b', '2\n')]);
    put(folder, 'b', '# M\n2\nby hand\n');
    const before = tree(folder);
    const refused = write(folder, [file('a', 'one\n'), file('b', '2\n')]);
    expect(codes(refused)).toEqual(['b:3 generated-file-edited']);
    expect(refused.refusals[0]?.difference).toContain('+by hand');
    expect(refused.refusals[0]?.fix).toContain('--force');
    expect(tree(folder)).toEqual(before);
    expect(kinds(write(folder, [file('a', 'one\n'), file('b', '2\n')], true))).toEqual(['changed a', 'changed b']);
    expect(get(folder, 'b')).toBe('# M\n2\n');
  });

  it("refuses a person's file, and adopts one that is equal already", () => {
    const folder = scratchFolder();
    put(folder, 'a', 'mine\n');
    put(folder, 'b', '# M\r\n2\r\n');
    expect(codes(write(folder, [file('a', '1\n'), file('b', '2\n')]))).toEqual(['a:1 file-not-generated']);
    expect(get(folder, 'a')).toBe('mine\n');
    rmSync(`${folder}/a`);
    expect(kinds(write(folder, [file('a', '1\n'), file('b', '2\n')]))).toEqual(['created a', 'unchanged b']);
  });

  it('keeps an edited file that is no longer made, and lets go of it by force', () => {
    const folder = scratchFolder();
    write(folder, [file('a', '1\n'), file('b', '2\n')]);
    put(folder, 'b', 'by hand\n');
    expect(codes(write(folder, [file('a', '1\n')]))).toEqual(['b:1 stale-file-edited']);
    expect(kinds(write(folder, [file('a', '1\n')], true))).toEqual(['unchanged a', 'kept b']);
    expect(get(folder, 'b')).toBe('by hand\n');
    expect(kinds(write(folder, [file('a', '1\n')]))).toEqual(['unchanged a']);
  });

  it('writes again what a person removed', () => {
    const folder = scratchFolder();
    write(folder, [file('a', '1\n')]);
    rmSync(`${folder}/a`);
    expect(kinds(write(folder, [file('a', '1\n')]))).toEqual(['created a']);
  });

  it('follows no link: neither to a file nor out of the folder', () => {
    const [folder, other] = [scratchFolder(), scratchFolder()];
    put(other, 'target', 'theirs\n');
    symlinkSync(`${other}/target`, `${folder}/a`);
    symlinkSync(other, `${folder}/out`);
    const refused = write(folder, [file('a', '1\n'), file('out/b', '2\n')], true);
    expect(codes(refused)).toEqual(['a:1 path-is-not-a-file', 'out/b:1 path-leaves-the-folder']);
    expect(tree(other)).toEqual({ target: 'theirs\n' });
  });

  it.each(['<<<<<<< HEAD\n', '{}', '{"version":1,"service":{"../../x":"0"},"repository":{}}', '[]'])(
    'refuses the lock %j',
    (text) => {
      const folder = scratchFolder();
      put(folder, '.groundwork/files.json', text);
      expect(codes(write(folder, [file('a', '1\n')]))).toEqual(['.groundwork/files.json:1 lock-not-readable']);
      expect(() => get(folder, 'a')).toThrow(/ENOENT/);
    },
  );

  it.runIf(process.platform !== 'win32')('sets the right to execute, and mends it', () => {
    const folder = scratchFolder();
    const script = file('run.sh', '#!/bin/sh\n', true);
    write(folder, [script]);
    expect(statSync(`${folder}/run.sh`).mode & 0o777).toBe(0o755);
    chmodSync(`${folder}/run.sh`, 0o644);
    expect(kinds(write(folder, [script]))).toEqual(['changed run.sh']);
    expect(statSync(`${folder}/run.sh`).mode & 0o100).toBe(0o100);
  });

  it('takes a path out of the folder, or two equal ones, for a fault of ours', () => {
    const folder = scratchFolder();
    expect(() => write(folder, [file('../a', '')])).toThrow(/^BUG: /);
    expect(() => write(folder, [file('A', ''), file('a', '')])).toThrow(/^BUG: two/);
  });
});
