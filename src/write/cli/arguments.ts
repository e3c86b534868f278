// Turns the words of the command line into a command and its options, or into what is wrong with them.
import { parseArgs } from 'node:util';
import { didYouMean } from '../../diagnostics';
import {
  type CommandName,
  commandNames,
  commandTexts,
  type GraphFormat,
  graphFormats,
  type OptionName,
  optionNames,
  optionTexts,
} from './commands';

export interface Arguments {
  /** Null: only --help or --version. */
  readonly command: CommandName | null;
  readonly help: boolean;
  readonly version: boolean;
  readonly json: boolean;
  readonly force: boolean;
  readonly file: string | null;
  readonly platform: string | null;
  readonly out: string | null;
  readonly environment: string | null;
  readonly source: string | null;
  readonly format: GraphFormat;
}

const isCommand = (word: string): word is CommandName => (commandNames as string[]).includes(word);
const isOption = (word: string): word is OptionName => (optionNames as string[]).includes(word);

const isFormat = (word: string): word is GraphFormat => (graphFormats as readonly string[]).includes(word);

const meant = (word: string, known: readonly string[], prefix: string): string => {
  const near = didYouMean(word, known);
  return near === null ? `known: ${known.map((name) => prefix + name).join(', ')}` : `did you mean ${prefix}${near}?`;
};

/** The arguments, or one sentence about what is wrong. */
export function parseArguments(argv: readonly string[]): Arguments | string {
  const options = Object.fromEntries(
    optionNames.map((name) => [name, { type: optionTexts[name].value === null ? 'boolean' : 'string' } as const]),
  );
  const { tokens } = parseArgs({
    args: [...argv],
    options: { ...options, help: { type: 'boolean', short: 'h' } },
    strict: false,
    tokens: true,
  });
  const given = new Map<OptionName, string>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    if (!isOption(token.name)) return `unknown option ${token.rawName} (${meant(token.name, optionNames, '--')})`;
    const wanted = optionTexts[token.name].value;
    // `--file --json`: the next option is not the file.
    const isMissing =
      token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('-'));
    if (wanted !== null && isMissing) return `--${token.name} needs a value: --${token.name} ${wanted}`;
    if (wanted === null && token.value !== undefined) return `--${token.name} takes no value`;
    if (given.has(token.name)) return `--${token.name} is given twice`;
    given.set(token.name, token.value ?? '');
  }
  const [word, ...others] = words;
  if (word !== undefined && !isCommand(word)) return `unknown command ${word} (${meant(word, commandNames, '')})`;
  if (others.length > 0) return `${word} takes no further word: ${others.join(' ')}`;
  const [help, version] = [given.has('help'), given.has('version')];
  if (word === undefined && !help && !version) return `no command (known: ${commandNames.join(', ')})`;
  const allowed: readonly OptionName[] =
    word === undefined ? optionNames : [...commandTexts[word].options, 'help', 'version'];
  const foreign = [...given.keys()].find((name) => !allowed.includes(name));
  if (foreign !== undefined)
    return `${word} has no option --${foreign} (it has: ${allowed.map((name) => `--${name}`).join(', ')})`;
  const format = given.get('format') ?? 'text';
  if (!isFormat(format)) return `--format ${format}: there is no such format (${meant(format, graphFormats, '')})`;
  const value = (name: OptionName): string | null => given.get(name) ?? null;
  return {
    command: word ?? null,
    help,
    version,
    json: given.has('json'),
    force: given.has('force'),
    file: value('file'),
    platform: value('platform'),
    out: value('out'),
    environment: value('environment'),
    source: value('source'),
    format,
  };
}
