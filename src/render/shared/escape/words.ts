// Turns an argv into a command of a POSIX shell on one line.
import { shell } from './shell';

// biome-ignore lint/suspicious/noControlCharactersInRegex: a line break ends an instruction of a Dockerfile even between quotes.
const control = /[\u0000-\u001f\u007f\u2028\u2029]/;

/** A shell takes NAME=VALUE for an assignment only before the command. */
const option = /^-[A-Za-z0-9_@%+:,./=-]+$/;

export function words(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) throw new Error(`no argv: ${JSON.stringify(value)}`);
  return value
    .map((word, position) => {
      if (typeof word !== 'string' || control.test(word))
        throw new Error(`not a word of a command: ${JSON.stringify(word)}`);
      return position > 0 && option.test(word) ? word : shell(word);
    })
    .join(' ');
}
