// An interrupt in the middle of writing waits until it is done.
import { describe, expect, it } from 'vitest';
import { holdingSignals } from '../../../src/write/disk/hold-signals';

const listeners = (): number => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM');

describe('holdingSignals', () => {
  it('listens during the step only, even when it fails', () => {
    const before = listeners();
    let during = 0;
    holdingSignals(() => {
      during = listeners();
    });
    expect([during, listeners()]).toEqual([before + 2, before]);
    const failing = (): void => {
      throw new Error('injected');
    };
    expect(() => holdingSignals(failing)).toThrow('injected');
    expect(listeners()).toBe(before);
  });
});
