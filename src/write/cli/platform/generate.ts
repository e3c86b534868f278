// `groundwork generate` on a platform: writes everything of all services and of the platform, or nothing.
import { mkdirSync } from 'node:fs';
import { isError } from '../../../diagnostics';
import { lockNotReadable } from '../../disk/refusals';
import { writeService } from '../../disk/write-service';
import { projenrcOfPlatform } from '../about-platform';
import type { Arguments } from '../arguments';
import { reportWritten } from '../generate';
import { type Exit, exit, type Terminal } from '../terminal';
import { openPlatform } from './open';
import { platformTarget } from './targets';

export async function generatePlatformFiles(args: Arguments, terminal: Terminal): Promise<Exit> {
  if (args.out === null && projenrcOfPlatform(args, terminal.folder) !== null) {
    terminal.error('groundwork: projen makes the files here: run `npx projen`\n');
    return exit.usage;
  }
  const opened = await openPlatform(args, terminal);
  if (typeof opened === 'number') return opened;
  const { plan, diagnostics, platform } = opened;
  if (plan === null || diagnostics.some(isError)) return reportWritten(diagnostics, [], platform.shown, args, terminal);
  const { folders, marker, readLock } = platformTarget(opened, plan.identity.declaration, args, terminal);
  if (args.out !== null) mkdirSync(folders.repository, { recursive: true });
  const { lock, unreadable } = readLock();
  if (unreadable.length > 0)
    return reportWritten([...diagnostics, ...unreadable.map(lockNotReadable)], [], platform.shown, args, terminal);
  const { changes, refusals } = writeService({ folders, files: opened.files, marker, force: args.force, lock });
  return reportWritten([...diagnostics, ...refusals], changes, platform.shown, args, terminal);
}
