// The helpers of the templates: a text comes out of the target language as it went in, or is refused.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { helpers } from '../../../src/render/shared/escape';
import { renderTemplate } from '../../../src/render/shared/template';

const help = (name: string, value: unknown): string => {
  const helper = helpers[name];
  if (helper === undefined) throw new Error(`no helper ${name}`);
  return helper(value);
};

const text = fc.string({ unit: 'binary', maxLength: 30 }).map((value) => value.replace(/[\0\p{Cs}]/gu, ''));

describe('helpers', () => {
  it('are the ones that templates may call', () => {
    const listed = JSON.parse(
      readFileSync(join(__dirname, '../../../scripts/template-helpers.json'), 'utf8'),
    ) as string[];
    expect(listed).toEqual(expect.arrayContaining(Object.keys(helpers)));
  });

  it('take no value of another type', () => {
    for (const name of ['shell', 'xml', 'properties', 'configWord'])
      expect(() => help(name, 1)).toThrow('what is no text');
    expect(() => help('number', '1')).toThrow('not a number');
    expect(() => help('number', Number.NaN)).toThrow('not a number');
    expect(() => help('json', undefined)).toThrow('no JSON');
  });
});

describe('shell', () => {
  it('makes one word that a shell reads back', () => {
    const values = fc.sample(text, { numRuns: 100, seed: 1 });
    const script = [
      `printf '%s\\0'`,
      ...[...values, "it's", '$(id)', '`id`', '-n', '*', ''].map((value) => help('shell', value)),
    ].join(' ');
    const printed = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
    expect(printed.split('\0').slice(0, -1)).toEqual([...values, "it's", '$(id)', '`id`', '-n', '*', '']);
  });

  it('leaves a plain word plain and refuses a NUL', () => {
    expect(help('shell', 'postgres')).toBe('postgres');
    expect(() => help('shell', 'a\0b')).toThrow('NUL');
  });
});

describe('properties', () => {
  it('escapes what a reader would act on', () => {
    expect(help('properties', 'kafka-1')).toBe('kafka-1');
    expect(help('properties', 'a\\b\nc=d é')).toBe('a\\u005cb\\u000ac=d\\u0020\\u00e9');
  });
});

describe('xml', () => {
  it('escapes the characters of markup and refuses what XML cannot hold', () => {
    expect(help('xml', `<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;');
    expect(() => help('xml', '\u0001')).toThrow('control character');
  });
});

describe('configWord', () => {
  it.each(['a b', 'a\nb', 'a#b', 'a"b', '', "a'b", '$x'])('refuses %j', (value) => {
    expect(() => help('configWord', value)).toThrow('not one plain word');
  });
});

describe('renderTemplate', () => {
  it('fails where the view lacks a value', () => {
    expect(() => renderTemplate('backing/redis/health.sh', { user: 'admin' })).toThrow(
      'BUG: template backing/redis/health.sh: shell of what is no text: undefined',
    );
  });

  it('fails for a template that does not exist', () => {
    expect(() => renderTemplate('nothing', {})).toThrow('BUG: no template named nothing');
  });

  it('keeps hostile text inside its word', () => {
    const script = renderTemplate('backing/redis/health.sh', { user: "x'; rm -rf / #", passwordFile: '$(id)' });
    expect(script).toContain("cat '$(id)'");
    expect(script).toContain(`--user 'x'\\''; rm -rf / #' ping`);
  });
});
