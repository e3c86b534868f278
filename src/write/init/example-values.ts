// Turns a .env.example into the values that it proposes.

/** One `NAME=value` line, with its line number from 1. */
export interface ExampleValue {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

const QUOTES = ['"', "'", '`'];

function unquoted(text: string): string {
  const quote = text[0] ?? '';
  const end = QUOTES.includes(quote) ? text.indexOf(quote, 1) : -1;
  if (end > 0) return text.slice(1, end);
  const comment = text.indexOf(' #');
  return (comment < 0 ? text : text.slice(0, comment)).trim();
}

/** Reads the format of dotenv: https://github.com/motdotla/dotenv#what-rules-does-the-parsing-engine-follow */
export function readExampleValues(text: string): readonly ExampleValue[] {
  return text.split('\n').flatMap((whole, index) => {
    const trimmed = whole.trim();
    const line = trimmed.startsWith('export ') ? trimmed.slice('export '.length) : trimmed;
    const equals = line.indexOf('=');
    if (line.startsWith('#') || equals < 1) return [];
    return [{ name: line.slice(0, equals).trim(), value: unquoted(line.slice(equals + 1).trim()), line: index + 1 }];
  });
}
