// Opens the declaration that a command is about: finds the files, evaluates them, or says what is missing.
import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Evaluated, evaluate } from '../declared/evaluate';
import { findPlatform, findService } from '../declared/find';
import type { Arguments } from './arguments';
import { type Exit, exit, type Terminal } from './terminal';

/** As a person in `folder` would write it. */
export const shownPath = (folder: string, file: string): string => (relative(folder, file) || '.').split(sep).join('/');

const projenFiles = ['.projenrc.ts', '.projenrc.js', '.projenrc.mjs', '.projenrc.cjs'];

/** The file that projen runs; null in a repository that it does not manage. */
export const projenrcOf = (folder: string): string | null =>
  projenFiles.find((name) => existsSync(join(folder, name))) ?? null;

function missingService({ file }: Arguments, folder: string): string {
  if (file !== null) return `--file ${file}: there is no such file`;
  const projenrc = projenrcOf(folder);
  if (projenrc !== null)
    return `there is no service.yaml here: ${projenrc} declares the service. Run \`npx projen\` to generate`;
  return 'there is no service.yaml here. Run `npx groundwork init` to write one, or name it: --file FILE';
}

/** The evaluated declaration, or the exit code when there is none. */
export async function open(args: Arguments, terminal: Terminal): Promise<Evaluated | Exit> {
  const { folder } = terminal;
  const usage = (text: string): Exit => {
    terminal.error(`groundwork: ${text}\n`);
    return exit.usage;
  };
  const file = findService(folder, args.file);
  if (file === null) return usage(missingService(args, folder));
  const platform = findPlatform(folder, args.platform, file);
  if (platform === 'missing') return usage(`--platform ${args.platform}: there is no such file or module`);
  const platformFile = platform === null ? null : { file: platform, shown: shownPath(folder, platform) };
  const evaluated = await evaluate({ file, shown: shownPath(folder, file) }, platformFile);
  const names = evaluated.plan?.environments.map(({ name }) => name) ?? [];
  if (args.environment !== null && evaluated.plan !== null && !names.includes(args.environment)) {
    return usage(`--environment ${args.environment}: there is no such environment (there are: ${names.join(', ')})`);
  }
  return evaluated;
}
