// Opens the platform that a command is about: its declaration and those of its services, evaluated.
import { type EvaluatedPlatform, evaluatePlatform } from '../../declared/evaluate-platform';
import { findPlatformAlone } from '../../declared/find';
import { projenrcOfPlatform } from '../about-platform';
import type { Arguments } from '../arguments';
import { shownPath } from '../open';
import { type Exit, exit, type Terminal } from '../terminal';

async function evaluated(args: Arguments, folder: string): Promise<EvaluatedPlatform | string> {
  if (args.platform !== null) return '--platform is for a service: the declaration here is the platform’s itself';
  const projenrc = projenrcOfPlatform(args, folder);
  if (projenrc !== null) return (await import('../collect-projen.js')).evaluateProjenrcPlatform(projenrc);
  const file = findPlatformAlone(folder, args.file);
  if (file === null) throw new Error('BUG: a command about no platform opened one');
  return evaluatePlatform({ file, shown: shownPath(folder, file) });
}

export const environmentNames = ({ plan }: Pick<EvaluatedPlatform, 'plan'>): string[] => [
  ...new Set([...(plan?.laptops ?? []), ...(plan?.clusters ?? [])].map(({ name }) => name)),
];

/** The evaluated platform, or the exit code when there is none. */
export async function openPlatform(args: Arguments, terminal: Terminal): Promise<EvaluatedPlatform | Exit> {
  const usage = (text: string): Exit => {
    terminal.error(`groundwork: ${text}\n`);
    return exit.usage;
  };
  const opened = await evaluated(args, terminal.folder);
  if (typeof opened === 'string') return usage(opened);
  const names = environmentNames(opened);
  if (args.environment !== null && opened.plan !== null && !names.includes(args.environment)) {
    return usage(`--environment ${args.environment}: there is no such environment (there are: ${names.join(', ')})`);
  }
  return opened;
}
