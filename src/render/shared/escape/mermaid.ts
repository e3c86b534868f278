// Turns any text into the text of a label of Mermaid, to stand in double quotes.

/**
 * Quotes, angle brackets, hashes and semicolons are written as Mermaid's own entities, backticks would begin Markdown:
 * https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export const mermaid = (text: string): string =>
  text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/[#"<>`&;\\]/g, (character) => `#${character.charCodeAt(0)};`);
