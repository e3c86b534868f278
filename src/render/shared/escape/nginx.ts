// Turns any text on one line into a quoted argument of an nginx directive.

// biome-ignore lint/suspicious/noControlCharactersInRegex: a line break in a header would begin another header.
const control = /[\u0000-\u001f\u007f]/;

/** nginx has no escape for a dollar sign: the configuration defines the variable `dollar` as one. */
export function nginx(text: string): string {
  if (control.test(text)) throw new Error(`nginx cannot hold a control character here: ${JSON.stringify(text)}`);
  return `"${text.replace(/["\\]/g, '\\$&').replaceAll('$', () => '${dollar}')}"`;
}
