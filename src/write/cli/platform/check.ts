// `groundwork check` on a platform: tells everything that is wrong with any of its declarations, and with the code.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isError } from '../../../diagnostics';
import type { EvaluatedPlatform, PlacedDiagnostic } from '../../declared/evaluate-platform';
import type { Arguments } from '../arguments';
import { shownPath } from '../open';
import { counted, diagnosticsText } from '../print-diagnostics';
import { type Exit, exit, paintFor, type Terminal } from '../terminal';
import { openPlatform } from './open';

/** Compares each service that has the folder; null when none has it. */
async function compareSources(
  { services, declarations, folder }: EvaluatedPlatform,
  source: string,
  args: Arguments,
  terminal: Terminal,
): Promise<PlacedDiagnostic[] | null> {
  const { compareWithSource } = await import('../compare-with-source.js');
  const having = services.flatMap((service) => {
    if (service.folder === null) return [];
    const code = join(folder, service.folder, source);
    const loaded = declarations.find((one) => one.folder === service.folder)?.loaded;
    const isThere = statSync(code, { throwIfNoEntry: false })?.isDirectory() === true;
    return loaded !== undefined && isThere ? [{ plan: service.plan, loaded, code }] : [];
  });
  if (services.length > 0 && having.length === 0) return null;
  return having.flatMap(({ plan, loaded, code }) =>
    compareWithSource(plan, args.environment, loaded, code, shownPath(terminal.folder, code)).map((found) => ({
      ...found,
      declaration: loaded.shown,
    })),
  );
}

export async function checkPlatform(args: Arguments, terminal: Terminal): Promise<Exit> {
  const opened = await openPlatform(args, terminal);
  if (typeof opened === 'number') return opened;
  const { platform, services } = opened;
  const ofSources = args.source === null ? [] : await compareSources(opened, args.source, args, terminal);
  if (ofSources === null) {
    terminal.error(`groundwork: --source ${args.source}: no service's folder has one of that name\n`);
    return exit.usage;
  }
  const diagnostics = [...opened.diagnostics, ...ofSources];
  const isRefused = diagnostics.some(isError);
  if (args.json) terminal.out(`${JSON.stringify({ diagnostics }, null, 2)}\n`);
  else {
    terminal.error(diagnosticsText(diagnostics, platform.shown, false, paintFor(terminal)));
    const end = diagnostics.length > 0 ? ' that refuses them' : '';
    if (!isRefused)
      terminal.out(`${platform.shown} and ${counted(services.length, 'service')}: nothing is wrong${end}.\n`);
  }
  return isRefused ? exit.refused : exit.fine;
}
