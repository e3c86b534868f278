// Turns any text into one string of PowerShell, or into text inside a block comment of it.

/**
 * In single quotes, where nothing is expanded. PowerShell takes four typographic quotes for the plain one as well:
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
export function powershell(text: string): string {
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) throw new Error(`no single line of PowerShell: ${JSON.stringify(text)}`);
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** `#>` would end the comment; a line that begins with a dot would be a keyword of its help. */
export const powershellComment = (text: string): string =>
  text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').replaceAll('#>', '# >');
