// Counts changes by their kind, as text.
import type { Change, ChangeKind } from '../disk/compare';

const order: readonly ChangeKind[] = ['created', 'changed', 'removed', 'kept', 'unchanged'];

/** `2 created, 1 changed, 12 unchanged`. */
export function countsText(changes: readonly Pick<Change, 'kind'>[]): string {
  const counts = order.map((kind) => [kind, changes.filter((change) => change.kind === kind).length] as const);
  const parts = counts.filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${kind}`);
  return parts.length === 0 ? 'no files' : parts.join(', ');
}
