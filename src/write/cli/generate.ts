// `groundwork generate`: writes everything that the declaration says, or nothing.
import { mkdirSync } from 'node:fs';
import { type Diagnostic, isError } from '../../diagnostics';
import type { Change } from '../disk/compare';
import { writeService } from '../disk/write-service';
import { commandMarker } from '../marker';
import type { Arguments } from './arguments';
import { countsText } from './counts';
import { open, ownedByProjen, shownPath } from './open';
import { diagnosticsText } from './print-diagnostics';
import { foldersOf } from './targets';
import { type Exit, exit, paintFor, type Terminal } from './terminal';

function changesText(changes: readonly Change[], folder: string): string {
  const shown = changes
    .filter(({ kind }) => kind !== 'unchanged')
    .map(({ kind, file }) => `  ${kind.padEnd(7)}  ${shownPath(folder, file)}\n`);
  return `${shown.join('')}${countsText(changes)}.\n`;
}

export async function generateFiles(args: Arguments, terminal: Terminal): Promise<Exit> {
  const managed = args.out === null ? ownedByProjen(args, terminal.folder) : null;
  if (managed !== null) {
    terminal.error(`groundwork: projen makes the files here: run \`npx projen\`\n`);
    return exit.usage;
  }
  const opened = await open(args, terminal);
  if (typeof opened === 'number') return opened;
  const { service, plan } = opened;
  const report = (diagnostics: readonly Diagnostic[], changes: readonly Change[]): Exit => {
    const isRefused = diagnostics.some(isError);
    if (args.json) {
      const made = isRefused ? [] : changes.map(({ kind, file }) => ({ kind, path: shownPath(terminal.folder, file) }));
      terminal.out(`${JSON.stringify({ diagnostics, files: made }, null, 2)}\n`);
      return isRefused ? exit.refused : exit.fine;
    }
    terminal.error(diagnosticsText(diagnostics, service.shown, true, paintFor(terminal)));
    if (!isRefused) terminal.out(changesText(changes, terminal.folder));
    return isRefused ? exit.refused : exit.fine;
  };
  if (plan === null || opened.diagnostics.some(isError)) return report(opened.diagnostics, []);
  const folders = foldersOf(opened, args, terminal);
  if (typeof folders === 'string') {
    terminal.error(`groundwork: ${folders}\n`);
    return exit.usage;
  }
  if (args.out !== null) mkdirSync(folders.service, { recursive: true });
  const marker = commandMarker(plan.identity.declaration);
  const { changes, refusals } = writeService({ folders, files: opened.files, marker, force: args.force });
  return report([...opened.diagnostics, ...refusals], changes);
}
