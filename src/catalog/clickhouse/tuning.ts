// Turns the memory of a ClickHouse server into its limits.
import type { TuningFactory } from '../tuned';

export interface ClickhouseLimits {
  /** The whole server. Unit: bytes. */
  readonly serverBytes: number;
  /** One query. Unit: bytes. */
  readonly queryBytes: number;
  /** A query groups on disk beyond this. Unit: bytes. */
  readonly groupInMemoryBytes: number;
  /** Cache of marks; ClickHouse's default of 5 GB alone exceeds a small server. Unit: bytes. */
  readonly markCacheBytes: number;
}

/** https://clickhouse.com/docs/operations/settings/memory-overcommit and https://clickhouse.com/docs/operations/tips#using-less-than-16gb-of-ram */
export function tune(memoryMiB: number): ClickhouseLimits {
  const memoryBytes = memoryMiB * 1024 * 1024;
  // A fifth stays for what the tracker of memory does not see.
  const serverBytes = Math.floor((memoryBytes * 4) / 5);
  const queryBytes = Math.floor(serverBytes / 2);
  return {
    serverBytes,
    queryBytes,
    groupInMemoryBytes: Math.floor(queryBytes / 2),
    markCacheBytes: Math.min(512 * 1024 * 1024, Math.floor(memoryBytes / 16)),
  };
}

const manual = 'https://clickhouse.com/docs/operations';
const toMiB = (bytes: number): number => Math.floor(bytes / (1024 * 1024));

export const tuning: TuningFactory = ({ memoryMiB }) => {
  const limits = tune(memoryMiB);
  const untrackedMiB = memoryMiB - toMiB(limits.serverBytes);
  return {
    settings: [
      {
        name: 'max_server_memory_usage',
        value: String(limits.serverBytes),
        formula: `${memoryMiB} MiB × 4 / 5, in bytes`,
        why: 'queries are refused before the container is killed; a fifth stays for what the tracker does not see',
        source: `${manual}/server-configuration-parameters/settings#max_server_memory_usage`,
      },
      {
        name: 'max_memory_usage',
        value: String(limits.queryBytes),
        formula: 'max_server_memory_usage / 2',
        why: 'one query leaves half to the others',
        source: `${manual}/settings/settings#max_memory_usage`,
      },
      {
        name: 'max_bytes_before_external_group_by',
        value: String(limits.groupInMemoryBytes),
        formula: 'max_memory_usage / 2',
        why: 'the manual asks for half, since merging takes as much again; beyond it a query groups on disk',
        source: 'https://clickhouse.com/docs/sql-reference/statements/select/group-by#group-by-in-external-memory',
      },
      {
        name: 'mark_cache_size',
        value: String(limits.markCacheBytes),
        formula: `${memoryMiB} MiB / 16, at most 512 MiB, in bytes`,
        why: 'the default of 5 GB alone exceeds a small server',
        source: `${manual}/server-configuration-parameters/settings#mark_cache_size`,
      },
    ],
    memory: [
      {
        what: 'max_server_memory_usage, with caches and queries in it',
        mebibytes: toMiB(limits.serverBytes),
        arithmetic: `${memoryMiB} MiB × 4 / 5`,
      },
      { what: 'what the tracker does not see', mebibytes: untrackedMiB, arithmetic: `${memoryMiB} MiB / 5` },
    ],
  };
};
