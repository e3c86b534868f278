// Every refused platform holds the whole text that a person sees. `UPDATE_REFUSED=1 npx vitest run test/refused-platform.test.ts` writes them anew.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isError } from '../src/diagnostics';
import { diagnosticsText } from '../src/write/cli/print-diagnostics';
import { evaluatePlatform } from '../src/write/declared/evaluate-platform';

const update = process.env.UPDATE_REFUSED === '1';
const folder = path.join(__dirname, 'refused-platform');

describe.each(readdirSync(folder).sort())('%s', (code) => {
  const at = (name: string): string => path.join(folder, code, name);

  it('is refused with the whole message, and nothing is rendered', async () => {
    const { diagnostics, files } = await evaluatePlatform({ file: at('platform.yaml'), shown: 'platform.yaml' });
    expect(diagnostics.map((found) => found.code)).toContain(code);
    expect([...files].length === 0).toBe(diagnostics.some(isError));
    for (const found of diagnostics) expect(found.place?.file).toBe(found.declaration);
    const text = diagnosticsText(diagnostics, 'platform.yaml', true);
    if (update) writeFileSync(at('expected.txt'), text);
    expect(text).toBe(readFileSync(at('expected.txt'), 'utf8'));
  });
});
