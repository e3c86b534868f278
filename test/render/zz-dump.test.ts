import { mkdirSync, writeFileSync, chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { it } from 'vitest';
import { renderCompose } from '../../src/render/compose';
import { composePlan } from './fixtures/compose-plan';
it('dump', () => {
  const out = process.env['DUMP'] ?? '';
  for (const file of renderCompose(composePlan())) {
    const path = join(out, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.body);
    chmodSync(path, file.executable ? 0o755 : 0o644);
  }
});
