// Runs one command: reads its words, loads what it needs and only that, and returns the exit code.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Arguments, parseArguments } from './arguments';
import { type CommandName, helpText } from './commands';
import { type Exit, exit, type Terminal } from './terminal';

async function version(): Promise<string> {
  const { packageVersion } = await import('./package-version.js');
  return `${packageVersion()}\n`;
}

export async function run(argv: readonly string[], terminal: Terminal): Promise<Exit> {
  const parsed = parseArguments(argv);
  if (typeof parsed === 'string') {
    terminal.error(`groundwork: ${parsed}\nRun \`groundwork --help\` for what there is.\n`);
    return exit.usage;
  }
  if (parsed.help) {
    terminal.out(helpText(parsed.command));
    return exit.fine;
  }
  if (parsed.version || parsed.command === null) {
    terminal.out(await version());
    return exit.fine;
  }
  const { command } = parsed;
  const platform = command === 'init' ? null : platformAlone(parsed, terminal.folder);
  if (platform === null) return dispatch(command, parsed, terminal);
  const { runPlatform } = await import('./run-platform.js');
  const runner = (name: CommandName) => (args: Arguments, to: Terminal) => dispatch(name, args, to);
  return runPlatform(platform, parsed, terminal, runner(command), runner('check'));
}

/** The platform's declaration in a folder that has no service's. */
function platformAlone({ file }: Arguments, folder: string): string | null {
  const isThere = (name: string): boolean => existsSync(join(folder, name));
  if (file !== null || ['service.yaml', 'service.yml', '.projenrc.ts', '.projenrc.js'].some(isThere)) return null;
  return ['platform.yaml', 'platform.yml'].find(isThere) ?? null;
}

/** Each command is loaded when it is asked for: `--help` must not wait for a parser of YAML. */
async function dispatch(command: CommandName, args: Arguments, terminal: Terminal): Promise<Exit> {
  switch (command) {
    case 'init':
      return (await import('./init.js')).init(args, terminal);
    case 'check':
      return (await import('./check.js')).check(args, terminal);
    case 'plan':
      return (await import('./plan.js')).plan(args, terminal);
    case 'generate':
      return (await import('./generate.js')).generateFiles(args, terminal);
    case 'diff':
      return (await import('./diff.js')).diff(args, terminal);
  }
}
