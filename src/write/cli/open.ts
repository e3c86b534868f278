// Opens the declaration that a command is about: finds the files, evaluates them, or says what is missing.
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Evaluated, evaluate, evaluateWithin } from '../declared/evaluate';
import { findPlatform, findService } from '../declared/find';
import { platformAbove } from '../declared/platform-above';
import { lockPath } from '../disk/lock';
import type { Arguments } from './arguments';
import { type Exit, exit, type Terminal } from './terminal';

/** As a person in `folder` would write it. */
export const shownPath = (folder: string, file: string): string => (relative(folder, file) || '.').split(sep).join('/');

const projenFiles = ['.projenrc.ts', '.projenrc.js', '.projenrc.mjs', '.projenrc.cjs'];

/** The file that projen runs; null in a repository that it does not manage. */
export const projenrcOf = (folder: string): string | null =>
  projenFiles.find((name) => existsSync(join(folder, name))) ?? null;

/**
 * The file that projen runs, absolute, where it is projen that makes this service's files; null where the command makes
 * them, from a service.yaml.
 */
export function ownedByProjen({ file }: Arguments, folder: string): string | null {
  const name = projenrcOf(folder);
  if (file !== null || name === null || existsSync(join(folder, lockPath))) return null;
  const projenrc = join(folder, name);
  const isOurs = findService(folder, null) === null || readFileSync(projenrc, 'utf8').includes('groundwork');
  return isOurs ? projenrc : null;
}

function missingService({ file }: Arguments): string {
  if (file !== null) return `--file ${file}: there is no such file`;
  return 'there is no service.yaml or platform.yaml here. Run `npx groundwork init` to write one, or name it: --file FILE';
}

async function evaluated(args: Arguments, folder: string): Promise<Evaluated | string> {
  const file = findService(folder, args.file);
  const projenrc = file === null ? ownedByProjen(args, folder) : null;
  if (projenrc !== null) return (await import('./collect-projen.js')).evaluateProjenrc(projenrc);
  if (file === null) return missingService(args);
  const platform = findPlatform(folder, args.platform, file);
  if (platform === 'missing') return `--platform ${args.platform}: there is no such file or module`;
  const service = { file, shown: shownPath(folder, file) };
  if (platform !== null) return evaluate(service, { file: platform, shown: shownPath(folder, platform) });
  const above = await platformAbove(file, (found) => shownPath(folder, found));
  return above === null ? evaluate(service, null) : evaluateWithin(service, above);
}

/** The evaluated declaration, or the exit code when there is none. */
export async function open(args: Arguments, terminal: Terminal): Promise<Evaluated | Exit> {
  const { folder } = terminal;
  const usage = (text: string): Exit => {
    terminal.error(`groundwork: ${text}\n`);
    return exit.usage;
  };
  const opened = await evaluated(args, folder);
  if (typeof opened === 'string') return usage(opened);
  const names = opened.plan?.environments.map(({ name }) => name) ?? [];
  if (args.environment !== null && opened.plan !== null && !names.includes(args.environment)) {
    return usage(`--environment ${args.environment}: there is no such environment (there are: ${names.join(', ')})`);
  }
  return opened;
}
