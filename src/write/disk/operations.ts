// The operations on the disk that writing uses: a test gives others, which fail where it wants.
import { chmodSync, copyFileSync, mkdirSync, renameSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';

export interface DiskOperations {
  /** Creates a new file; fails when there is one. */
  readonly create: (file: string, text: string, mode: number) => void;
  /** Copies to a new file; fails when there is one. */
  readonly copy: (from: string, to: string) => void;
  readonly rename: (from: string, to: string) => void;
  readonly remove: (file: string) => void;
  readonly makeFolder: (folder: string) => void;
  /** Fails when the folder is not empty. */
  readonly removeFolder: (folder: string) => void;
}

/** fs.constants.COPYFILE_EXCL */
const failWhenThere = 1;

export const disk: DiskOperations = {
  create: (file, text, mode) => {
    writeFileSync(file, text, { flag: 'wx', mode });
    // The mode above is cut by the umask of the person; the bits for the owner are what matters, and stay.
    if ((mode & 0o100) !== 0) chmodSync(file, mode);
  },
  copy: (from, to) => copyFileSync(from, to, failWhenThere),
  rename: renameSync,
  remove: unlinkSync,
  makeFolder: (folder) => mkdirSync(folder),
  removeFolder: (folder) => rmdirSync(folder),
};
