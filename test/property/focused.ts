// Smaller declarations of the same fields: a few of them at a time, so that many can be rendered and read.
import fc from 'fast-check';
import type { Declaration } from './declarations';

/** Fields without which a declaration would be refused, or would mean something else. */
const always = ['name', 'owner', 'http', 'workers', 'runtime'];

/** The entries whose turn it is: `turns` says yes or no for each in order. */
const kept = (value: unknown, turns: readonly boolean[], stays: readonly string[]): Declaration =>
  Object.fromEntries(
    Object.entries(value as Declaration).filter(([key], index) => stays.includes(key) || turns[index % turns.length]),
  );

function focus(declaration: Declaration, fields: readonly boolean[], needs: readonly boolean[]): Declaration {
  const { runtime, ...rest } = kept(declaration, fields, always);
  const staysOf = declaration.http === undefined ? ['workers', 'needs'] : [];
  const kafka = declaration.http === undefined ? ['kafka'] : [];
  return {
    ...rest,
    ...kept(declaration, [false], staysOf),
    ...(runtime === undefined ? {} : { runtime }),
    ...(rest.needs === undefined ? {} : { needs: kept(rest.needs, needs, kafka) }),
  };
}

/** One in three fields of a declaration, one in four of its needs. */
export const focused = (service: fc.Arbitrary<Declaration>): fc.Arbitrary<Declaration> => {
  const turns = (oneIn: number): fc.Arbitrary<boolean[]> =>
    fc.array(
      fc.nat({ max: oneIn - 1 }).map((turn) => turn === 0),
      { minLength: 11, maxLength: 11 },
    );
  return fc.tuple(service, turns(3), turns(4)).map(([declaration, fields, needs]) => focus(declaration, fields, needs));
};
