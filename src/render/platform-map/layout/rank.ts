// Gives each box its column: one more than the last of its callers; what is no service stands at the right.
import type { MapEdge, MapNode } from '../graph';

/** Column of each box, from 0. A line that closes a circle counts for nothing. */
export function ranksOf(nodes: readonly MapNode[], edges: readonly MapEdge[]): ReadonlyMap<string, number> {
  const callers = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const known = callers.get(to);
    if (known === undefined) callers.set(to, [from]);
    else known.push(from);
  }
  const inside = nodes.filter(({ kind }) => kind === 'service' || kind === 'platform');
  // Whom nobody calls stands with those that are called first, not beside the way in.
  const first = inside.some(({ kind }) => kind === 'platform') ? 1 : 0;
  const least = new Map(inside.map(({ id, kind }) => [id, kind === 'service' ? first : 0]));
  const ranks = new Map<string, number>();
  const open = new Set<string>();
  const rank = (id: string): number => {
    const known = ranks.get(id);
    if (known !== undefined) return known;
    if (open.has(id)) return -1;
    open.add(id);
    const found = Math.max(least.get(id) ?? 0, ...(callers.get(id) ?? []).map((caller) => rank(caller) + 1));
    open.delete(id);
    ranks.set(id, found);
    return found;
  };
  const last = Math.max(-1, ...inside.map(({ id }) => rank(id))) + 1;
  for (const { id, kind } of nodes) if (kind === 'resource' || kind === 'outside') ranks.set(id, last);
  return ranks;
}
