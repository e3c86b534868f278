// How Redis is backed up and restored, by who runs it; a cache is filled again and never restored.
import type { BackupFactory, BackupInput } from '../../backups';
import { givenValue } from '../../container-input';
import { cluster } from './cluster';
import { laptop } from './laptop';
import { managed } from './managed';

/** Whether anybody keeps something in it that cannot be made again. */
const keepsData = ({ uses }: BackupInput): boolean => uses.some((use) => givenValue(use, 'use') !== 'cache');

export const backups: BackupFactory = (input) => {
  if (input.runs === 'external' || !keepsData(input)) return null;
  if (input.runs === 'container') return laptop(input);
  return input.runs === 'aws' ? managed(input) : cluster(input);
};
