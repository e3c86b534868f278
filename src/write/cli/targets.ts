// Decides which folders a service's files go to.
import { resolve } from 'node:path';
import type { Evaluated } from '../declared/evaluate';
import { type Folders, repositoryFolder } from '../disk/folders';
import type { Arguments } from './arguments';
import type { Terminal } from './terminal';

/** The folders, or one sentence about why there are none. */
export function foldersOf(evaluated: Evaluated, { out }: Arguments, terminal: Terminal): Folders | string {
  if (out !== null) {
    const folder = resolve(terminal.folder, out);
    return { service: folder, repository: folder };
  }
  const workspace = evaluated.plan?.build.folder ?? '.';
  const repository = repositoryFolder(evaluated.folder, workspace);
  if (repository === null) {
    return `runtime.workspace is ${workspace}, but the declaration is in ${evaluated.folder}, which does not end so. Correct it, or give --out FOLDER`;
  }
  return { service: evaluated.folder, repository };
}
