// `groundwork diff` where projen makes the files: runs .projenrc.ts in an empty folder and compares what it writes.
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Arguments } from './arguments';
import { type Difference, report } from './diff-report';
import { inScratchFolder, runProjenrc } from './run-projenrc';
import { type Exit, exit, type Terminal } from './terminal';

/** projen's list of what it made last; package.json is not on it, since projen edits that in place. */
function listed(folder: string): string[] {
  const file = join(folder, '.projen/files.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { files: string[] }).files : [];
}

function read(file: string): string | null {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(file, 'utf8') : null;
}

const held = (text: string | null): Difference['text'] => (text === null ? null : () => text);

function compare(repository: string, fresh: string): Difference[] {
  const paths = [...new Set([...listed(fresh), ...listed(repository)])].sort();
  return paths.flatMap((path): Difference[] => {
    const [previous, text] = [read(join(repository, path)), read(join(fresh, path))];
    if (previous === text || previous?.replaceAll('\r\n', '\n') === text) return [];
    const kind = previous === null ? 'created' : text === null ? 'removed' : 'changed';
    return [{ kind, file: join(repository, path), previous: held(previous), text: held(text) }];
  });
}

export function diffProjen(projenrc: string, args: Arguments, terminal: Terminal): Exit {
  const repository = dirname(projenrc);
  return inScratchFolder((fresh) => {
    const { status, stderr } = runProjenrc(projenrc, fresh);
    if (status === 0) return report(compare(repository, fresh), [], 'npx projen', args, terminal);
    terminal.error(stderr);
    return exit.refused;
  });
}
