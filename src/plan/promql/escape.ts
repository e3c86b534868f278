// Turns untrusted text into a PromQL string, a part of a regular expression or text of a Go template that means just itself.

/** A double-quoted PromQL string: https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals (Go's escapes). */
export function quote(text: string): string {
  let quoted = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\\' || character === '"') quoted += `\\${character}`;
    else if (character === '\n') quoted += '\\n';
    else if (code < 0x20 || code === 0x7f) quoted += `\\x${code.toString(16).padStart(2, '0')}`;
    else quoted += character;
  }
  return `"${quoted}"`;
}

/** Text inside a regular expression of RE2 that matches exactly itself. */
export const escapeRegex = (text: string): string => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');

/** Prometheus expands labels and annotations of alerts as Go templates: braces of ours alone may open an action. */
export const templateText = (text: string): string => text.replaceAll('{{', '{{ "{{" }}');
