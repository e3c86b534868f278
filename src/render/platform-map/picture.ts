// Turns a drawing into SVG: a picture of its own, or the one of a page whose boxes can be opened.
import { plainFile, renderTemplate } from '../shared/template';
import type { MapGraph } from './graph';
import { type Box, boxSize, type Drawing, type Line, layOut } from './layout';

/** About as many characters as fit into a box at their size. */
const nameLength = 22;
const noteLength = 28;

const legendHeight = 34;

const shortened = (text: string, length: number): string =>
  [...text].length <= length ? text : `${[...text].slice(0, length - 1).join('')}…`;

/** XML cannot hold control characters. */
const printable = (text: string): string => text.replace(/[\p{Cc}\ufffe\uffff]+/gu, ' ');

function boxView({ node, x, y }: Box, prefix: string): object {
  const note = printable(node.note);
  return {
    kind: node.kind,
    isCritical: node.isCritical,
    id: node.id,
    anchor: `${prefix}${node.id.replace(/[^A-Za-z0-9-]/g, '-')}`,
    spoken: note === '' ? node.name : `${node.name}, ${note}`,
    name: shortened(printable(node.name), nameLength),
    note: shortened(note, noteLength),
    x,
    y,
    ...boxSize,
    radius: node.kind === 'resource' ? 14 : 6,
    markY: y + 10,
    markHeight: boxSize.height - 20,
    textX: x + 16,
    nameY: y + 20,
    noteY: y + 36,
  };
}

const lineView = ({ path, edges, toKind, optional, hasHead }: Line): object => ({
  path,
  toKind,
  optional,
  hasHead,
  edges: edges.map(({ from, to }) => `${from}>${to}`).join(' '),
  why: printable(edges.map(({ why, port }) => `${why} (port ${port})`).join('; ')),
});

/** What the lines mean, below the drawing. */
function legendView(height: number): object[] {
  const entries = [
    { label: 'calls a service', kind: 'service', optional: false },
    { label: 'uses a resource', kind: 'resource', optional: false },
    { label: 'calls a host outside', kind: 'outside', optional: false },
    { label: 'works without it', kind: 'service', optional: true },
  ];
  return entries.map((entry, index) => {
    const x = 24 + index * 190;
    return { ...entry, path: `M${x} ${height}h34`, textX: x + 42, textY: height + 4 };
  });
}

const heads = ['service', 'resource', 'outside', 'platform'];

interface Labels {
  readonly title: string;
  readonly description: string;
}

function diagram(drawing: Drawing, prefix: string, interactive: boolean): string {
  return renderTemplate('platform-map/diagram.svg', {
    prefix,
    interactive,
    lines: drawing.lines.map(lineView),
    boxes: drawing.boxes.map((box) => boxView(box, prefix)),
  });
}

function framed(drawing: Drawing, labels: Labels, view: Readonly<Record<string, unknown>>): string {
  return renderTemplate('platform-map/architecture.svg', {
    width: drawing.width,
    height: drawing.height,
    heads,
    title: printable(labels.title),
    description: printable(labels.description),
    ...view,
  });
}

/** A file of its own, light and dark by what the reader prefers. */
export function picture(graph: MapGraph, labels: Labels): string {
  const drawing = layOut(graph);
  return framed(drawing, labels, {
    prefix: '',
    role: 'img',
    height: drawing.height + legendHeight,
    hasPaper: true,
    style: { verbatim: plainFile('platform-map/diagram.css') },
    diagram: { verbatim: diagram(drawing, '', false) },
    legend: legendView(drawing.height + 6),
  });
}

/** Part of a page, whose style it takes; every box is a button. */
export function pageDrawing(graph: MapGraph, labels: Labels, prefix: string): string {
  const drawing = layOut(graph);
  return framed(drawing, labels, {
    prefix,
    role: 'group',
    hasPaper: false,
    style: null,
    diagram: { verbatim: diagram(drawing, prefix, true) },
    legend: [],
  });
}
