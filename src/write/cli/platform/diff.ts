// `groundwork diff` on a platform: shows what generating would change.
import { existsSync } from 'node:fs';
import { type Diagnostic, isError } from '../../../diagnostics';
import { compareFiles } from '../../disk/compare';
import { projenrcOfPlatform } from '../about-platform';
import type { Arguments } from '../arguments';
import { report } from '../diff-report';
import { diagnosticsText } from '../print-diagnostics';
import { type Exit, exit, paintFor, type Terminal } from '../terminal';
import { openPlatform } from './open';
import { platformTarget } from './targets';

export async function diffPlatform(args: Arguments, terminal: Terminal): Promise<Exit> {
  const projenrc = projenrcOfPlatform(args, terminal.folder);
  if (projenrc !== null) return (await import('../diff-projen.js')).diffProjen(projenrc, args, terminal);
  const opened = await openPlatform(args, terminal);
  if (typeof opened === 'number') return opened;
  const { plan, platform, diagnostics } = opened;
  const tell = (found: readonly Diagnostic[]): void => {
    if (!args.json) terminal.error(diagnosticsText(found, platform.shown, false, paintFor(terminal)));
  };
  const refuse = (found: readonly Diagnostic[]): Exit => {
    if (args.json) terminal.out(`${JSON.stringify({ diagnostics: found, files: [] }, null, 2)}\n`);
    else tell(found);
    return exit.refused;
  };
  if (plan === null || diagnostics.some(isError)) return refuse(diagnostics);
  const { folders, marker, readLock } = platformTarget(opened, plan.identity.declaration, args, terminal);
  if (!existsSync(folders.repository)) {
    terminal.error(`groundwork: --out ${args.out}: there is no such folder\n`);
    return exit.usage;
  }
  // As if forced: a hand edit is a difference like any other.
  const { changes, refusals } = compareFiles({
    folders,
    files: opened.files,
    marker,
    lock: readLock().lock,
    force: true,
  });
  if (refusals.length > 0) return refuse([...diagnostics, ...refusals]);
  tell(diagnostics);
  return report(changes, diagnostics, 'npx groundwork generate', args, terminal);
}
