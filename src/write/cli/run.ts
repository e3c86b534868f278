// Runs one command: reads its words, loads what it needs and only that, and returns the exit code.
import { parseArguments } from './arguments';
import { helpText } from './commands';
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
  // Each command is loaded when it is asked for: `--help` must not wait for a parser of YAML.
  switch (parsed.command) {
    case 'init':
      return (await import('./init.js')).init(parsed, terminal);
    case 'check':
      return (await import('./check.js')).check(parsed, terminal);
    case 'plan':
      return (await import('./plan.js')).plan(parsed, terminal);
    case 'generate':
      return (await import('./generate.js')).generateFiles(parsed, terminal);
    case 'diff':
      return (await import('./diff.js')).diff(parsed, terminal);
  }
}
