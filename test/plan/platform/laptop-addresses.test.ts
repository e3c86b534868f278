// Addresses of a laptop's networks: some for each, kept when others come, and no failure when there are more than fit.
import { describe, expect, it } from 'vitest';
import { planAddresses } from '../../../src/plan/platform/laptop-addresses';

const doors = ['outside', 'published'];
const addresses = (between: readonly string[]) =>
  Object.fromEntries(Object.entries(planAddresses(between).subnets).filter(([name]) => !doors.includes(name)));
const names = (count: number) => Array.from({ length: count }, (_, index) => `service-${index}.postgres`);

describe('a network', () => {
  it('has 64 addresses of its own', () => {
    const all = Object.values(addresses(names(700)));
    expect(new Set(all).size).toBe(700);
    for (const text of all) {
      const [, third, fourth, bits] = /^(\d+)\.(\d+)\/(\d+)$/.exec(text) ?? [];
      expect(Number(third)).toBeLessThan(252);
      expect(Number(fourth) % 64).toBe(0);
      expect(bits).toBe('26');
    }
  });

  it('leaves the ways out and in their own', () => {
    expect(planAddresses([]).subnets).toEqual({ outside: '252.0/23', published: '254.0/24' });
  });

  it('keeps them in whatever order the names come', () => {
    expect(addresses(names(40).reverse())).toEqual(addresses(names(40)));
  });

  it('keeps them when another one comes, unless both fall on the same', () => {
    const before = addresses(names(30));
    const after = addresses([...names(30), 'another']);
    const moved = Object.keys(before).filter((name) => before[name] !== after[name]);
    expect(moved.length).toBeLessThanOrEqual(1);
  });

  it('is left to the engine where there are more than there are addresses', () => {
    expect(Object.keys(addresses(names(1200)))).toHaveLength(1008);
  });
});
