// Whatever is declared, of all fields at once or of a few, is rendered or refused, and no text of a person changes what a file is made of.
// `PROPERTY_RUNS=9000 PROPERTY_SEED=1 npx vitest run test/property` runs more; a failure prints the smallest declaration.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generate } from '../../src/generate';
import { anyService, type Declaration } from './declarations';
import { focused } from './focused';
import { judgeAll, longest, runsOf, seed } from './rendered';

const without = (service: fc.Arbitrary<Declaration>) => service.map((each) => ({ service: each, platform: null }));

describe('a service without a platform', () => {
  const [all, few, reversals] = [runsOf(250), runsOf(1000), runsOf(100)];

  it(
    'of many fields is rendered or refused, hostile or not',
    () => expect(judgeAll(without(anyService), all)).toBeGreaterThan(all * 0.85),
    longest(all),
  );

  it(
    'of a few fields is rendered or refused, hostile or not',
    () => expect(judgeAll(without(focused(anyService)), few)).toBeGreaterThan(few * 0.85),
    longest(few),
  );

  it(
    'is judged the same whatever the order of its keys',
    () => {
      const reversed = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(reversed);
        if (typeof value !== 'object' || value === null) return value;
        return Object.fromEntries(
          Object.entries(value)
            .map(([key, each]) => [key, reversed(each)])
            .reverse(),
        );
      };
      const codes = (service: unknown): string[] =>
        generate({ service, platform: null })
          .diagnostics.map(({ code }) => code)
          .sort();
      fc.assert(
        fc.property(anyService, (declaration) => {
          expect(codes(reversed(declaration))).toEqual(codes(declaration));
        }),
        { numRuns: reversals, seed },
      );
    },
    longest(reversals),
  );
});
