// Turns the text of a Prisma schema into the environment variables and the kind of database that it names.

/** The part of a schema that says which database there is. */
export interface PrismaSchema {
  /** `postgresql`, `mysql`, `mongodb` …; null when the schema has no datasource. */
  readonly provider: string | null;
  /** The names inside `env("…")`, with their places; lines and columns count from 1. */
  readonly environment: readonly { readonly name: string; readonly line: number; readonly column: number }[];
}

interface Token {
  readonly kind: 'word' | 'text' | 'mark';
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const isWordPart = (char: string): boolean =>
  (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || (char >= '0' && char <= '9') || char === '_';

/** One line of the schema: neither strings nor comments of this language go over a line's end. */
function tokensOfLine(text: string, line: number): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const char = text[at] ?? '';
    if (text.startsWith('//', at)) break;
    if (char === '"') {
      let value = '';
      at += 1;
      while (at < text.length && text[at] !== '"') {
        if (text[at] === '\\') at += 1;
        value += text[at] ?? '';
        at += 1;
      }
      at += 1;
      tokens.push({ kind: 'text', text: value, line, column: start + 1 });
    } else if (isWordPart(char)) {
      while (isWordPart(text[at] ?? '')) at += 1;
      tokens.push({ kind: 'word', text: text.slice(start, at), line, column: start + 1 });
    } else {
      at += 1;
      if (char !== ' ' && char !== '\t' && char !== '\r')
        tokens.push({ kind: 'mark', text: char, line, column: start + 1 });
    }
  }
  return tokens;
}

/** Reads a `*.prisma` file. Grammar: https://www.prisma.io/docs/orm/reference/prisma-schema-reference */
export function readPrismaSchema(text: string): PrismaSchema {
  const tokens = text.split('\n').flatMap((line, index) => tokensOfLine(line, index + 1));
  const environment: { name: string; line: number; column: number }[] = [];
  let provider: string | null = null;
  let block = '';
  tokens.forEach((token, index) => {
    const before = (distance: number): Token | undefined => tokens[index - distance];
    if (token.text === '{' && token.kind === 'mark') block = before(2)?.text ?? '';
    if (token.text === '}' && token.kind === 'mark') block = '';
    if (token.kind !== 'text') return;
    if (before(1)?.text === '(' && before(2)?.kind === 'word' && before(2)?.text === 'env') {
      environment.push({ name: token.text, line: token.line, column: token.column });
    }
    if (block === 'datasource' && before(1)?.text === '=' && before(2)?.text === 'provider') provider = token.text;
  });
  return { provider, environment };
}
