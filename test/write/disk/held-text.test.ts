// Texts come back as they were, whether they are held as they are or packed.
import { describe, expect, it } from 'vitest';
import { textHolder } from '../../../src/write/disk/held-text';

describe('textHolder', () => {
  it.each([0, 3000, 1_000_000])('gives back every text beyond %i characters', (limit) => {
    const hold = textHolder(limit);
    const texts = ['', 'short\n', 'ä → 🌱\n'.repeat(900), 'line\r\n'.repeat(2000)];
    expect(texts.map(hold).map((held) => held())).toEqual(texts);
  });
});
