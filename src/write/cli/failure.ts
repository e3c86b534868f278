// Tells an error that the command did not expect: the disk's refusal as it is, anything else as a fault of ours.

/** Errors of the operating system have a code: no right to write, no space, a folder that went away. */
const isOfSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';

/** Writing is all or nothing, so that the second half of the sentence holds wherever the first comes from. */
export function failureText(error: unknown): string {
  if (isOfSystem(error)) return `groundwork: ${error.message}: nothing was written.\n`;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${text.includes('BUG:') ? '' : 'BUG: '}${text}\n`;
}
