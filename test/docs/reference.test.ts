// The generated reference: every code of the sources and every field of the schema, and nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Codes are written as `code: '…'`, or are the first argument of the function that makes the diagnostic. */
const codesOf = (text: string): string[] =>
  [...text.matchAll(/(?:\bcode: |\b(?:problem|refusal)\(\s*)'([a-z]+(?:-[a-z]+)+)'/g)].map((match) => match[1] ?? '');

const inSources = readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('generated'))
  .flatMap((entry) => codesOf(readFileSync(path.join(entry.parentPath, entry.name), 'utf8')));

describe('the reference of the diagnostics', () => {
  const sections = read('docs/diagnostics.md').split('\n## ').slice(1);
  const listed = sections.map((section) => section.split('\n')[0] ?? '');

  it('has every code of the sources, once, and no other', () => {
    expect(listed.length).toBeGreaterThan(60);
    expect(listed).toEqual([...new Set(inSources)].sort());
  });

  it('says of each what it is and why', () => {
    for (const section of sections) expect(section.split('\n')[2], section).toMatch(/^[A-Za-z`.].+\. .+\.$/);
  });

  it('shows the whole message of each case', () => {
    const cases = readdirSync(path.join(root, 'test/refused'));
    for (const name of cases) {
      const section = sections.find((each) => each.startsWith(`${name}\n`));
      expect(section, `${name} is a code`).toContain(read(`test/refused/${name}/expected.txt`).trimEnd());
    }
  });
});

describe('the reference of the declaration', () => {
  const text = read('docs/declaration.md');
  interface Definition {
    readonly title?: string;
    readonly properties?: Record<string, unknown>;
  }
  const { definitions, properties } = JSON.parse(read('schemas/service.schema.json')) as Definition & {
    definitions: Record<string, Definition>;
  };

  it('has every key of every part', () => {
    const parts: [string, Definition][] = [
      ['service.yaml', { properties: properties ?? {} }],
      ...Object.entries(definitions)
        .filter(([name, each]) => each.properties !== undefined && (name === 'Override' || !name.endsWith('Override')))
        .map(([, each]): [string, Definition] => [each.title ?? '', each]),
    ];
    expect(parts.length).toBeGreaterThan(25);
    for (const [title, part] of parts) {
      const section = text.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
      for (const key of Object.keys(part.properties ?? {}))
        expect(section, `${title}.${key}`).toContain(`\n| \`${key}\` | `);
    }
  });

  it('has a section for every link', () => {
    const anchors = [...text.matchAll(/^## (.*)$/gm)].map((match) => match[1]?.toLowerCase());
    for (const [, anchor] of text.matchAll(/\]\(#([^)]*)\)/g)) expect(anchors).toContain(anchor);
  });
});
