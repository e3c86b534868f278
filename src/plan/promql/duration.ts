// Turns seconds into a Prometheus duration.

const units: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
];

/** The largest unit that gives a whole number: 300 → `5m`, 5400 → `90m`, 45 → `45s`, 0.5 → `500ms`. */
export function duration(seconds: number): string {
  if (!Number.isInteger(seconds)) return `${Math.max(1, Math.round(seconds * 1000))}ms`;
  for (const [unit, length] of units) {
    if (seconds >= length && seconds % length === 0) return `${seconds / length}${unit}`;
  }
  return `${seconds}s`;
}
