// Turns the memory of a MongoDB server into the size of its cache.

/**
 * Half of the memory beyond 1 GiB, at least 256 MiB, as MongoDB itself computes from the memory of the whole machine:
 * https://www.mongodb.com/docs/manual/reference/program/mongod/#std-option-mongod.--wiredTigerCacheSizeGB
 */
export const cacheSizeMiB = (memoryMiB: number): number => Math.max(256, Math.floor((memoryMiB - 1024) / 2));

/** The option's unit is GB, fractions allowed, in which 1 GB is 1024 MiB. */
export const cacheSizeGB = (memoryMiB: number): string => String(cacheSizeMiB(memoryMiB) / 1024);
