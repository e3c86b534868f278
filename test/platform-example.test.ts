// The committed output of every example platform is what is generated today: neither missing nor surplus nor different.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { examplesFolder, expectedPlatformFiles, generateFolder, platformNames } from './support/platform-examples';

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

describe.each(platformNames)('platform %s', (name) => {
  const outcome = generateFolder(path.join(examplesFolder, name));
  const expected = expectedPlatformFiles(outcome);
  const folder = path.join(examplesFolder, name, 'expected');

  it('is accepted without a warning', () => {
    expect(outcome.diagnostics).toEqual([]);
    expect(outcome.services.length).toBeGreaterThan(2);
  });

  it('makes every file once', () => {
    const paths = outcome.files.map((file) => file.path);
    expect(paths.filter((file, index) => paths.indexOf(file) !== index)).toEqual([]);
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
});
