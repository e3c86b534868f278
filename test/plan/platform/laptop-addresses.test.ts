// Addresses of a laptop's networks: one each, kept when others come, and no failure when there are more than fit.
import { describe, expect, it } from 'vitest';
import { planAddresses } from '../../../src/plan/platform/laptop-addresses';

const addresses = (others: readonly string[]) => planAddresses({ services: [], instances: [], others }).subnets;
const names = (count: number) => Array.from({ length: count }, (_, index) => `service-${index}`);

describe('a network', () => {
  it('has a third octet of its own', () => {
    const numbers = Object.values(addresses(names(200)));
    expect(new Set(numbers).size).toBe(200);
    expect(numbers.every((number) => Number.isInteger(number) && number >= 0 && number < 256)).toBe(true);
  });

  it('keeps it in whatever order the names come', () => {
    expect(addresses(names(40).reverse())).toEqual(addresses(names(40)));
  });

  it('keeps it when another one comes, unless both fall on the same', () => {
    const before = addresses(names(30));
    const after = addresses([...names(30), 'another']);
    const moved = Object.keys(before).filter((name) => before[name] !== after[name]);
    expect(moved.length).toBeLessThanOrEqual(1);
  });

  it('is left to the engine where there are more than there are octets', () => {
    expect(Object.keys(addresses(names(300)))).toHaveLength(256);
  });
});
