// Starts the `groundwork` command.
import { failureText } from './failure';
import { run } from './run';
import { processTerminal } from './terminal';

run(process.argv.slice(2), processTerminal()).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(failureText(error));
    process.exitCode = 1;
  },
);
