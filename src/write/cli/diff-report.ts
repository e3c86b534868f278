// Prints the files that differ from what would be generated.
import type { Diagnostic } from '../../diagnostics';
import type { Change } from '../disk/compare';
import { textDifference } from '../text-difference';
import type { Arguments } from './arguments';
import { countsText } from './counts';
import { shownPath } from './open';
import { type Exit, exit, type Terminal } from './terminal';

const differs = ({ kind }: Pick<Change, 'kind'>): boolean => kind !== 'unchanged';

/** What is compared: a file that is there, or is to be. */
export type Difference = Pick<Change, 'kind' | 'file' | 'previous' | 'text'>;

/** From what is there to what would be there. */
export function differenceText({ file, previous, text }: Difference, folder: string): string {
  const name = shownPath(folder, file);
  const before = { name: previous === null ? '/dev/null' : name, text: (previous?.() ?? '').replaceAll('\r\n', '\n') };
  const difference = textDifference(before, { name: text === null ? '/dev/null' : name, text: text?.() ?? '' });
  return difference?.text ?? `${name}: only the right to execute it differs\n`;
}

export function report(
  changes: readonly Difference[],
  diagnostics: readonly Diagnostic[],
  command: string,
  args: Arguments,
  terminal: Terminal,
): Exit {
  const changed = changes.filter(differs);
  if (args.json) {
    const files = changed.map((change) => ({
      kind: change.kind,
      path: shownPath(terminal.folder, change.file),
      difference: differenceText(change, terminal.folder),
    }));
    terminal.out(`${JSON.stringify({ diagnostics, files }, null, 2)}\n`);
  } else {
    terminal.out(changed.map((change) => differenceText(change, terminal.folder)).join(''));
    terminal.error(
      changed.length === 0 ? 'Everything is as generated.\n' : `${countsText(changed)}: run \`${command}\`.\n`,
    );
  }
  return changed.length === 0 ? exit.fine : exit.refused;
}
