// Turns boxes and lines into a drawing in columns: callers left of what they call, long lines between the boxes, the longest behind them.
import type { MapEdge, MapGraph, MapNode } from '../graph';
import { ordered } from './order';
import { placed } from './place';
import { ranksOf } from './rank';

export const boxSize = { width: 216, height: 46 } as const;
const columnGap = 104;
const margin = 24;

/** A box, or the point where a long line passes a column. */
export interface Cell {
  readonly id: string;
  readonly column: number;
  readonly height: number;
}

/** Part of one or several lines, from a cell to one of the next column. */
export interface Segment {
  readonly from: string;
  readonly to: string;
  readonly edges: readonly MapEdge[];
}

export interface Box {
  readonly node: MapNode;
  readonly x: number;
  readonly y: number;
}

export interface Line {
  /** Data of an SVG path. */
  readonly path: string;
  readonly edges: readonly MapEdge[];
  readonly toKind: MapNode['kind'];
  /** Whether every edge of it can fail without harm. */
  readonly optional: boolean;
  readonly hasHead: boolean;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

const passage = (target: string, column: number): string => `${target}@${column}`;

/** Columns. Nobody's eye follows a longer line, and passages in each column of a long chain would grow with its square. */
const longestPassing = 16;

/** Lines to the same box share their way: fewer of them, and each still leads to one box only. */
function segmentsOf(edges: readonly MapEdge[], ranks: ReadonlyMap<string, number>) {
  const cells = new Map<string, Cell>();
  const segments = new Map<string, { from: string; to: string; edges: MapEdge[] }>();
  for (const edge of edges) {
    const end = ranks.get(edge.to) ?? 0;
    let at = edge.from;
    const start = ranks.get(edge.from) ?? 0;
    const stops: string[] = [];
    for (let column = start + 1; column < end && end - start <= longestPassing; column++) {
      const id = passage(edge.to, column);
      cells.set(id, { id, column, height: 4 });
      stops.push(id);
    }
    for (const to of [...stops, edge.to]) {
      const key = `${at} ${to}`;
      const segment = segments.get(key) ?? { from: at, to, edges: [] };
      segment.edges.push(edge);
      segments.set(key, segment);
      at = to;
    }
  }
  return { passages: [...cells.values()], segments: [...segments.values()] };
}

export function layOut({ nodes, edges }: MapGraph): Drawing {
  const ranks = ranksOf(nodes, edges);
  const { passages, segments } = segmentsOf(edges, ranks);
  const cells: Cell[] = [
    ...nodes.map(({ id }) => ({ id, column: ranks.get(id) ?? 0, height: boxSize.height })),
    ...passages,
  ];
  const columns = ordered(cells, segments);
  const middles = placed(columns, segments);
  const columnOf = new Map(cells.map(({ id, column }) => [id, column]));
  const left = (id: string): number => margin + (columnOf.get(id) ?? 0) * (boxSize.width + columnGap);
  const top = Math.min(...nodes.map(({ id }) => middles.get(id) ?? 0), 0) - boxSize.height / 2 - margin;
  const middle = (id: string): number => Math.round((middles.get(id) ?? 0) - top);
  const passing = new Set(passages.map(({ id }) => id));
  const bottom = Math.max(0, ...cells.map(({ id, height }) => middle(id) + height / 2));
  return {
    width: margin * 2 + columns.length * (boxSize.width + columnGap) - columnGap,
    height: Math.ceil(bottom + margin),
    boxes: nodes.map((node) => ({ node, x: left(node.id), y: middle(node.id) - boxSize.height / 2 })),
    lines: segments.map((segment) => ({
      path: pathOf(segment, left, middle, passing),
      edges: segment.edges,
      toKind: segment.edges[0]?.toKind ?? 'service',
      optional: segment.edges.every(({ optional }) => optional),
      hasHead: !passing.has(segment.to),
    })),
  };
}

/** Leaves a cell to the right and arrives at the next one from the left; a passage is crossed straight by the line that leaves it. */
function pathOf(
  { from, to }: Segment,
  left: (id: string) => number,
  middle: (id: string) => number,
  passing: ReadonlySet<string>,
): string {
  const start = left(from) + boxSize.width;
  const end = left(to);
  const bend = columnGap / 2;
  const crossing = passing.has(from) ? `M${left(from)} ${middle(from)}H${start}` : `M${start} ${middle(from)}`;
  return `${crossing}C${start + bend} ${middle(from)} ${end - bend} ${middle(to)} ${end} ${middle(to)}`;
}
