// Turns the memory and connections of a MongoDB server into its settings.
import { fixed, type TuningFactory } from '../tuned';

/**
 * Half of the memory beyond 1 GiB, at least 256 MiB, as MongoDB itself computes from the memory of the whole machine:
 * https://www.mongodb.com/docs/manual/reference/program/mongod/#std-option-mongod.--wiredTigerCacheSizeGB
 */
export const cacheSizeMiB = (memoryMiB: number): number => Math.max(256, Math.floor((memoryMiB - 1024) / 2));

/** The option's unit is GB, fractions allowed, in which 1 GB is 1024 MiB. */
export const cacheSizeGB = (memoryMiB: number): string => String(cacheSizeMiB(memoryMiB) / 1024);

const manual = 'https://www.mongodb.com/docs/manual';
/** What the server takes beside its cache and its connections. */
const baseMiB = 128;
// "each connection uses up to 1 megabyte of RAM": https://www.mongodb.com/docs/manual/administration/connection-pool-overview/
const connectionMiB = 1;

export const tuning: TuningFactory = ({ memoryMiB, connections }) => ({
  settings: [
    {
      name: 'storage.wiredTiger.engineConfig.cacheSizeGB',
      value: cacheSizeGB(memoryMiB),
      formula: `(${memoryMiB} - 1024) MiB / 2, at least 256 MiB`,
      why: 'the rule that MongoDB applies to a whole machine, applied to the limit of the container, which MongoDB does not see everywhere',
      source: `${manual}/reference/configuration-options/#mongodb-setting-storage.wiredTiger.engineConfig.cacheSizeGB`,
    },
    ...(connections === null
      ? []
      : [
          {
            name: 'net.maxIncomingConnections',
            value: String(connections),
            formula: fixed,
            why: 'what the class accepts; every service is counted against it',
            source: `${manual}/reference/configuration-options/#mongodb-setting-net.maxIncomingConnections`,
          },
        ]),
  ],
  memory: [
    { what: 'cache of WiredTiger', mebibytes: cacheSizeMiB(memoryMiB), arithmetic: `${cacheSizeMiB(memoryMiB)} MiB` },
    ...(connections === null
      ? []
      : [
          {
            what: 'connections',
            mebibytes: connections * connectionMiB,
            arithmetic: `${connections} × ${connectionMiB} MiB`,
          },
        ]),
    { what: 'the server itself', mebibytes: baseMiB, arithmetic: `${baseMiB} MiB` },
  ],
});
