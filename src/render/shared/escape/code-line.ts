// Checks that a line may stand as it is inside a fenced code block of Markdown.

/** A second line, or a fence of its own, could end the block. */
export function codeLine(text: string): string {
  if (/[\p{Cc}\u2028\u2029]/u.test(text) || /^ *(```|~~~)/.test(text))
    throw new Error(`no single line of code: ${JSON.stringify(text)}`);
  return text;
}
