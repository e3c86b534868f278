// Turns a declared command into its words (argv). No shell is there to read it, so what only a shell does is refused.

export interface ParsedCommand {
  readonly words: readonly string[];
  /** The part that needs a shell, or null. */
  readonly needsShell: string | null;
}

const operators = ['&&', '||', '|', ';', '>', '<', '&', '$', '`', '(', ')', '*', '?', '~'];

/** Words are separated by spaces; single or double quotes keep them together; a backslash is a character like any other. */
export function parseCommand(command: string | readonly string[]): ParsedCommand {
  if (typeof command !== 'string') return { words: [...command], needsShell: null };
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  let needsShell: string | null = null;
  for (let index = 0; index < command.length; index++) {
    const character = command[index] ?? '';
    if (quote !== null) {
      if (character === quote) quote = null;
      else word = (word ?? '') + character;
      continue;
    }
    if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (character === ' ') {
      if (word !== null) words.push(word);
      word = null;
    } else {
      const operator = operators.find((candidate) => command.startsWith(candidate, index));
      if (operator !== undefined) needsShell ??= operator;
      word = (word ?? '') + character;
    }
  }
  if (quote !== null) needsShell ??= quote;
  if (word !== null) words.push(word);
  return { words, needsShell };
}
