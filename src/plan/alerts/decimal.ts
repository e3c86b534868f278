// Exact decimal arithmetic: an error budget is printed as 0.001, not as 1 - 0.999 = 0.0010000000000000009.

/** `units / 10^scale` */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Digits after the point that a quotient without an end keeps. */
const quotientDigits = 12;

const power = (exponent: number): bigint => 10n ** BigInt(exponent);

function strip({ units, scale }: Decimal): Decimal {
  let result = { units, scale };
  while (result.scale > 0 && result.units % 10n === 0n) result = { units: result.units / 10n, scale: result.scale - 1 };
  return result;
}

/** Reads `0.999`, `14`, `1e-7` (as JavaScript spells small numbers). */
export function decimal(value: string | number): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(String(value));
  if (match === null) throw new Error(`BUG: ${value} is no decimal number`);
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match;
  const units = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return strip(scale >= 0 ? { units, scale } : { units: units * power(-scale), scale: 0 });
}

/** Reads `99.9%` as 0.999, and a number without `%` as itself. */
export const ratio = (text: string): Decimal =>
  text.endsWith('%') ? multiply(decimal(text.slice(0, -1)), { units: 1n, scale: 2 }) : decimal(text);

export const multiply = (a: Decimal, b: Decimal): Decimal =>
  strip({ units: a.units * b.units, scale: a.scale + b.scale });

function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [a.units * power(scale - a.scale), b.units * power(scale - b.scale), scale];
}

export function add(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = aligned(a, b);
  return strip({ units: left + right, scale });
}

export const subtract = (a: Decimal, b: Decimal): Decimal => add(a, { units: -b.units, scale: b.scale });

/** Negative, zero or positive, as a sort function wants it. */
export function compare(a: Decimal, b: Decimal): number {
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Rounded down after twelve digits. Both positive. */
export function divide(a: Decimal, b: Decimal): Decimal {
  const [left, right] = aligned(a, b);
  return strip({ units: (left * power(quotientDigits)) / right, scale: quotientDigits });
}

/** Smallest whole number that is not below a / b. Both positive. */
export function ceilingOfQuotient(a: Decimal, b: Decimal): number {
  const [left, right] = aligned(a, b);
  return Number((left + right - 1n) / right);
}

export function text(value: Decimal): string {
  const { units, scale } = strip(value);
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** 0.0144 as `1.44%`. */
export const percentText = (value: Decimal): string => `${text(multiply(value, decimal(100)))}%`;

/** The nearest number with so many significant digits, away from zero or towards it. Positive values. */
export function significant(value: Decimal, digits: number, rounding: 'up' | 'down'): Decimal {
  const { units, scale } = strip(value);
  const surplus = units.toString().length - digits;
  if (surplus <= 0) return { units, scale };
  const factor = power(surplus);
  const kept = rounding === 'up' ? (units + factor - 1n) / factor : units / factor;
  return strip({ units: kept * factor, scale });
}
