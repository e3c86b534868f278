// Spells an amount as a Kubernetes quantity, in the form in which the API server gives it back.
import type { ResourceAmounts } from '../../../plan/types';

/** `500m`, `2`. */
export function cpu(millis: number): string {
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}

/** `512Mi`, `2Gi`. */
export function mebibytes(amount: number): string {
  return amount !== 0 && amount % 1024 === 0 ? `${amount / 1024}Gi` : `${amount}Mi`;
}

/** `10Mi`, `1500Ki`, `1000`. */
export function bytes(amount: number): string {
  if (amount === 0 || amount % 1024 !== 0) return String(amount);
  return amount % 1024 ** 2 === 0 ? mebibytes(amount / 1024 ** 2) : `${amount / 1024}Ki`;
}

/** Requests or limits of a container. */
export function amounts(resources: ResourceAmounts): Readonly<Record<string, string>> {
  return {
    cpu: cpu(resources.cpuMillis),
    memory: mebibytes(resources.memoryMiB),
    'ephemeral-storage': mebibytes(resources.ephemeralStorageMiB),
  };
}
