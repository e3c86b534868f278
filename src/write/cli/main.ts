// Starts the `groundwork` command.
import { run } from './run';
import { processTerminal } from './terminal';

run(process.argv.slice(2), processTerminal()).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${text.includes('BUG:') ? '' : 'BUG: '}${text}\n`);
    process.exitCode = 1;
  },
);
