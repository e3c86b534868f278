// Turns any text into one word of a POSIX shell.

/** In single quotes, where nothing but the quote itself has a meaning. A shell cannot hold a NUL. */
export function shell(text: string): string {
  if (text.includes('\0')) throw new Error('a word of a shell cannot hold a NUL character');
  return /^[A-Za-z0-9_@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
