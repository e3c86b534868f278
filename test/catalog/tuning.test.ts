// The settings of every kind fit into the memory of each of its classes, and of any server of a plausible size.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/catalog';
import type { ResourceClass } from '../../src/catalog/kind';
import { tuning as postgres } from '../../src/catalog/postgres/tuning';
import type { Tuned } from '../../src/catalog/tuned';
import { proxyTuning } from '../../src/plan/platform/proxy-tuning';
import { heapOf, semiSpaceOf } from '../../src/plan/resources';

const tuned = Object.values(kinds).flatMap((kind) => (kind.tuning === null ? [] : [{ ...kind, tuning: kind.tuning }]));
const sumOf = ({ memory }: Tuned): number => memory.reduce((sum, { mebibytes }) => sum + mebibytes, 0);
const classes: readonly ResourceClass[] = ['small', 'medium', 'large'];

describe.each(tuned)('$kind', ({ classes: amounts, tuning }) => {
  it.each(classes)('fits into class %s', (size) => {
    const made = tuning({ ...amounts[size], uses: [{}] });
    expect(sumOf(made)).toBeGreaterThan(0);
    expect(sumOf(made)).toBeLessThanOrEqual(amounts[size].memoryMiB);
  });

  it('gives each setting once, with a formula, a reason and a page', () => {
    const { settings } = tuning({ ...amounts.medium, uses: [{}] });
    expect(new Set(settings.map(({ name }) => name)).size).toBe(settings.length);
    for (const { name, value, formula, why, source } of settings) {
      expect([name, value, formula, why].every((text) => text !== '')).toBe(true);
      expect(source).toMatch(/^https:\/\/[a-z.-]+\/[^ ]+$/);
    }
  });
});

describe('postgres', () => {
  it('fits whatever the memory, cores and connections, where each process can have 6 MiB', () => {
    fc.assert(
      fc.property(
        fc.record({
          memoryMiB: fc.integer({ min: 1024, max: 262_144 }),
          cpuMillis: fc.integer({ min: 100, max: 64_000 }),
          connections: fc.integer({ min: 10, max: 250 }),
        }),
        (sizing) => {
          // Less than that is no server for so many: shared buffers and the process itself leave nothing to sort with.
          fc.pre(sizing.memoryMiB >= 6 * (sizing.connections + Math.max(8, sizing.cpuMillis / 1000)));
          expect(sumOf(postgres(sizing))).toBeLessThanOrEqual(sizing.memoryMiB);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('gives more to a sort when there is more memory, and less when there are more connections', () => {
    const work = (memoryMiB: number, connections: number): number =>
      Number.parseInt(
        postgres({ memoryMiB, cpuMillis: 2000, connections }).settings.find(({ name }) => name === 'work_mem')?.value ??
          '',
        10,
      );
    expect(work(8192, 200)).toBeGreaterThan(work(4096, 200));
    expect(work(4096, 400)).toBeLessThan(work(4096, 200));
  });
});

describe('nginx and Node.js', () => {
  it('the proxy fits into its limit', () => {
    expect(sumOf(proxyTuning)).toBeLessThanOrEqual(256);
  });

  it('heap and young generation of a process fit into any limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 65_536 }), (limitMiB) => {
        const heapMiB = heapOf(limitMiB);
        const semiSpaceMiB = semiSpaceOf(limitMiB, heapMiB);
        expect(Number.isInteger(Math.log2(semiSpaceMiB))).toBe(true);
        expect(heapMiB + 3 * semiSpaceMiB).toBeLessThan(limitMiB);
      }),
    );
  });
});
