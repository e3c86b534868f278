// Decides the addresses of a laptop's networks: the engine has about thirty to give, and a platform has more networks than that.
import type { LaptopAddressesPlan, LaptopServicePlan } from '../types/platform';
import type { BackingInstancePlan } from '../types/platform/instance';

/** One third octet each. */
const slots = 256;

/** FNV-1a: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}

/**
 * A network keeps its addresses when another one comes or goes, unless both fall on the same: compose cannot change the
 * addresses of a network that containers are on. Names beyond the last slot get none, and the engine chooses.
 */
function subnets(names: readonly string[]): Record<string, number> {
  const taken = new Map<number, string>();
  for (const name of [...names].sort().slice(0, slots)) {
    let slot = hash(name) % slots;
    while (taken.has(slot)) slot = (slot + 1) % slots;
    taken.set(slot, name);
  }
  return Object.fromEntries(
    [...taken].map(([slot, name]) => [name, slot]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );
}

export interface AddressInput {
  readonly services: readonly LaptopServicePlan[];
  readonly instances: readonly BackingInstancePlan[];
  /** Networks of the platform's own containers. */
  readonly others: readonly string[];
}

export function planAddresses({ services, instances, others }: AddressInput): LaptopAddressesPlan {
  const listening = services.flatMap(({ environment }) =>
    environment.workloads.filter(({ port }) => port !== null).map(({ name }) => name),
  );
  const backing = instances.flatMap(({ containers, exporter }) => [
    ...containers.filter(({ oneShot }) => !oneShot),
    ...(exporter?.container == null ? [] : [exporter.container]),
  ]);
  return {
    // Inside of 10.0.0.0/8, of which the engine takes nothing by itself: https://docs.docker.com/engine/network/#subnet-allocation
    prefix: '10.201',
    variable: 'GROUNDWORK_NETWORK',
    subnets: subnets([...new Set([...listening, ...backing.map(({ name }) => name), ...others])]),
  };
}
