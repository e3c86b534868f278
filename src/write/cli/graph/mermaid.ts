// Prints a graph as a Mermaid flowchart: https://mermaid.js.org/syntax/flowchart.html
import { type Graph, type GraphEdge, type GraphEnd, keyOf } from './graph';

/** Everything that Mermaid could read as syntax becomes a character code, which it shows as the character. */
const quoted = (text: string): string =>
  `"${text.replaceAll(/[^A-Za-z0-9 .,_:/-]/gu, (character) => `#${character.codePointAt(0)};`)}"`;

function nodeText(id: string, { kind, name }: GraphEnd): string {
  const text = quoted(name);
  if (kind === 'service') return `${id}[${text}]`;
  return kind === 'resource' ? `${id}[(${text})]` : `${id}([${text}])`;
}

function label({ ports, environments, from, why }: GraphEdge): string {
  const parts = [
    from.kind === 'outside' ? why.replace(/^public at https:\/\//, '') : ports.join(', '),
    ...(environments === null ? [] : [`only in ${environments.join(', ')}`]),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `|${quoted(parts.join(' - '))}|`;
}

export function mermaidText({ ends, edges }: Graph): string {
  const ids = new Map(ends.map((end, index) => [keyOf(end), `n${index}`]));
  const nodes = ends.map((end) => `  ${nodeText(ids.get(keyOf(end)) ?? '', end)}\n`);
  const arrows = edges.map((edge) => {
    const arrow = edge.optional ? '-.->' : '-->';
    return `  ${ids.get(keyOf(edge.from))} ${arrow}${label(edge)} ${ids.get(keyOf(edge.to))}\n`;
  });
  return `flowchart LR\n${nodes.join('')}${arrows.join('')}`;
}
