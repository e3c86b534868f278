// What is printed of an error that nobody expected.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failureText } from '../../../src/write/cli/failure';
import { scratchFolder } from '../scratch';

function thrownBy(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

describe('failureText', () => {
  it('is the sentence of the operating system', () => {
    const folder = scratchFolder();
    expect(failureText(thrownBy(() => readFileSync(folder)))).toMatch(
      /^groundwork: EISDIR: .*: nothing was written\.\n$/,
    );
  });

  it('is a fault of ours otherwise, told once', () => {
    expect(failureText(new Error('odd'))).toMatch(/^BUG: Error: odd\n/);
    expect(failureText(new Error('BUG: odd'))).toMatch(/^Error: BUG: odd\n/);
    expect(failureText('odd')).toBe('BUG: odd\n');
  });
});
