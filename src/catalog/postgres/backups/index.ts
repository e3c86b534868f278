// How PostgreSQL is backed up and restored, by who runs it.
import type { BackupFactory } from '../../backups';
import { cluster } from './cluster';
import { laptop } from './laptop';

export const backups: BackupFactory = (input) => {
  if (input.runs === 'external') return null;
  return input.runs === 'container' ? laptop(input) : cluster(input);
};
