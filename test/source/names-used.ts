// Turns pieces of code into the names of the variables that they use, as one line.
import { readEnvironmentUses } from '../../src/source/read-environment-uses';

/** A piece of code, and the names that it uses. */
export type Case = readonly [code: string, names: string];

/** "X" for a read, "X=" for a write, "?" for a dynamic use, "X~" for a library's; each once, in alphabetical order. */
export function namesUsed(...files: [path: string, text: string][]): string {
  const { uses } = readEnvironmentUses(files.map(([path, text]) => ({ path, text })));
  const mark = { read: '', write: '=', dynamic: '?', library: '~' };
  const shown = uses.map(({ name, access }) => `${name ?? ''}${mark[access]}`);
  return [...new Set(shown)].sort().join(' ');
}
