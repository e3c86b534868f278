// Turns quantities with units, already matched by the schema's patterns, into plain numbers.

const memoryUnits: Readonly<Record<string, number>> = { Ki: 1 / 1024, Mi: 1, Gi: 1024, Ti: 1024 * 1024 };
const durationUnits: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
const rateUnits: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600 };

/** `512Mi` → 512. Unit: MiB. A fraction of a MiB is rounded up. */
export function parseMemoryMiB(text: string): number {
  const unit = text.slice(-2);
  return Math.ceil(Number(text.slice(0, -2)) * (memoryUnits[unit] ?? Number.NaN));
}

/** `500m`, `0.5` or 0.5 → 500. Unit: thousandths of a core, rounded up. */
export function parseCpuMillis(value: string | number): number {
  const text = String(value);
  return Math.ceil(Number((text.endsWith('m') ? Number(text.slice(0, -1)) : Number(text) * 1000).toFixed(6)));
}

/** `1h30m` → 5400, `200ms` → 0.2. Unit: seconds. */
export function parseDurationSeconds(text: string): number {
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)/g)) {
    seconds += Number(amount) * (durationUnits[unit ?? ''] ?? Number.NaN);
  }
  return Number(seconds.toFixed(6));
}

/** `99.9%` → 0.999. */
export const parseRatio = (text: string): number => Number((Number(text.slice(0, -1)) / 100).toFixed(12));

/** `70%` → 70. */
export const parsePercent = (text: string): number => Number(text.slice(0, -1));

/** A rate as declared: `10000/min` → 10000 per 60 s. */
export function parseRate(text: string): {
  readonly amount: number;
  readonly perSeconds: number;
  readonly unit: 's' | 'min' | 'h';
} {
  const [amount = '', unit = ''] = text.split('/');
  return { amount: Number(amount), perSeconds: rateUnits[unit] ?? Number.NaN, unit: unit as 's' | 'min' | 'h' };
}

/** `200m..500m` → both amounts; one amount stands for both. */
export function parseRange<T>(
  value: string | number,
  parse: (text: string) => T,
): { readonly request: T; readonly limit: T } {
  const [request = '', limit] = String(value).split('..');
  return { request: parse(request), limit: parse(limit ?? request) };
}

const spellings: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
];

/** 5400 → `1h30m`, 0.2 → `200ms`: a duration as a person writes it. */
export function spellDuration(seconds: number): string {
  if (seconds === 0) return '0s';
  if (seconds < 1) return `${Number((seconds * 1000).toFixed(3))}ms`;
  let rest = seconds;
  let text = '';
  for (const [unit, size] of spellings) {
    const amount = unit === 's' ? Number(rest.toFixed(3)) : Math.floor(rest / size);
    if (amount > 0) text += `${amount}${unit}`;
    rest -= amount * size;
  }
  return text;
}
