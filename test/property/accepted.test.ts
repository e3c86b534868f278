// A thousand declarations: each is either refused, and then nothing is rendered, or rendered without an exception.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isError } from '../../src/diagnostics';
import { generate } from '../../src/generate';
import { anyService } from './declarations';

it('renders or refuses every declaration', () => {
  let accepted = 0;
  fc.assert(
    fc.property(anyService, (service) => {
      const { files, diagnostics } = generate({ service, platform: null });
      expect(files.length === 0).toBe(diagnostics.some(isError));
      if (files.length > 0) accepted++;
    }),
    { numRuns: 1000, seed: 20261124 },
  );
  // Else the arbitraries would only show what is refused.
  expect(accepted).toBeGreaterThan(500);
}, 240_000);
