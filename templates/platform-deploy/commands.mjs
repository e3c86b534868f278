// Runs tools: what only reads always, what changes something only when it is no dry run. Values are arguments, never text of a shell.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository: every path of the settings is below it. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Something that the person can mend, without a stack. `code`: 1 failed, 2 wrong words, 3 waits for a person. */
export const failure = (message, code = 1) => Object.assign(new Error(message), { exitCode: code });

export const say = (text) => process.stdout.write(`${text}\n`);
export const heading = (text) => say(`\n== ${text}`);

/** A command as a person would type it. It holds no secret: those are in files and in the tools' own stores. */
const written = (argv) => argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');

/** Windows starts no npm.cmd without a shell; npm's own program it does. */
function startable([command, ...args]) {
  if (process.platform !== 'win32' || command !== 'npm') return [command, args];
  const program = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (!existsSync(program)) throw failure(`npm is not beside ${process.execPath}`);
  return [process.execPath, [program, ...args]];
}

/** Answers `{ code, text }`, `code` null when there is no such tool. `show`: its output goes to the terminal as it comes. */
function run(argv, { show = false, cwd = root, variables = {}, input } = {}) {
  const [command, args] = startable(argv);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...variables },
      stdio: [input === undefined ? 'ignore' : 'pipe', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    let text = '';
    let errors = '';
    child.stdout?.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    child.stderr?.setEncoding('utf8').on('data', (part) => {
      errors += part;
    });
    child.on('error', () => resolve({ code: null, text: '', errors: `${command} cannot be started` }));
    child.on('close', (code) => resolve({ code: code ?? 1, text, errors }));
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** What changes nothing: runs in a dry run too. */
export const look = (argv, options) => run(argv, options);

/** The same; answers its output without white space at the ends, and fails when it fails. */
export async function read(argv, options) {
  const { code, text, errors } = await run(argv, options);
  if (code !== 0) throw failure(`${written(argv)} failed: ${(errors || text).trim() || `exit code ${code}`}`);
  return text.trim();
}

/** Makes what changes something: `change(argv)` fails when the command fails; `attempt(argv)` answers whether it succeeded. */
export function changer(dryRun) {
  const attempt = async (argv, options) => {
    say(`${dryRun ? 'would run' : 'run'}: ${written(argv)}`);
    if (dryRun) return true;
    const { code, errors } = await run(argv, { ...options, show: true });
    if (code === null) throw failure(errors);
    return code === 0;
  };
  const change = async (argv, options) => {
    if (!(await attempt(argv, options))) throw failure(`failed: ${written(argv)}`);
  };
  return { dryRun, attempt, change };
}
