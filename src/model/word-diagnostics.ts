// Checks the words of a declaration that a pattern cannot: commands, schedules, time zones, secret-like values.
import { allowedNodeOptions, isAllowedNodeOption } from '../catalog/node/allowed-options';
import { timeZones } from '../catalog/time-zones';
import type { ServiceDeclaration } from '../declaration/service';
import { didYouMean } from '../diagnostics';
import { parseCommand } from './command';
import { parseCron } from './cron';
import type { LocatedDiagnostic } from './parse';
import { looksLikeSecret } from './secret-like';

type Path = readonly (string | number)[];
type Command = string | readonly string[];

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const control = /[\u0000-\u0008\u000b-\u001f\u007f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const controlOrLine = /[\u0000-\u001f\u007f\u2028\u2029]/;

const problem = (code: string, path: Path, message: string, fix: string | null): LocatedDiagnostic => ({
  code,
  severity: 'error',
  path,
  place: null,
  message: `${path.join('.')}: ${message}`,
  fix,
  atKey: false,
});

function commandsOf(declared: ServiceDeclaration): [Path, Command][] {
  const found: [Path, Command | undefined | false][] = [
    [['runtime', 'build'], declared.runtime?.build],
    [['runtime', 'start'], declared.runtime?.start],
    ...Object.entries(declared.workers ?? {}).map(([name, worker]): [Path, Command] => [
      ['workers', name, 'command'],
      worker.command,
    ]),
    ...Object.entries(declared.jobs ?? {}).map(([name, job]): [Path, Command] => [
      ['jobs', name, 'command'],
      job.command,
    ]),
    [['checks', 'lint'], declared.checks?.lint],
    [['checks', 'types'], declared.checks?.types],
    [['checks', 'test'], declared.checks?.test],
  ];
  const migrations = declared.migrations;
  if (typeof migrations === 'object' && !Array.isArray(migrations))
    found.push([['migrations', 'command'], migrations.command]);
  else found.push([['migrations'], migrations]);
  return found.filter((entry): entry is [Path, Command] => entry[1] !== undefined && entry[1] !== false);
}

/** Problems of words, for one valid declaration. */
export function wordDiagnostics(declared: ServiceDeclaration): LocatedDiagnostic[] {
  const found: LocatedDiagnostic[] = [];
  for (const [path, command] of commandsOf(declared)) {
    const { needsShell, words } = parseCommand(command);
    if (needsShell !== null) {
      found.push(
        problem(
          'command-needs-a-shell',
          path,
          `"${needsShell}" means something to a shell only, and no shell reads the command.`,
          'Put the steps into a script of package.json and name that, or give the words as a list.',
        ),
      );
    } else if (words.length === 0) {
      found.push(problem('command-empty', path, 'the command has no words.', 'Name a program and its arguments.'));
    }
  }
  for (const [name, job] of Object.entries(declared.jobs ?? {})) {
    const cron = parseCron(job.schedule);
    if (typeof cron === 'string')
      found.push(
        problem(
          'schedule-malformed',
          ['jobs', name, 'schedule'],
          `${cron}.`,
          'Five fields: minute, hour, day of month, month, day of week. For example: "0 2 1 * *".',
        ),
      );
    if (job.timeZone !== undefined && !timeZones.includes(job.timeZone)) {
      const near = didYouMean(job.timeZone, timeZones);
      found.push(
        problem(
          'unknown-time-zone',
          ['jobs', name, 'timeZone'],
          `there is no time zone "${job.timeZone}".`,
          near === null ? 'Use an IANA name such as Europe/Belgrade.' : `Did you mean "${near}"?`,
        ),
      );
    }
  }
  const node = declared.runtime?.node ?? 24;
  for (const [index, option] of (declared.runtime?.nodeOptions ?? []).entries()) {
    const path = ['runtime', 'nodeOptions', index];
    if (/^--max[-_]old[-_]space[-_]size/.test(option)) {
      found.push(
        problem(
          'heap-set-twice',
          path,
          `"${option}" sets the heap beside runtime.heap.`,
          'Set runtime.heap: it is checked against the memory limit.',
        ),
      );
    } else if (!isAllowedNodeOption(node, option)) {
      const near = didYouMean(option.replace(/=.*$/, ''), allowedNodeOptions(node));
      found.push(
        problem(
          'node-option-not-allowed',
          path,
          `Node.js ${node} refuses "${option.replace(/=.*$/, '')}" in NODE_OPTIONS, and the process would not start.`,
          near === null ? 'Put it into runtime.start, after "node".' : `Did you mean "${near}"?`,
        ),
      );
    }
  }
  for (const [name, alert] of Object.entries(declared.alerts ?? {})) {
    const measures = (['ratio', 'rate', 'value'] as const).filter((measure) => alert[measure] !== undefined);
    const bounds = (['above', 'below'] as const).filter((bound) => alert[bound] !== undefined);
    if (measures.length !== 1 || bounds.length !== 1) {
      found.push(
        problem(
          'expression-malformed',
          ['alerts', name],
          `it has ${measures.length} measures (${measures.join(', ') || 'none of ratio, rate, value'}) and ${bounds.length} bounds (${bounds.join(', ') || 'none of above, below'}).`,
          'Give exactly one of ratio, rate and value, and exactly one of above and below.',
        ),
      );
    }
  }
  for (const [name, value] of Object.entries(declared.config ?? {})) {
    const why = looksLikeSecret(name, String(value));
    if (why !== null)
      found.push(
        problem(
          'secret-in-config',
          ['config', name],
          `the value ${why}, and config is written in clear into the repository.`,
          `Move the name to secrets: [${name}], and the value to the secret store.`,
        ),
      );
    // What is compiled in is an argument of the build, and a Dockerfile holds that on one line.
    const compiledIn = declared.runtime?.static !== undefined && name.startsWith('VITE_');
    if ((compiledIn ? controlOrLine : control).test(String(value))) {
      found.push(
        problem(
          'config-value-has-control-characters',
          ['config', name],
          compiledIn
            ? 'the value holds line breaks or control characters, and it is compiled in by an argument of the build, which is one line.'
            : 'the value holds control characters.',
          'Encode the value, for example as Base64 or JSON.',
        ),
      );
    }
  }
  return found;
}
