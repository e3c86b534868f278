// Text inside a block comment of TypeScript, on one line.

/** What would end the comment is written so that it does not. */
export const comment = (value: unknown): string =>
  String(value)
    .replaceAll('*/', '*\\/')
    .replace(/[\r\n\u2028\u2029]+/g, ' ');
