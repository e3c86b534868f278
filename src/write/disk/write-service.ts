// Writes the files of a declaration beside it: all of them, or none and the reasons.
import type { GeneratedFile } from '../../render/shared/generated-file';
import { type Change, type Comparison, compareFiles, type DiskRefusal, type Marker } from './compare';
import type { Folders } from './folders';
import { holdingSignals } from './hold-signals';
import { type Lock, lockFile, readLock } from './lock';
import { type DiskOperations, disk } from './operations';
import { type FileToWrite, writeAll } from './write-all';

export interface WriteRequest {
  readonly folders: Folders;
  readonly files: Iterable<GeneratedFile>;
  readonly marker: Marker;
  readonly force: boolean;
  /** What was written last time; null when it cannot be read. Default: read from the folder of the service. */
  readonly lock?: Lock | null;
}

export interface Written {
  /** Sorted by path; nothing of it happened when there are refusals. */
  readonly changes: readonly Change[];
  readonly refusals: readonly DiskRefusal[];
}

/** What writing would do, without doing it. */
export function compareService(request: WriteRequest): Comparison {
  const lock = request.lock === undefined ? readLock(request.folders.service) : request.lock;
  return compareFiles({ ...request, lock });
}

const needsWriting = ({ kind }: Change): boolean => kind === 'created' || kind === 'changed' || kind === 'removed';

export function writeService(request: WriteRequest, operations: DiskOperations = disk): Written {
  const { changes, refusals, lock } = compareService(request);
  if (refusals.length > 0) return { changes, refusals };
  // The lock is compared as one more file of ours, and so is written last, and only when it changes.
  const ofLock = compareFiles({
    ...request,
    files: [lockFile(lock)],
    marker: null,
    lock: { service: {}, repository: {} },
    force: true,
  });
  const toWrite = [...changes, ...ofLock.changes]
    .filter(needsWriting)
    .map(
      ({ file, text, executable, previous }): FileToWrite => ({ file, text, executable, exists: previous !== null }),
    );
  if (ofLock.refusals.length > 0) return { changes, refusals: ofLock.refusals };
  holdingSignals(() => writeAll(toWrite, [request.folders.service, request.folders.repository], operations));
  return { changes, refusals: [] };
}
