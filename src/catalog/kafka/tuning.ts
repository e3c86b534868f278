// Turns the memory of a Kafka broker into the size of its heap.

/**
 * Half of the memory: the rest serves the page cache, which reads and writes of the log go through.
 * https://kafka.apache.org/documentation/#os (a broker works from the page cache, not from its heap)
 */
export const heapMiB = (memoryMiB: number): number => Math.floor(memoryMiB / 2);
