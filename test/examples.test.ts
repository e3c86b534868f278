// The committed output of every example is what is generated today: neither missing nor surplus nor different.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { generate } from '../src/generate';
import { exampleNames, examplesFolder, exampleText, expectedFiles, generateYaml } from './support/examples';

// `npm run examples` sets it: then the goldens are written instead of compared.
const update = process.env.UPDATE_EXAMPLES === '1';

function committed(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(folder, file).split(path.sep).join('/'), readFileSync(file, 'utf8')];
    }),
  );
}

describe.each(exampleNames)('example %s', (name) => {
  const outcome = generateYaml(exampleText(name));
  const expected = expectedFiles(outcome);
  const folder = path.join(examplesFolder, name, 'expected');

  it('is accepted without a warning', () => {
    expect(outcome.diagnostics).toEqual([]);
    expect(outcome.files.length).toBeGreaterThan(10);
  });

  it.runIf(update)('is written', () => {
    rmSync(folder, { recursive: true, force: true });
    for (const [file, text] of expected) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
  });

  it('generates exactly the committed files', () => {
    const found = committed(folder);
    expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [file, text] of expected) expect(found.get(file), file).toBe(text);
  });

  it('gives the same from TypeScript, byte for byte', async () => {
    const declaration = ((await import(path.join(examplesFolder, name, 'service.ts'))) as { default: unknown }).default;
    const fromTypeScript = generate({ service: declaration, platform: null });
    expect(expectedFiles(fromTypeScript)).toEqual(expected);
  });
});
