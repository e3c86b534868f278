// Runs the `groundwork` command with the words of this process.
import { failureText } from './failure';
import { run } from './run';
import { processTerminal } from './terminal';

/** What bin/groundwork.js calls. */
export function main(): void {
  run(process.argv.slice(2), processTerminal()).then(
    (code) => {
      process.exitCode = code;
      // What is written is written: only V8's own work in the background, which nobody needs any more, would be waited for.
      if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit();
    },
    (error: unknown) => {
      process.stderr.write(failureText(error));
      process.exitCode = 1;
    },
  );
}
