// `groundwork generate`: writes everything that the declaration says, or nothing.
import { mkdirSync } from 'node:fs';
import { type Diagnostic, isError } from '../../diagnostics';
import { type MadeAbove, madeAbove } from '../disk/adopt-locks';
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

/** Tells what was written, or why nothing was. */
export function reportWritten(
  diagnostics: readonly Diagnostic[],
  changes: readonly Change[],
  declaration: string,
  args: Arguments,
  terminal: Terminal,
): Exit {
  const isRefused = diagnostics.some(isError);
  if (args.json) {
    const made = isRefused ? [] : changes.map(({ kind, file }) => ({ kind, path: shownPath(terminal.folder, file) }));
    terminal.out(`${JSON.stringify({ diagnostics, files: made }, null, 2)}\n`);
  } else {
    terminal.error(diagnosticsText(diagnostics, declaration, true, paintFor(terminal)));
    if (!isRefused) terminal.out(changesText(changes, terminal.folder));
  }
  return isRefused ? exit.refused : exit.fine;
}

function aboveText({ folder, by }: MadeAbove, here: string): string {
  const where = shownPath(here, folder);
  return by === 'projen'
    ? `projen makes the files here: run \`npx projen\` in ${where}`
    : `the platform makes the files here: run it in ${where}`;
}

export async function generateFiles(args: Arguments, terminal: Terminal): Promise<Exit> {
  const managed = args.out === null ? ownedByProjen(args, terminal.folder) : null;
  if (managed !== null) {
    terminal.error(`groundwork: projen makes the files here: run \`npx projen\`\n`);
    return exit.usage;
  }
  const opened = await open(args, terminal);
  if (typeof opened === 'number') return opened;
  const { service, plan, diagnostics } = opened;
  if (plan === null || diagnostics.some(isError)) return reportWritten(diagnostics, [], service.shown, args, terminal);
  const folders = foldersOf(opened, args, terminal);
  const above = args.out === null ? madeAbove(opened.folder) : null;
  if (typeof folders === 'string' || above !== null) {
    const text = above === null ? folders : aboveText(above, terminal.folder);
    terminal.error(`groundwork: ${text}\n`);
    return exit.usage;
  }
  if (args.out !== null) mkdirSync(folders.service, { recursive: true });
  const marker = commandMarker(plan.identity.declaration);
  const { changes, refusals } = writeService({ folders, files: opened.files, marker, force: args.force });
  return reportWritten([...diagnostics, ...refusals], changes, service.shown, args, terminal);
}
