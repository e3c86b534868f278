// What an environment costs: every part adds up, more replicas are never cheaper, and each item has a price with a source.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prices } from '../../../src/catalog/prices';
import { costItems, planNodes } from '../../../src/plan/platform/cost/items';
import type { RequestRange } from '../../../src/plan/platform/cost/requests';
import { costShares, storeShare } from '../../../src/plan/platform/cost/shares';
import type { PlatformPlan } from '../../../src/plan/types/platform';

const root = path.resolve(__dirname, '../../..');
const plan = JSON.parse(readFileSync(path.join(root, 'examples/daorsagro/expected/plan.json'), 'utf8')) as PlatformPlan;

const amounts = fc.record({
  cpuMillis: fc.integer({ min: 10, max: 40_000 }),
  memoryMiB: fc.integer({ min: 16, max: 200_000 }),
});
const ranges = fc.array(
  fc.record({ low: amounts, more: amounts }).map(({ low, more }) => ({
    low,
    high: { cpuMillis: low.cpuMillis + more.cpuMillis, memoryMiB: low.memoryMiB + more.memoryMiB },
  })),
  { minLength: 1, maxLength: 8 },
);
const named = (list: readonly Omit<RequestRange, 'name'>[]): RequestRange[] =>
  list.map((range, index) => ({ ...range, name: `service-${index}` }));

describe.each(plan.clusters)('the estimate of $name', ({ cost, instances }) => {
  it('is the sum of its items', () => {
    const sum = (which: 'low' | 'high') => cost.items.reduce((total, item) => total + item[which], 0);
    expect(cost.low).toBeCloseTo(sum('low'), 1);
    expect(cost.high).toBeCloseTo(sum('high'), 1);
    expect(cost.low).toBeLessThanOrEqual(cost.high);
  });

  it('is divided among the services without a rest', () => {
    // Every service's cents are rounded, and so are those of each store that it uses.
    const cells = cost.services.reduce((count, { stores }) => count + stores.length + 2, 1);
    for (const which of ['low', 'high'] as const)
      expect(Math.abs(cost.services.reduce((sum, service) => sum + service[which], 0) - cost[which])).toBeLessThan(
        cells * 0.01,
      );
  });

  it('has every item from the table, with its page', () => {
    for (const { item, unitPrice, source } of cost.items) {
      const { usd, spot } = prices[item] ?? { usd: 0, spot: 0 };
      expect([usd, Number((usd * spot).toFixed(6))]).toContain(unitPrice);
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
    }
  });

  it('counts each managed store', () => {
    for (const { name, managed } of instances)
      if (managed !== null)
        expect(
          cost.items.some(({ instance }) => instance === name),
          name,
        ).toBe(true);
  });
});

describe('nodes', () => {
  it('carry what pods request, and one fewer does not', () => {
    fc.assert(
      fc.property(ranges, fc.boolean(), (list, gated) => {
        const each = { cpuMillis: 3920, memoryMiB: 14_848, max: 10 };
        const { high } = planNodes({ nodes: each, gated }, named(list));
        const cpu = list.reduce((sum, range) => sum + range.high.cpuMillis, 0);
        const memory = list.reduce((sum, range) => sum + range.high.memoryMiB, 0);
        expect(high * each.cpuMillis >= cpu && high * each.memoryMiB >= memory).toBe(true);
        const fewer = high - 1;
        expect(fewer * each.cpuMillis >= cpu && fewer * each.memoryMiB >= memory && fewer >= (gated ? 3 : 2)).toBe(
          false,
        );
      }),
    );
  });

  it('never cost less for another service', () => {
    fc.assert(
      fc.property(ranges, ranges, (one, other) => {
        const bill = (list: readonly RequestRange[]) =>
          costItems({ nodes: null, gated: true, instances: [], aws: null }, list).reduce(
            (sum, { high }) => sum + high,
            0,
          );
        expect(bill(named([...one, ...other]))).toBeGreaterThanOrEqual(bill(named(one)));
      }),
    );
  });
});

describe('shares', () => {
  it('of nodes add up to the whole, whatever is requested', () => {
    fc.assert(
      fc.property(ranges, (list) => {
        const services = named(list);
        const items = costItems({ nodes: null, gated: false, instances: [], aws: null }, services);
        const shares = costShares({ items, instances: [], services, stores: [] });
        const total = items.reduce((sum, { high }) => sum + high, 0);
        expect(shares.reduce((sum, { high }) => sum + high, 0)).toBeCloseTo(total, 0);
        for (const { low, high } of shares) expect(low).toBeLessThanOrEqual(high);
      }),
    );
  });

  it('of a store follow the connections, and are equal where nobody counts them', () => {
    const use = (service: string, connectionsAtPeak: number | null) =>
      ({ service, connectionsAtPeak }) as Parameters<typeof storeShare>[0][number];
    expect(storeShare([use('a', 30), use('b', 90)], 'a')).toEqual({
      part: 0.25,
      arithmetic: '30 of 120 connections at peak',
    });
    expect(storeShare([use('a', null), use('b', 90)], 'a').part).toBe(0.5);
    expect(storeShare([use('a', null)], 'a').arithmetic).toBe('nobody else uses it');
  });
});
