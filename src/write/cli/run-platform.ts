// Runs a command in the folder of a platform: for each of its services, and for none when one is refused.
import { join } from 'node:path';
import { loadYaml } from '../declared/load';
import { platformServices } from '../declared/platform-services';
import type { Arguments } from './arguments';
import { type Exit, exit, type Terminal } from './terminal';

/** Runs one command for one service. */
export type Runner = (args: Arguments, terminal: Terminal) => Promise<Exit>;

const worst = (codes: readonly Exit[]): Exit => codes.reduce((a, b) => (a > b ? a : b), exit.fine);

/** The texts of several runs as one: JSON documents become one document, by declaration. */
async function runEach(files: readonly string[], args: Arguments, terminal: Terminal, run: Runner): Promise<Exit> {
  const codes: Exit[] = [];
  const documents: Record<string, unknown> = {};
  for (const file of files) {
    let printed = '';
    const collecting: Terminal = {
      ...terminal,
      out: (text) => {
        printed += text;
      },
    };
    codes.push(await run({ ...args, file }, args.json ? collecting : terminal));
    if (printed !== '') documents[file.replaceAll('\\', '/')] = JSON.parse(printed);
  }
  if (args.json) terminal.out(`${JSON.stringify({ services: documents }, null, 2)}\n`);
  return worst(codes);
}

export async function runPlatform(
  platformFile: string,
  args: Arguments,
  terminal: Terminal,
  run: Runner,
  check: Runner,
): Promise<Exit> {
  const { value } = loadYaml(join(terminal.folder, platformFile), platformFile);
  const files = platformServices(terminal.folder, value);
  const usage = (text: string): Exit => {
    terminal.error(`groundwork: ${text}\n`);
    return exit.usage;
  };
  if (files.length === 0)
    return usage(`there is no service.yaml here, nor in a folder that ${platformFile} names under services`);
  if (args.out !== null) return usage('--out needs --file: the services of a platform cannot share one folder');
  const named: Arguments = { ...args, platform: args.platform ?? platformFile };
  if (args.command === 'generate') {
    // A refused service must not leave its neighbours written and itself not.
    const silent: Terminal = { ...terminal, out: () => {} };
    const checked = await runEach(files, { ...named, json: false }, silent, check);
    if (checked !== exit.fine) return checked;
  }
  return runEach(files, named, terminal, run);
}
