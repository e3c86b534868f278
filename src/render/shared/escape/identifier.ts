// A name that stands in code as it is.

/** Throws for anything that is no plain identifier: such a name cannot come from a valid declaration. */
export function identifier(value: unknown): string {
  const text = String(value);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) throw new Error(`BUG: "${text}" is no identifier`);
  return text;
}
