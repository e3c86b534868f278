// Chooses the machine class that carries a demand: the cheapest one that is large enough, with the arithmetic in words.
import type { InstanceType } from './prices/instance-types';

export interface Demand {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  /** Null where connections take no part. */
  readonly connections: number | null;
  /** Whether a class may run out of speed: not where customers wait. */
  readonly allowsBurstable: boolean;
}

export interface SizingRules {
  /** Part of the memory that the server itself has; the rest is the system's. */
  readonly usable: number;
  /** Where `usable` is from. */
  readonly source: string;
  /** Connections that a class accepts, from its memory in MiB; null = no limit. */
  readonly connections: ((memoryMiB: number) => number) | null;
}

export interface Sized {
  readonly type: InstanceType;
  readonly why: string;
}

const gibibytes = (mebibytes: number): string => `${Number((mebibytes / 1024).toFixed(2))} GiB`;

const accepts = (rules: SizingRules, type: InstanceType): number | null =>
  rules.connections === null ? null : rules.connections(type.memoryMiB);

const carries = (type: InstanceType, demand: Demand, rules: SizingRules): boolean => {
  const most = accepts(rules, type);
  return (
    type.vcpus * 1000 >= demand.cpuMillis &&
    type.memoryMiB * rules.usable >= demand.memoryMiB &&
    (demand.connections === null || most === null || most >= demand.connections) &&
    (demand.allowsBurstable || !type.burstable)
  );
};

/** The cheapest class that carries the demand; the largest where none does, and `why` says so. More demand never gives a cheaper class. */
export function chooseType(types: readonly InstanceType[], demand: Demand, rules: SizingRules): Sized {
  const byPrice = [...types].sort((a, b) => a.usdPerHour - b.usdPerHour);
  const found = byPrice.find((type) => carries(type, demand, rules));
  const type = found ?? byPrice.at(-1);
  if (type === undefined) throw new Error('BUG: a service without classes');
  const most = accepts(rules, type);
  const connections =
    demand.connections === null || most === null
      ? ''
      : `, and accepts ${most} connections for the ${demand.connections} that are counted on`;
  const needs = `needs ${demand.cpuMillis / 1000} cores and ${gibibytes(demand.memoryMiB)}`;
  const has = `${type.vcpus} cores, ${gibibytes(type.memoryMiB)} of which the server has ${gibibytes(type.memoryMiB * rules.usable)}${connections}`;
  const speed = demand.allowsBurstable ? '' : ', at full speed all the time, since the environment is gated';
  return {
    type,
    why:
      found === undefined
        ? `${needs}${speed}: no class carries that; the largest one, ${type.name}, has ${has}`
        : `${needs}${speed} → ${type.name}, the cheapest that has both: ${has}`,
  };
}
