// Diagnostics as a person reads them.
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/diagnostics';
import { diagnosticsText } from '../../../src/write/cli/print-diagnostics';
import { paintFor } from '../../../src/write/cli/terminal';

const diagnostic: Diagnostic = {
  code: 'pool-exceeds-connections',
  severity: 'error',
  path: ['needs', 'postgres', 'pool'],
  place: { file: 'service.yaml', line: 14, column: 12 },
  message: 'One line.\nAnother.',
  fix: 'Lower it.',
};
const warning: Diagnostic = { ...diagnostic, code: 'odd', severity: 'warning', fix: null };
const terminal = { folder: '/', out: () => {}, error: () => {}, isColoured: true };

describe('diagnosticsText', () => {
  it('is place, severity and code, then message and fix', () => {
    expect(
      diagnosticsText([diagnostic, warning], 'service.yaml', true),
    ).toBe(`service.yaml:14:12  error  pool-exceeds-connections
  One line.
  Another.
  Lower it.

service.yaml:14:12  warning  odd
  One line.
  Another.

1 error, 1 warning: nothing was written.
`);
  });

  it('says nothing about writing where there are warnings only, and nothing where there is nothing', () => {
    expect(diagnosticsText([warning, warning], 'service.yaml', true)).toMatch(/\n2 warnings\.\n$/);
    expect(diagnosticsText([], 'service.yaml', true)).toBe('');
  });

  it('shows the path where the declaration has no lines', () => {
    const [head] = diagnosticsText([{ ...diagnostic, place: null }], 'service.ts', false).split('\n');
    expect(head).toBe('service.ts needs.postgres.pool  error  pool-exceeds-connections');
  });

  it('colours on a terminal, and lets no declared text command it', () => {
    const hostile = { ...diagnostic, message: 'a\u001b[2Jb\u0007' };
    expect(diagnosticsText([hostile], 'service.yaml', false)).not.toContain('\u001b');
    const coloured = diagnosticsText([hostile], 'service.yaml', false, paintFor(terminal));
    expect(coloured).toContain('\u001b[31merror\u001b[39m');
    expect(coloured).not.toContain('\u001b[2J');
    expect(
      diagnosticsText([diagnostic], 'service.yaml', false, paintFor({ ...terminal, isColoured: false })),
    ).not.toContain('\u001b');
  });
});
