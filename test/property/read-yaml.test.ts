// The fast reader of YAML gives the library's data, or leaves the text to it; it accepts nothing that the library refuses.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { generate } from '../../src/generate';
import { type Data, isYaml, yamlDocuments } from '../support/generated';
import { anyService } from './declarations';
import { focused } from './focused';
import { hostileLine, hostileValue } from './hostile';
import { readCommonYaml } from './read-yaml';
import { longest, seed } from './rendered';

const texts = fc
  .sample(focused(anyService), { numRuns: 40, seed })
  .flatMap((service) => generate({ service, platform: null }).files)
  .filter(({ path }) => isYaml(path))
  .map(({ body }) => body);

function library(text: string): Data[] | string {
  try {
    return yamlDocuments(text);
  } catch (error) {
    return `refused: ${(error as Error).message}`;
  }
}

it(
  'reads most generated files, as the library does',
  () => {
    const read = texts.map(readCommonYaml);
    for (const [index, data] of read.entries())
      if (data !== null) expect(data).toEqual(yamlDocuments(texts[index] ?? ''));
    expect(read.filter((data) => data !== null).length).toBeGreaterThan(texts.length / 2);
  },
  longest(40),
);

it(
  'reads no broken text in another way than the library',
  () => {
    // A few lines of a file are enough for everything that can go wrong, and are read quickly.
    const excerpt = fc
      .tuple(fc.constantFrom(...texts), fc.nat(), fc.integer({ min: 1, max: 12 }))
      .map(([text, at, count]) => {
        const lines = text.split('\n');
        const first = at % lines.length;
        const found = lines.slice(first, first + count);
        const indent = Math.min(...found.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)), 99);
        return `${found.map((line) => line.slice(indent)).join('\n')}\n`;
      });
    const inserted = fc.oneof(
      hostileLine,
      hostileValue,
      fc.constantFrom(
        '\n',
        ' ',
        '  ',
        '\n  ',
        ':',
        ': ',
        ' #',
        '- ',
        '"',
        "'",
        '|',
        '|-',
        '>',
        '\n---\n',
        '\n...\n',
        '\t',
        '? ',
        '[',
        '{',
        '&a ',
        '*a',
        '!t ',
      ),
    );
    let read = 0;
    fc.assert(
      fc.property(excerpt, inserted, fc.nat(), fc.nat({ max: 3 }), (text, piece, place, removed) => {
        const at = place % (text.length + 1);
        const broken = text.slice(0, at) + piece + text.slice(at + removed);
        const data = readCommonYaml(broken);
        if (data === null) return;
        read++;
        expect(data).toEqual(library(broken));
      }),
      { numRuns: 6000, seed },
    );
    expect(read).toBeGreaterThan(600);
  },
  longest(100),
);
