// Turns the memory of an Elasticsearch node into the size of its heap.

/**
 * Half of the memory, at most 31 GiB, beyond which pointers are no longer compressed:
 * https://www.elastic.co/docs/reference/elasticsearch/jvm-settings
 */
export const heapMiB = (memoryMiB: number): number => Math.min(31 * 1024, Math.floor(memoryMiB / 2));
