// What the command sees of the world: a test gives another.

export interface Terminal {
  /** Absolute. */
  readonly folder: string;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether `error` goes to a person who wants colours: https://no-color.org */
  readonly isColoured: boolean;
}

export type Exit = 0 | 1 | 2;

/** Fine; refused, or differences were found; the command was not understood. */
export const exit = { fine: 0, refused: 1, usage: 2 } as const;

/** Text in the colour of a severity, or as it is. */
export type Paint = (style: 'bold' | 'red' | 'yellow' | 'green' | 'dim', text: string) => string;

const codes = { bold: [1, 22], red: [31, 39], yellow: [33, 39], green: [32, 39], dim: [2, 22] } as const;

export const paintFor =
  ({ isColoured }: Terminal): Paint =>
  (style, text) =>
    isColoured ? `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m` : text;

export function processTerminal(): Terminal {
  const { NO_COLOR, TERM } = process.env;
  return {
    folder: process.cwd(),
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    isColoured: process.stderr.isTTY === true && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb',
  };
}
