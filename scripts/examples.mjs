// Writes the committed output of every example anew: `npm run examples`, then look at the difference.
import { spawnSync } from 'node:child_process';
import { root } from './root.mjs';

const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/examples.test.ts', 'test/platform-example.test.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, UPDATE_EXAMPLES: '1' },
  },
);
process.exit(status ?? 1);
