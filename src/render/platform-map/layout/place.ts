// Gives each cell of ordered columns its height on the page: as near to its neighbours as the order and the gaps let it.
import type { Cell, Segment } from './index';
import { mean, neighboursOf } from './order';

const gap = 18;
const rounds = 10;

/** Middle of each cell. */
export function placed(
  columns: readonly (readonly Cell[])[],
  segments: readonly Segment[],
): ReadonlyMap<string, number> {
  const before = neighboursOf(segments, 'before');
  const after = neighboursOf(segments, 'after');
  const middles = new Map<string, number>();
  for (const column of columns)
    settle(
      column,
      column.map(() => 0),
      middles,
    );
  for (let round = 0; round < rounds; round++) {
    for (const column of round % 2 === 0 ? columns : [...columns].reverse()) {
      const wishes = column.map(({ id }) => {
        const both = [...(before.get(id) ?? []), ...(after.get(id) ?? [])];
        return mean(both, middles) ?? middles.get(id) ?? 0;
      });
      settle(column, wishes, middles);
    }
  }
  return middles;
}

/**
 * The places nearest to the wishes (least squares) that keep order and distances: without the distances it is isotonic
 * regression, which pooling adjacent violators solves: https://en.wikipedia.org/wiki/Isotonic_regression
 */
function settle(column: readonly Cell[], wishes: readonly number[], middles: Map<string, number>): void {
  const offsets: number[] = [];
  column.forEach((cell, index) => {
    const previous = column[index - 1];
    const distance = previous === undefined ? 0 : (previous.height + cell.height) / 2 + gap;
    offsets.push((offsets[index - 1] ?? 0) + distance);
  });
  const pools: { sum: number; count: number }[] = [];
  wishes.forEach((wish, index) => {
    let pool = { sum: wish - (offsets[index] ?? 0), count: 1 };
    for (
      let last = pools.at(-1);
      last !== undefined && last.sum / last.count > pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
      pools.pop();
    }
    pools.push(pool);
  });
  let index = 0;
  for (const { sum, count } of pools) {
    for (let member = 0; member < count; member++, index++) {
      const cell = column[index];
      if (cell !== undefined) middles.set(cell.id, sum / count + (offsets[index] ?? 0));
    }
  }
}
