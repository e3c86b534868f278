// Templates of secrets: what Go's text/template makes of them, whatever the text around and the value.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SecretText } from '../../../src/plan/types';
import { optionalTemplate, secretTemplate } from '../../../src/render/shared/kubernetes/secret-template';

/** The few actions that occur, read as text/template reads them: from `{{` to the `}}` outside of a string. */
function execute(template: string, data: Readonly<Record<string, string>>): string {
  let shown = 0; // Depth of conditions that do not hold.
  let depth = 0;
  let out = '';
  for (let rest = template; rest !== ''; ) {
    const open = rest.indexOf('{{');
    const text = open < 0 ? rest : rest.slice(0, open);
    if (shown === 0) out += text;
    if (open < 0) break;
    const action = /^\{\{ ((?:"(?:[^"\\]|\\.)*"|[^"}])*) \}\}/.exec(rest.slice(open));
    if (action === null) throw new Error(`not an action: ${rest.slice(open)}`);
    rest = rest.slice(open + action[0].length);
    const code = action[1] ?? '';
    if (code === 'end') {
      if (shown > 0 && shown === depth) shown = 0;
      depth--;
    } else if (code.startsWith('if ')) {
      depth++;
      if (shown === 0 && textOf(code.slice(3), data) === '') shown = depth;
    } else if (shown === 0) out += textOf(code, data);
  }
  return out;
}

function textOf(code: string, data: Readonly<Record<string, string>>): string {
  const url = ' | urlquery | replace "+" "%20"';
  // Go's url.QueryEscape, then every plus sign as %20.
  if (code.endsWith(url)) {
    const written = new URLSearchParams({ v: textOf(code.slice(0, -url.length), data) }).toString().slice(2);
    return written.replaceAll('+', '%20').replaceAll('*', '%2A');
  }
  const field = /^\.([a-z_][a-z0-9_]*)$/i.exec(code)?.[1];
  if (field !== undefined) {
    if (data[field] === undefined) throw new Error(`no entry for key "${field}"`);
    return data[field];
  }
  const index = /^\(index \. ("[^"]*")\)$/.exec(code)?.[1];
  if (index !== undefined) return data[JSON.parse(index)] ?? '';
  return JSON.parse(code);
}

const hostile = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom('{', '{{', '}}', '"', '\\', '`', '-', ' ', 'x', '\n'), { maxLength: 6 })
    .map((parts) => parts.join('')),
);
const texts: fc.Arbitrary<SecretText> = fc.array(
  fc.oneof(
    hostile.map((text) => ({ kind: 'literal' as const, text })),
    fc.record({
      kind: fc.constant('secret' as const),
      secret: fc.constantFrom('a', 'b'),
      encoding: fc.constant('none' as const),
    }),
  ),
  { maxLength: 5 },
);
const plain = (text: SecretText, data: Readonly<Record<string, string>>): string =>
  text.map((part) => (part.kind === 'literal' ? part.text : data[part.secret])).join('');

describe('secretTemplate', () => {
  it('gives the text with the values in it, and nothing in the text is an action', () => {
    fc.assert(
      fc.property(texts, fc.record({ a: hostile, b: hostile }), (text, data) => {
        expect(
          execute(
            secretTemplate(text, (id) => `.${id}`),
            data,
          ),
        ).toBe(plain(text, data));
      }),
      { numRuns: 1000 },
    );
  });

  it('percent-encodes for the user-information part of a URL: a space is %20, a plus sign stays one', () => {
    const text: SecretText = [
      { kind: 'literal', text: 'postgresql://u:' },
      { kind: 'secret', secret: 'a', encoding: 'url' },
      { kind: 'literal', text: '@h/d' },
    ];
    const template = secretTemplate(text, (id) => `.${id}`);
    expect(template).toBe('postgresql://u:{{ .a | urlquery | replace "+" "%20" }}@h/d');
    const password = 'p+ q/@:#?%é{';
    expect(decodeURIComponent(new URL(execute(template, { a: password })).password)).toBe(password);
  });

  it.each([
    ['{{ .a }}', '{{ "{{" }} .a }}'],
    ['json {"k":1}', 'json {"k":1}'],
    ['ends with {', 'ends with {{ "{" }}'],
  ])('makes %j inert', (text, template) => {
    expect(secretTemplate([{ kind: 'literal', text }], (id) => `.${id}`)).toBe(template);
  });
});

describe('optionalTemplate', () => {
  it('is empty while one of the secrets is missing, and the text otherwise', () => {
    const reference = (id: string): string => `(index . "${id}")`;
    fc.assert(
      fc.property(texts, fc.record({ a: hostile, b: hostile }, { requiredKeys: [] }), (text, data) => {
        const missing = text.some((part) => part.kind === 'secret' && (data[part.secret as 'a'] ?? '') === '');
        const expected = missing ? '' : plain(text, data as Record<string, string>);
        expect(execute(optionalTemplate(text, reference), data as Record<string, string>)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
