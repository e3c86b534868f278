// `groundwork diff` where projen makes the files: runs .projenrc.ts in an empty folder and compares what it writes.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { registerHook } from '../declared/register-hook';
import { repositoryVariable } from '../projen/repository-folder';
import type { Arguments } from './arguments';
import { type Difference, report } from './diff-report';
import { type Exit, exit, type Terminal } from './terminal';

/** projen's list of what it made last; package.json is not on it, since projen edits that in place. */
function listed(folder: string): string[] {
  const file = join(folder, '.projen/files.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { files: string[] }).files : [];
}

function read(file: string): string | null {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(file, 'utf8') : null;
}

function compare(repository: string, fresh: string): Difference[] {
  const paths = [...new Set([...listed(fresh), ...listed(repository)])].sort();
  return paths.flatMap((path): Difference[] => {
    const [previous, text] = [read(join(repository, path)), read(join(fresh, path))];
    if (previous === text || previous?.replaceAll('\r\n', '\n') === text) return [];
    const kind = previous === null ? 'created' : text === null ? 'removed' : 'changed';
    return [{ kind, file: join(repository, path), previous, text }];
  });
}

export function diffProjen(projenrc: string, args: Arguments, terminal: Terminal): Exit {
  const repository = dirname(projenrc);
  const fresh = mkdtempSync(join(tmpdir(), 'groundwork-diff-'));
  try {
    const manifest = join(repository, 'package.json');
    if (existsSync(manifest)) copyFileSync(manifest, join(fresh, 'package.json'));
    // projen behaves differently under tests; and it must not install packages into the empty folder.
    const { NODE_ENV: _, ...inherited } = process.env;
    const env = { ...inherited, PROJEN_DISABLE_POST: 'true', [repositoryVariable]: repository };
    const { status, stderr } = spawnSync(process.execPath, ['-r', registerHook(), projenrc], {
      cwd: fresh,
      encoding: 'utf8',
      env,
    });
    if (status !== 0) {
      terminal.error(stderr);
      return exit.refused;
    }
    return report(compare(repository, fresh), [], 'npx projen', args, terminal);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
