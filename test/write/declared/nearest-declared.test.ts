// Where a diagnostic is shown that is about a value nobody wrote, or about one environment.
import { describe, expect, it } from 'vitest';
import { nearestDeclared } from '../../../src/write/declared/nearest-declared';

const declared = {
  scale: { min: 2 },
  needs: { postgres: { pool: 5 } },
  secrets: [{ name: 'A' }],
  environments: { staging: { scale: { min: 1 } }, production: null },
};

describe('nearestDeclared', () => {
  it.each([
    [
      ['needs', 'postgres', 'pool'],
      ['needs', 'postgres', 'pool'],
    ],
    [
      ['secrets', 0, 'name'],
      ['secrets', 0, 'name'],
    ],
    [['scale', 'max'], ['scale']],
    [['size', 'memory'], []],
    [
      ['environments', 'staging', 'scale', 'min'],
      ['environments', 'staging', 'scale', 'min'],
    ],
    [
      ['environments', 'staging', 'scale', 'max'],
      ['environments', 'staging', 'scale'],
    ],
    [
      ['environments', 'staging', 'needs', 'postgres', 'pool'],
      ['needs', 'postgres', 'pool'],
    ],
    [
      ['environments', 'production', 'needs', 'postgres', 'pool'],
      ['needs', 'postgres', 'pool'],
    ],
    [
      ['environments', 'production', 'size'],
      ['environments', 'production'],
    ],
    [['environments', 'unknown'], ['environments']],
  ])('of %j is %j', (path, expected) => expect(nearestDeclared(declared, path)).toEqual(expected));
});
