// Prints diagnostics: place, severity and code, then what was found and what to do about it.
import { type Diagnostic, isError } from '../../diagnostics';
import type { Paint } from './terminal';

const noPaint: Paint = (_, text) => text;

/** A declaration written in TypeScript has no lines: its path stands for them. */
function placeText({ place, path }: Diagnostic, declaration: string): string {
  if (place !== null) return `${place.file}:${place.line}:${place.column}`;
  return path.length === 0 ? declaration : `${declaration} ${path.join('.')}`;
}

/** What is declared may be quoted in a message; a terminal must not obey it. */
const plain = (text: string): string => text.replaceAll(/(?![\n\t])\p{Cc}/gu, '\ufffd');

const indented = (text: string): string => text.trimEnd().replaceAll(/^(?=.)/gm, '  ');

function differenceText(text: string, paint: Paint): string {
  const lines = plain(text).trimEnd().split('\n');
  return lines
    .map((line) => (line.startsWith('+') ? paint('green', line) : line.startsWith('-') ? paint('red', line) : line))
    .join('\n');
}

/** `declaration` where each has one of its own: a platform's diagnostics are about several files. */
export type Printed = Diagnostic & { readonly difference?: string | null; readonly declaration?: string };

/** As design: `service.yaml:14:12  error  code`, then message and fix indented. Ends with a newline. */
export function diagnosticText(diagnostic: Printed, declaration: string, paint: Paint = noPaint): string {
  const { severity, code, message, fix, difference } = diagnostic;
  const colour = severity === 'error' ? 'red' : 'yellow';
  const head = `${paint('bold', placeText(diagnostic, diagnostic.declaration ?? declaration))}  ${paint(colour, severity)}  ${code}`;
  const body = [message, ...(fix === null ? [] : [fix])].map((text) => indented(plain(text)));
  const shown = difference === undefined || difference === null ? [] : [indented(differenceText(difference, paint))];
  return `${[head, ...body, ...shown].join('\n')}\n`;
}

export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `2 errors, 1 warning`; null when there is nothing. */
export function summary(diagnostics: readonly Diagnostic[]): string | null {
  const errors = diagnostics.filter(isError).length;
  const warnings = diagnostics.length - errors;
  const parts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

/** Everything, with a summary line; empty when there is nothing. */
export function diagnosticsText(
  diagnostics: readonly Printed[],
  declaration: string,
  nothingWritten: boolean,
  paint: Paint = noPaint,
): string {
  const counts = summary(diagnostics);
  if (counts === null) return '';
  const end = nothingWritten && diagnostics.some(isError) ? `${counts}: nothing was written.` : `${counts}.`;
  return `${diagnostics.map((diagnostic) => diagnosticText(diagnostic, declaration, paint)).join('\n')}\n${end}\n`;
}
