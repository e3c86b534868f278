// Turns boxes and lines into a Mermaid flowchart, the services grouped by owner.
import { mermaid } from '../shared/escape/mermaid';
import type { MapGraph, MapNode } from './graph';

const shapes: Readonly<Record<MapNode['kind'], readonly [string, string]>> = {
  service: ['["', '"]'],
  resource: ['[("', '")]'],
  outside: ['>"', '"]'],
  platform: ['{{"', '"}}'],
};

/** A line for each box and each line, in the words of https://mermaid.js.org/syntax/flowchart.html */
export function flowchart({ nodes, edges }: MapGraph): string[] {
  // Names of Mermaid's own, so that no name of a service can be one of its words.
  const idOf = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const box = ({ id, kind, name, note }: MapNode): string => {
    const [left, right] = shapes[kind];
    const second = kind === 'resource' && note !== '' ? `<br/>${mermaid(note)}` : '';
    return `${idOf.get(id)}${left}${mermaid(name)}${second}${right}`;
  };
  const group = (title: string, members: readonly MapNode[], index: number): string[] =>
    members.length === 0
      ? []
      : [`subgraph g${index}["${mermaid(title)}"]`, ...members.map((node) => `  ${box(node)}`), 'end'];
  const services = nodes.filter(({ kind }) => kind === 'service');
  const owners = [...new Set(services.map(({ note }) => note))].sort();
  const of = (kind: MapNode['kind']): MapNode[] => nodes.filter((node) => node.kind === kind);
  return [
    'flowchart LR',
    ...of('platform').map(box),
    ...owners.flatMap((owner, index) =>
      group(
        owner,
        services.filter(({ note }) => note === owner),
        index,
      ),
    ),
    ...group('resources', of('resource'), owners.length),
    ...group('outside', of('outside'), owners.length + 1),
    ...edges.map(({ from, to, optional }) => `${idOf.get(from)} ${optional ? '-.->' : '-->'} ${idOf.get(to)}`),
  ];
}
