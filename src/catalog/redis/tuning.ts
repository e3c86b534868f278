// Turns the memory and the uses of a Redis server into its settings.

export type RedisUse = 'cache' | 'sessions' | 'queue';

export interface RedisSizing {
  readonly memoryMiB: number;
  /** Null = Redis's own default, 10000. */
  readonly connections: number | null;
  /** What the services use the server for. */
  readonly uses: readonly RedisUse[];
}

/** Directives of redis.conf by name, in the order in which they are written. */
export type RedisSettings = Readonly<Record<string, string>>;

/** The least that any use can lose: a queue may lose nothing, sessions may lose those that end soonest, a cache anything. */
export function evictionPolicy(uses: readonly string[]): string {
  // https://redis.io/docs/latest/develop/reference/eviction/
  if (uses.includes('queue')) return 'noeviction';
  return uses.includes('sessions') ? 'volatile-ttl' : 'allkeys-lru';
}

export function tune({ memoryMiB, connections, uses }: RedisSizing): RedisSettings {
  const keepsData = uses.some((use) => use !== 'cache');
  return {
    // A quarter stays for buffers, fragmentation and copy-on-write, as ElastiCache reserves:
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/redis-memory-management.html
    maxmemory: `${Math.floor((memoryMiB * 3) / 4)}mb`,
    'maxmemory-policy': evictionPolicy(uses),
    ...(connections === null ? {} : { maxclients: String(connections) }),
    // Snapshots are not needed beside the append-only file, and a cache is filled again.
    save: '',
    // Each record with its time: a restore can cut the file at any moment. https://redis.io/docs/latest/commands/bgrewriteaof/
    ...(keepsData ? { 'aof-timestamp-enabled': 'yes' } : {}),
    appendonly: keepsData ? 'yes' : 'no',
    appendfsync: 'everysec',
  };
}
