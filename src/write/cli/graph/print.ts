// Prints a graph in the format that was asked for.
import { type Diagnostic, isError } from '../../../diagnostics';
import type { Arguments } from '../arguments';
import type { GraphFormat } from '../commands';
import { diagnosticsText } from '../print-diagnostics';
import { type Exit, exit, paintFor, type Terminal } from '../terminal';
import { dotText } from './dot';
import type { Graph } from './graph';
import { mermaidText } from './mermaid';
import { graphText } from './text';

const formats: Readonly<Record<GraphFormat, (graph: Graph) => string>> = {
  text: graphText,
  mermaid: mermaidText,
  dot: dotText,
};

/** Null where the declaration has no valid shape: only its diagnostics are printed then. */
export function printGraph(
  graph: Graph | null,
  diagnostics: readonly Diagnostic[],
  declaration: string,
  args: Arguments,
  terminal: Terminal,
): Exit {
  if (args.json) terminal.out(`${JSON.stringify({ graph, diagnostics }, null, 2)}\n`);
  else {
    if (graph !== null) terminal.out(formats[args.format](graph));
    terminal.error(diagnosticsText(diagnostics, declaration, false, paintFor(terminal)));
  }
  return diagnostics.some(isError) ? exit.refused : exit.fine;
}
