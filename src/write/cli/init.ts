// `groundwork init`: writes a first service.yaml from what is in the folder.
import { initService } from '../init/init-service';
import type { Arguments } from './arguments';
import { shownPath } from './open';
import { type Exit, exit, type Terminal } from './terminal';

export function init(args: Arguments, terminal: Terminal): Exit {
  const { file, isWritten, text, remarks } = initService(terminal.folder, args.file ?? 'service.yaml');
  const shown = shownPath(terminal.folder, file);
  if (args.json) terminal.out(`${JSON.stringify({ file: shown, isWritten, text, remarks }, null, 2)}\n`);
  else if (isWritten) {
    const remarkLines = remarks.map((remark) => `  - ${remark}\n`).join('');
    terminal.out(`${shown} is written.\n${remarkLines}Read it, then run \`npx groundwork generate\`.\n`);
  }
  if (isWritten) return exit.fine;
  if (!args.json) terminal.error(`groundwork: ${shown} is there already and stays as it is.\n`);
  return exit.refused;
}
