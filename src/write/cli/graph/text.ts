// Prints a graph for people: under each end what it needs, in columns.
import { type Graph, type GraphEdge, keyOf } from './graph';

/** A declared value may hold anything; a terminal must not obey it. */
const plain = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ');

const kinds = { service: 'service', resource: 'resource', outside: 'outside' } as const;

function remarks({ from, why, optional, environments }: GraphEdge): string {
  const isEntry = from.kind === 'outside';
  return [
    ...(isEntry ? [why] : []),
    ...(optional && !isEntry ? ['optional'] : []),
    ...(environments === null ? [] : [`only in ${environments.join(', ')}`]),
  ].join('; ');
}

export function graphText({ name, ends, edges }: Graph): string {
  const rows = edges.map((edge) => [
    keyOf(edge.from),
    plain(edge.to.name),
    kinds[edge.to.kind],
    edge.ports.join(', '),
    plain(remarks(edge)),
  ]);
  const width = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? '').length));
  const line = ([, to = '', kind = '', ports = '', remark = '']: readonly string[]): string =>
    `  → ${to.padEnd(width(1))}  ${kind.padEnd(width(2))}  ${ports.padEnd(width(3))}  ${remark}`.trimEnd();
  const groups = ends.flatMap((end) => {
    const own = rows.filter(([from]) => from === keyOf(end)).map(line);
    if (own.length > 0) return [`${plain(end.name)}\n${own.join('\n')}\n`];
    const isNeeded = edges.some(({ to }) => keyOf(to) === keyOf(end));
    return end.kind !== 'service' || isNeeded ? [] : [`${plain(end.name)}\n`];
  });
  return groups.length === 0 ? `${plain(name)} has no services.\n` : groups.join('\n');
}
