import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ceilingOfQuotient,
  decimal,
  divide,
  multiply,
  percentText,
  ratio,
  significant,
  subtract,
  text,
} from '../../../src/plan/alerts/decimal';
import { humanize, humanizeDuration, humanizePercentage } from '../../../src/plan/alerts/humanize';

describe('exact decimals', () => {
  it('prints an error budget without the noise of binary fractions', () => {
    expect(1 - 0.999).not.toBe(0.001);
    expect(text(subtract(decimal(1), ratio('99.9%')))).toBe('0.001');
    expect(text(subtract(decimal(1), ratio('99.999%')))).toBe('0.00001');
    expect(text(multiply(decimal('14.4'), decimal('0.001')))).toBe('0.0144');
  });

  it('reads what JavaScript prints', () => {
    expect(text(decimal(1e-7))).toBe('0.0000001');
    expect(text(decimal(2e21))).toBe('2000000000000000000000');
    expect(text(decimal('-0.50'))).toBe('-0.5');
    expect(() => decimal('1,5')).toThrow('BUG');
  });

  it('rounds quotients and significant digits in the direction that is asked for', () => {
    expect(text(divide(decimal(2), decimal(3)))).toBe('0.666666666666');
    expect(ceilingOfQuotient(decimal(1), decimal('0.0144'))).toBe(70);
    expect(ceilingOfQuotient(decimal(1), decimal('0.5'))).toBe(2);
    expect(text(significant(decimal('0.01728'), 2, 'up'))).toBe('0.018');
    expect(text(significant(decimal('0.01728'), 2, 'down'))).toBe('0.017');
    expect(text(significant(decimal(12345), 2, 'up'))).toBe('13000');
    expect(percentText(ratio('99.9%'))).toBe('99.9%');
  });

  it('keeps every decimal that it reads', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: 0, max: 20 }), (units, scale) => {
        const once = text({ units, scale });
        expect(text(decimal(once))).toBe(once);
        expect(text(subtract(decimal(once), decimal(once)))).toBe('0');
      }),
    );
  });
});

describe('numbers as Prometheus prints them', () => {
  // Expected values: the functions of https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
  it('humanizes', () => {
    expect(humanize(decimal(0))).toBe('0');
    expect(humanize(decimal(150))).toBe('150');
    expect(humanize(decimal(25_000))).toBe('25k');
    expect(humanize(decimal('0.002'))).toBe('2m');
    expect(humanizePercentage(decimal('0.9375'))).toBe('93.75%');
    expect(humanizeDuration(90)).toBe('1m 30s');
    expect(humanizeDuration(10_800)).toBe('3h 0m 0s');
    expect(humanizeDuration(31 * 86_400 + 5)).toBe('31d 0h 0m 5s');
  });
});
