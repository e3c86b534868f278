// Decides the addresses of a laptop's networks: the engine has about thirty to give, and a platform has more networks than that.
import type { LaptopAddressesPlan } from '../types/platform';

/**
 * 64 addresses each, of which an engine takes three: the two ends of an edge, every worker and job of the caller among them.
 * The last four third octets are kept for the two networks that many containers are on.
 */
const perOctet = 4;
const slots = 252 * perOctet;
const size = 256 / perOctet;

/** Ways out and in, by name. */
const doors = { outside: '252.0/23', published: '254.0/24' } as const;

/** FNV-1a: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}

const addressesIn = (slot: number): string =>
  `${Math.floor(slot / perOctet)}.${(slot % perOctet) * size}/${32 - Math.log2(size)}`;

/**
 * A network keeps its addresses when another one comes or goes, unless both fall on the same: compose cannot change the
 * addresses of a network that containers are on. Names beyond the last slot get none, and the engine chooses.
 */
function subnets(names: readonly string[]): Record<string, string> {
  const taken = new Map<number, string>();
  for (const name of [...names].sort().slice(0, slots)) {
    let slot = hash(name) % slots;
    while (taken.has(slot)) slot = (slot + 1) % slots;
    taken.set(slot, name);
  }
  return Object.fromEntries(
    [...taken].map(([slot, name]) => [name, addressesIn(slot)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** `names` are those of the networks between two ends. */
export const planAddresses = (names: readonly string[]): LaptopAddressesPlan => ({
  // Inside of 10.0.0.0/8, of which the engine takes nothing by itself: https://docs.docker.com/engine/network/#subnet-allocation
  prefix: '10.201',
  variable: 'GROUNDWORK_NETWORK',
  subnets: { ...subnets([...new Set(names)]), ...doors },
});
