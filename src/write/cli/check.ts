// `groundwork check`: tells everything that is wrong with a declaration, and with the code's use of its variables.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isError } from '../../diagnostics';
import type { Arguments } from './arguments';
import { open, shownPath } from './open';
import { diagnosticsText } from './print-diagnostics';
import { type Exit, exit, paintFor, type Terminal } from './terminal';

export async function check(args: Arguments, terminal: Terminal): Promise<Exit> {
  const opened = await open(args, terminal);
  if (typeof opened === 'number') return opened;
  const { service, plan } = opened;
  const diagnostics = [...opened.diagnostics];
  if (args.source !== null) {
    const source = resolve(terminal.folder, args.source);
    if (statSync(source, { throwIfNoEntry: false })?.isDirectory() !== true) {
      terminal.error(`groundwork: --source ${args.source}: there is no such folder\n`);
      return exit.usage;
    }
    if (plan !== null) {
      const { compareWithSource } = await import('./compare-with-source.js');
      diagnostics.push(
        ...compareWithSource(plan, args.environment, service, source, shownPath(terminal.folder, source)),
      );
    }
  }
  const isRefused = diagnostics.some(isError);
  if (args.json) terminal.out(`${JSON.stringify({ diagnostics }, null, 2)}\n`);
  else {
    terminal.error(diagnosticsText(diagnostics, service.shown, false, paintFor(terminal)));
    if (!isRefused)
      terminal.out(`${service.shown}: nothing is wrong${diagnostics.length > 0 ? ' that refuses it' : ''}.\n`);
  }
  return isRefused ? exit.refused : exit.fine;
}
