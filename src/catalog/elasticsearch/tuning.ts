// Turns the memory of an Elasticsearch node into the size of its heap.
import type { TuningFactory } from '../tuned';

/**
 * Half of the memory, at most 31 GiB, beyond which pointers are no longer compressed:
 * https://www.elastic.co/docs/reference/elasticsearch/jvm-settings
 */
export const heapMiB = (memoryMiB: number): number => Math.min(31 * 1024, Math.floor(memoryMiB / 2));

// Metaspace, code and threads of the JVM.
const outsideHeapMiB = 256;

export const tuning: TuningFactory = ({ memoryMiB }) => {
  const heap = heapMiB(memoryMiB);
  const directMiB = Math.floor(heap / 2);
  const restMiB = memoryMiB - heap - directMiB - outsideHeapMiB;
  return {
    settings: [
      {
        name: '-Xms, -Xmx',
        value: `${heap}m`,
        formula: `${memoryMiB} MiB of memory / 2, at most 31 GiB`,
        why: 'equal, so that the heap never moves; beyond 31 GiB pointers are no longer compressed',
        source: 'https://www.elastic.co/docs/reference/elasticsearch/jvm-settings#set-jvm-heap-size',
      },
    ],
    memory: [
      { what: 'heap', mebibytes: heap, arithmetic: `${heap} MiB` },
      // Elasticsearch sets MaxDirectMemorySize so: https://www.elastic.co/docs/reference/elasticsearch/jvm-settings
      { what: 'buffers of the network', mebibytes: directMiB, arithmetic: `${heap} MiB / 2` },
      { what: 'the JVM beside both', mebibytes: outsideHeapMiB, arithmetic: `${outsideHeapMiB} MiB` },
      { what: 'cache of files', mebibytes: restMiB, arithmetic: 'what remains' },
    ],
  };
};
