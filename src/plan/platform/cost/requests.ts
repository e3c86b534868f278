// Sums what pods request at the least and at the most replicas: what nodes are counted and shared by.
import { kinds } from '../../../catalog';
import type { BackingInstancePlan } from '../../types/platform';
import type { ServiceThere } from '../input';

export interface Requested {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}

export interface RequestRange {
  readonly name: string;
  readonly low: Requested;
  readonly high: Requested;
}

const nothing: Requested = { cpuMillis: 0, memoryMiB: 0 };

const plus = (one: Requested, other: Requested): Requested => ({
  cpuMillis: one.cpuMillis + other.cpuMillis,
  memoryMiB: one.memoryMiB + other.memoryMiB,
});

const times = (count: number, { cpuMillis, memoryMiB }: Requested): Requested => ({
  cpuMillis: count * cpuMillis,
  memoryMiB: count * memoryMiB,
});

export const sumOf = (ranges: readonly RequestRange[], which: 'low' | 'high'): Requested =>
  ranges.reduce((sum, range) => plus(sum, range[which]), nothing);

export const serviceRequests = (services: readonly ServiceThere[]): RequestRange[] =>
  services.map(({ name, environment }) => {
    const at = (replicas: 'minReplicas' | 'maxReplicas'): Requested =>
      environment.workloads.reduce(
        (sum, { scale, resources }) => plus(sum, times(scale[replicas], resources.request)),
        nothing,
      );
    return { name, low: at('minReplicas'), high: at('maxReplicas') };
  });

const isHere = ({ kind, runs }: BackingInstancePlan): boolean =>
  runs === 'operator' && kinds[kind]?.reach.operator === 'pods';

/** Data stores that run on the nodes: their size does not change with the load. */
export const storeRequests = (instances: readonly BackingInstancePlan[]): RequestRange[] =>
  instances.filter(isHere).map(({ name, replicas, cpuMillis, memoryMiB }) => {
    const amounts = times(replicas, { cpuMillis, memoryMiB });
    return { name, low: amounts, high: amounts };
  });

/** Disks of the data stores on the nodes, GiB, by instance. */
export const storeDisks = (
  instances: readonly BackingInstancePlan[],
): { readonly instance: string; readonly gibibytes: number; readonly arithmetic: string }[] =>
  instances.filter(isHere).flatMap(({ name, replicas, storageMiB }) => {
    if (storageMiB === null) return [];
    const each = Math.ceil(storageMiB / 1024);
    return [{ instance: name, gibibytes: replicas * each, arithmetic: `${replicas} × ${each} GiB` }];
  });

/** Part of the whole: the mean of its part of the cores and of the memory, since a node is full when either is. */
export const partOf = (own: Requested, all: Requested): number => {
  const of = (value: number, whole: number): number => (whole === 0 ? 0 : value / whole);
  return (of(own.cpuMillis, all.cpuMillis) + of(own.memoryMiB, all.memoryMiB)) / 2;
};
