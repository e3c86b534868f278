// Turns any text on one line into a quoted value of ENV, ARG or LABEL in a Dockerfile.

// biome-ignore lint/suspicious/noControlCharactersInRegex: a line break would begin another instruction.
const control = /[\u0000-\u001f\u007f\u2028\u2029]/;

/** Between double quotes these three have a meaning: https://docs.docker.com/reference/dockerfile/#environment-replacement */
export function dockerfile(text: string): string {
  if (control.test(text)) throw new Error(`a Dockerfile cannot hold a control character: ${JSON.stringify(text)}`);
  return `"${text.replace(/["\\$]/g, '\\$&')}"`;
}
