// Turns a finite number into its digits; anything else is a fault of the plan.

export function number(value: unknown): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`not a number: ${JSON.stringify(value)}`);
  return String(value);
}
