// Prints a graph in the language of Graphviz: https://graphviz.org/doc/info/lang.html
import { type Graph, type GraphEdge, type GraphEnd, keyOf } from './graph';

/** In a quoted string `\"` is the only escape; in labels a backslash begins others, so it is doubled. */
const quoted = (text: string): string =>
  `"${text
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')}"`;

const shapes = { service: 'box', resource: 'cylinder', outside: 'oval' } as const;

const nodeText = (end: GraphEnd): string =>
  `  ${quoted(keyOf(end))} [label=${quoted(end.name)}, shape=${shapes[end.kind]}];\n`;

function label({ ports, environments, from, why }: GraphEdge): string {
  const parts = [
    from.kind === 'outside' ? why : ports.join(', '),
    ...(environments === null ? [] : [`only in ${environments.join(', ')}`]),
  ];
  return parts.filter((part) => part !== '').join(' - ');
}

function edgeText(edge: GraphEdge): string {
  const style = edge.optional ? ', style=dashed' : '';
  return `  ${quoted(keyOf(edge.from))} -> ${quoted(keyOf(edge.to))} [label=${quoted(label(edge))}${style}];\n`;
}

export function dotText({ name, ends, edges }: Graph): string {
  return `digraph ${quoted(name)} {\n  rankdir=LR;\n${ends.map(nodeText).join('')}${edges.map(edgeText).join('')}}\n`;
}
