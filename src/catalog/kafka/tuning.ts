// Turns the memory of a Kafka broker into the size of its heap.
import type { TuningFactory } from '../tuned';

/**
 * Half of the memory: the rest serves the page cache, which reads and writes of the log go through.
 * https://kafka.apache.org/documentation/#os (a broker works from the page cache, not from its heap)
 */
export const heapMiB = (memoryMiB: number): number => Math.floor(memoryMiB / 2);

// Metaspace, code and threads of the JVM, and buffers of the network: about 200 MiB in a broker at rest.
const outsideHeapMiB = 256;

export const tuning: TuningFactory = ({ memoryMiB }) => {
  const heap = heapMiB(memoryMiB);
  const restMiB = memoryMiB - heap - outsideHeapMiB;
  const source = 'https://kafka.apache.org/documentation/#java';
  return {
    settings: [
      {
        name: '-Xms, -Xmx',
        value: `${heap}m`,
        formula: `${memoryMiB} MiB of memory / 2`,
        why: 'equal, so that the heap never moves; the other half caches the files of the log',
        source,
      },
    ],
    memory: [
      { what: 'heap', mebibytes: heap, arithmetic: `${heap} MiB` },
      { what: 'the JVM beside its heap', mebibytes: outsideHeapMiB, arithmetic: `${outsideHeapMiB} MiB` },
      { what: 'cache of files', mebibytes: restMiB, arithmetic: `${memoryMiB} - ${heap} - ${outsideHeapMiB} MiB` },
    ],
  };
};
