// Circles are found where they are, and nowhere else; a platform of many layers is no work.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cyclesOf } from '../../src/refuse/platform/cycles';

const calls = (text: string): Map<string, string[]> => {
  const map = new Map<string, string[]>();
  for (const [from = '', to = ''] of text.split(' ').map((pair) => pair.split('>')))
    map.set(from, [...(map.get(from) ?? []), to]);
  return map;
};

describe('cycles', () => {
  it('begin with their first name and are the shortest', () => {
    expect(cyclesOf(calls('b>c c>a a>b a>d d>e'))).toEqual([['a', 'b', 'c']]);
    expect(cyclesOf(calls('a>b b>a b>c c>b'))).toEqual([['a', 'b']]);
    expect(cyclesOf(calls('x>a a>b b>a y>z z>y'))).toEqual([
      ['a', 'b'],
      ['y', 'z'],
    ]);
  });

  it('are not found where nobody waits in a circle, however many ways there are', () => {
    const layers = Array.from({ length: 40 }, (_, layer) => ['a', 'b', 'c'].map((letter) => `${letter}${layer}`));
    const map = new Map(
      layers.flatMap((layer, index) => layer.map((name) => [name, layers[index + 1] ?? []] as const)),
    );
    expect(cyclesOf(map)).toEqual([]);
  });

  it('are found exactly when a name reaches itself', () => {
    const graph = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 14 });
    fc.assert(
      fc.property(graph, (pairs) => {
        const map = new Map<string, string[]>();
        for (const [from, to] of pairs) map.set(String(from), [...(map.get(String(from)) ?? []), String(to)]);
        const reaches = (start: string): boolean => {
          const seen = new Set<string>();
          const open = [...(map.get(start) ?? [])];
          while (open.length > 0) {
            const name = open.pop() as string;
            if (name === start) return true;
            if (seen.has(name)) continue;
            seen.add(name);
            open.push(...(map.get(name) ?? []));
          }
          return false;
        };
        const found = cyclesOf(map);
        expect(found.length > 0).toBe([...map.keys()].some(reaches));
        for (const cycle of found)
          for (const [index, name] of cycle.entries())
            expect(map.get(name)).toContain(cycle[(index + 1) % cycle.length]);
      }),
      { numRuns: 2000 },
    );
  });
});
