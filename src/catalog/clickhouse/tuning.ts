// Turns the memory of a ClickHouse server into its limits.

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
