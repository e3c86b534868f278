// Orders the cells of each column so that few lines cross: each moves to the middle of its neighbours, to and fro.
import type { Cell, Segment } from './index';

/** To and fro; more changes nothing that anybody sees. */
const sweeps = 8;

/** Neighbours of each cell on one side. */
export function neighboursOf(segments: readonly Segment[], side: 'before' | 'after'): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { from, to } of segments) {
    const [cell, neighbour] = side === 'before' ? [to, from] : [from, to];
    const known = found.get(cell);
    if (known === undefined) found.set(cell, [neighbour]);
    else known.push(neighbour);
  }
  return found;
}

export function ordered(cells: readonly Cell[], segments: readonly Segment[]): Cell[][] {
  const last = Math.max(-1, ...cells.map(({ column }) => column));
  const columns = Array.from({ length: last + 1 }, (): Cell[] => []);
  for (const cell of cells) columns[cell.column]?.push(cell);
  const before = neighboursOf(segments, 'before');
  const after = neighboursOf(segments, 'after');
  const place = new Map<string, number>();
  const note = (column: readonly Cell[]): void => {
    // Shares of the column, so that a short one and a long one compare.
    for (const [index, { id }] of column.entries()) place.set(id, (index + 0.5) / column.length);
  };
  columns.forEach(note);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const forth = sweep % 2 === 0;
    for (const column of forth ? columns : [...columns].reverse()) {
      const wish = new Map(
        column.map(({ id }) => [id, mean((forth ? before : after).get(id), place) ?? place.get(id) ?? 0]),
      );
      column.sort((a, b) => (wish.get(a.id) ?? 0) - (wish.get(b.id) ?? 0));
      note(column);
    }
  }
  return columns;
}

/** Mean of what is known of the neighbours; null without any. */
export function mean(neighbours: readonly string[] | undefined, values: ReadonlyMap<string, number>): number | null {
  const known = (neighbours ?? []).flatMap((id) => values.get(id) ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
