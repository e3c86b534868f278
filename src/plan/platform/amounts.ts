// Amounts of a container that writes nothing to disk.
export const amounts = (cpuMillis: number, memoryMiB: number) => ({ cpuMillis, memoryMiB, ephemeralStorageMiB: 0 });
