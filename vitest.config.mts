// Where the tests are, and how they run on a small machine.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The end-to-end tests start processes and pack tarballs; on two busy cores a minute is not long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'threads',
    maxWorkers: 2,
    server: {
      deps: {
        // Compiled validators and templates are CommonJS already: Node loads them, vite must not rewrite them.
        external: [/\/src\/generated\//],
      },
    },
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['src/generated/**'] },
  },
});
