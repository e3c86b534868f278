// Every refused case holds the whole text that a person sees. `UPDATE_REFUSED=1 npx vitest run test/refused.test.ts` writes them anew.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isError } from '../src/diagnostics';
import { diagnosticsText } from '../src/write/cli/print-diagnostics';
import { evaluate } from '../src/write/declared/evaluate';

const update = process.env.UPDATE_REFUSED === '1';
const folder = path.join(__dirname, 'refused');

describe.each(readdirSync(folder).sort())('%s', (code) => {
  const at = (name: string): string => path.join(folder, code, name);
  const platform = existsSync(at('platform.yaml')) ? { file: at('platform.yaml'), shown: 'platform.yaml' } : null;

  it('is refused with the whole message, and nothing is rendered', async () => {
    const { diagnostics, files } = await evaluate({ file: at('service.yaml'), shown: 'service.yaml' }, platform);
    expect(diagnostics.map((found) => found.code)).toContain(code);
    expect(files.length === 0).toBe(diagnostics.some(isError));
    const text = diagnosticsText(diagnostics, 'service.yaml', true);
    if (update) writeFileSync(at('expected.txt'), text);
    expect(text).toBe(readFileSync(at('expected.txt'), 'utf8'));
  });
});
