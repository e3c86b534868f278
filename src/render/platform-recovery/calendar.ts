// Turns an event into a calendar file: https://www.rfc-editor.org/rfc/rfc5545
/** A property with its parameters, for example `DTSTART`, and its value; text is escaped by `text`. */
export type ContentLine = readonly [name: string, value: string];

/** https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11 */
export const text = (value: string): string =>
  value
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text of a calendar may hold.
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

const lineOctets = 75;
const octets = new TextEncoder();

/** Lines of at most 75 octets, no character torn apart: https://www.rfc-editor.org/rfc/rfc5545#section-3.1 */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const character of line) {
    // What goes on begins with a space, which counts.
    const room = parts.length === 0 ? lineOctets : lineOctets - 1;
    if (octets.encode(part + character).length > room) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part].join('\r\n ');
}

export const calendar = (lines: readonly ContentLine[]): string =>
  lines.map(([name, value]) => `${folded(`${name}:${value}`)}\r\n`).join('');
