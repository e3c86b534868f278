// The words of the command line: what is understood, and what is said where it is not.
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/write/cli/arguments';
import { commandNames } from '../../../src/write/cli/commands';
import { groundwork, scratchFolder } from '../scratch';

describe('arguments', () => {
  it('are a command and its options', () => {
    expect(parseArguments(['generate', '--file', 'a.yaml', '--out=b', '--force'])).toMatchObject({
      command: 'generate',
      file: 'a.yaml',
      out: 'b',
      force: true,
      json: false,
      platform: null,
    });
  });

  it.each([
    [[], 'no command (known: init, check, plan, generate, graph, diff)'],
    [['genrate'], 'unknown command genrate (did you mean generate?)'],
    [['xyzzy'], 'unknown command xyzzy (known: init, check, plan, generate, graph, diff)'],
    [['plan', '--jsn'], 'unknown option --jsn (did you mean --json?)'],
    [
      ['plan', '-x'],
      'unknown option -x (known: --file, --platform, --out, --environment, --source, --format, --force, --json, --help, --version)',
    ],
    [['plan', '--file'], '--file needs a value: --file FILE'],
    [['plan', '--file', '--json'], '--file needs a value: --file FILE'],
    [['plan', '--json=yes'], '--json takes no value'],
    [['plan', '--json', '--json'], '--json is given twice'],
    [['graph', '--format', 'dto'], '--format dto: there is no such format (did you mean dot?)'],
    [['plan', 'service.yaml'], 'plan takes no further word: service.yaml'],
    [['init', '--force'], 'init has no option --force (it has: --file, --json, --help, --version)'],
  ])('%j: %s', async (argv, message) => {
    expect(parseArguments(argv)).toBe(message);
    expect(await groundwork(scratchFolder(), ...argv)).toEqual({
      code: 2,
      out: '',
      error: `groundwork: ${message}\nRun \`groundwork --help\` for what there is.\n`,
    });
  });

  it.each(commandNames)('of %s are explained by --help', async (name) => {
    const { code, out, error } = await groundwork(scratchFolder(), name, '--help');
    expect([code, error]).toEqual([0, '']);
    expect(out).toContain(`groundwork ${name}: `);
    expect(out).toContain('--json');
  });

  it('are explained as a whole, and the version is told', async () => {
    const help = await groundwork(scratchFolder(), '--help');
    for (const name of commandNames) expect(help.out).toContain(`\n  ${name} `);
    expect((await groundwork(scratchFolder(), '--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
