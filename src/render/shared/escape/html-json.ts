// Turns a value into JSON that may stand inside a script element of HTML.

/** Nothing that the parser of HTML looks for stays: no `</script`, no `<!--`; line separators would end a line of JavaScript. */
export function htmlJson(value: unknown): string {
  const written = JSON.stringify(value);
  if (written === undefined) throw new Error('there is no JSON for this value');
  return written.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
