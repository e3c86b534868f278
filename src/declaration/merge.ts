// Merges what an environment changes into the declaration: maps deeply, lists replaced, null removes.

type Plain = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The declaration as it holds in an environment; neither input is changed. */
export function mergeDeclaration(base: unknown, override: unknown): unknown {
  if (!isMap(base) || !isMap(override)) return override;
  const merged = new Map<string, unknown>(Object.entries(base));
  for (const [key, value] of Object.entries(override)) {
    if (value === null) merged.delete(key);
    else merged.set(key, isMap(value) ? mergeDeclaration(isMap(merged.get(key)) ? merged.get(key) : {}, value) : value);
  }
  return Object.fromEntries(merged);
}
