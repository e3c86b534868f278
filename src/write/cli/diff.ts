// `groundwork diff`: shows what generating would change.
import { existsSync } from 'node:fs';
import { isError } from '../../diagnostics';
import { compareFiles } from '../disk/compare';
import { readLock } from '../disk/lock';
import { commandMarker } from '../marker';
import type { Arguments } from './arguments';
import { report } from './diff-report';
import { open, ownedByProjen } from './open';
import { diagnosticsText } from './print-diagnostics';
import { foldersOf } from './targets';
import { type Exit, exit, paintFor, type Terminal } from './terminal';

export async function diff(args: Arguments, terminal: Terminal): Promise<Exit> {
  const projenrc = ownedByProjen(args, terminal.folder);
  if (projenrc !== null) return (await import('./diff-projen.js')).diffProjen(projenrc, args, terminal);
  const opened = await open(args, terminal);
  if (typeof opened === 'number') return opened;
  const { plan, service, diagnostics } = opened;
  if (plan === null || diagnostics.some(isError)) {
    if (args.json) terminal.out(`${JSON.stringify({ diagnostics, files: [] }, null, 2)}\n`);
    else terminal.error(diagnosticsText(diagnostics, service.shown, false, paintFor(terminal)));
    return exit.refused;
  }
  if (!args.json) terminal.error(diagnosticsText(diagnostics, service.shown, false, paintFor(terminal)));
  const folders = foldersOf(opened, args, terminal);
  if (typeof folders === 'string' || !existsSync(folders.service)) {
    terminal.error(
      `groundwork: ${typeof folders === 'string' ? folders : `--out ${args.out}: there is no such folder`}\n`,
    );
    return exit.usage;
  }
  const marker = commandMarker(plan.identity.declaration);
  // As if forced: a hand edit is a difference like any other.
  const { changes, refusals } = compareFiles({
    folders,
    files: opened.files,
    marker,
    lock: readLock(folders.service),
    force: true,
  });
  if (refusals.length > 0) {
    if (args.json)
      terminal.out(`${JSON.stringify({ diagnostics: [...diagnostics, ...refusals], files: [] }, null, 2)}\n`);
    else terminal.error(diagnosticsText(refusals, service.shown, false, paintFor(terminal)));
    return exit.refused;
  }
  return report(changes, diagnostics, 'npx groundwork generate', args, terminal);
}
