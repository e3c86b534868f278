// Strings that mean something to a shell, YAML, Dockerfile, nginx, PromQL, Go template, workflow expression, Markdown or JavaScript.
import fc from 'fast-check';

const attacks: readonly string[] = [
  '"',
  "'",
  '`id`',
  '$(touch x)',
  '${IFS}',
  '$HOME',
  '$$',
  '$${A}',
  '$(A)',
  '${{ github.token }}',
  '{{ .Values.x }}',
  '{{ $labels.pod }}',
  '{{{{raw}}}}',
  '{{"{{"}}',
  '}}',
  '#',
  ' # comment',
  'a: b',
  'a: ',
  '- a',
  '? a',
  'yes',
  'no',
  'null',
  '~',
  'true',
  '1e3',
  '0x1F',
  '0o17',
  '017',
  '1_000',
  '.inf',
  '12:30:45',
  '2001-01-01',
  '!!binary x',
  '&a',
  '*a',
  '<<',
  '|',
  '>',
  '%YAML 1.2',
  '@a',
  '---',
  '...',
  '\\',
  'a\\',
  '\\n',
  '\\u0000',
  '"; id; "',
  "'; id; '",
  'a && b',
  'a || b',
  '; }',
  '} location / { return 200;',
  '*/',
  '/*',
  '// x',
  '-->',
  '<!--',
  '<script>alert(1)</script>',
  ']]>',
  '[x](javascript:y)',
  '| a | b |',
  '## heading',
  '```',
  'a=b',
  ' leading',
  'trailing ',
  'two  spaces',
  'EOF',
  '"} or vector(1) #',
  'a\'b"c`d$e\\f',
  '%20',
  '%{ if true }',
  '--flag',
  '-',
  '::error::x',
  'a,b;c',
  '{"a":1}',
  '[1, 2]',
  'é𝒳🙂',
  '\u202eabc',
  '\ufeffx',
  'a\u00a0b',
  '\u0085x',
  'a\u2028b',
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: the schema's own pattern of a line.
const oneLine = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/;

const anything = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...attacks) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...attacks), fc.constantFrom(...attacks)).map(([a, b]) => `${a}${b}`),
  },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }) },
);

/** Lone surrogates are no text: no file could hold them. */
export const wellFormed = (text: string): boolean => !/[\ud800-\udfff]/u.test(text);

/** Text for description, summary and the like. */
export const hostileLine = anything.filter((text) => oneLine.test(text) && wellFormed(text));

/** One word of a command that is given as a list. */
export const hostileWord = hostileLine;

/** A value under config: it may have lines and tabs. */
export const hostileValue = fc.oneof(
  { weight: 5, arbitrary: hostileWord },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'a\nb',
      'a\u2028b',
      'a\u0085b',
      'a: |\n  b\n',
      '\n',
      '\ta',
      'EOF\nid\n',
      '"\n"',
      "'\n'",
      '\n---\nkind: Secret\n',
      '# a\nRUN id',
    ),
  },
);
