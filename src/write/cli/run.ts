// Runs one command: reads its words, loads what it needs and only that, and returns the exit code.
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
  // Each command is loaded when it is asked for: `--help` must not wait for a parser of YAML.
  if (parsed.command === 'init') return (await import('./init.js')).init(parsed, terminal);
  const { isAboutPlatform } = await import('./about-platform.js');
  return isAboutPlatform(parsed, terminal.folder)
    ? runPlatform(parsed.command, parsed, terminal)
    : runService(parsed.command, parsed, terminal);
}

type Evaluating = Exclude<CommandName, 'init'>;

async function runService(command: Evaluating, args: Arguments, terminal: Terminal): Promise<Exit> {
  switch (command) {
    case 'check':
      return (await import('./check.js')).check(args, terminal);
    case 'plan':
      return (await import('./plan.js')).plan(args, terminal);
    case 'generate':
      return (await import('./generate.js')).generateFiles(args, terminal);
    case 'graph':
      return (await import('./graph.js')).graph(args, terminal);
    case 'diff':
      return (await import('./diff.js')).diff(args, terminal);
  }
}

async function runPlatform(command: Evaluating, args: Arguments, terminal: Terminal): Promise<Exit> {
  switch (command) {
    case 'check':
      return (await import('./platform/check.js')).checkPlatform(args, terminal);
    case 'plan':
      return (await import('./platform/plan.js')).planPlatformCommand(args, terminal);
    case 'generate':
      return (await import('./platform/generate.js')).generatePlatformFiles(args, terminal);
    case 'graph':
      return (await import('./platform/graph.js')).graphPlatform(args, terminal);
    case 'diff':
      return (await import('./platform/diff.js')).diffPlatform(args, terminal);
  }
}
