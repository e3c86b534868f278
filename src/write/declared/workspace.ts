// Says in a service's declaration in which folder of the repository it is, where the declaration does not.

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const runtimeOf = (value: unknown): unknown => (isMap(value) ? (value.runtime ?? {}) : null);

/** Everything is built from the root of the repository: a service that does not say its folder is in that of its declaration. */
export function withWorkspace(value: unknown, folder: string | null): unknown {
  const runtime = runtimeOf(value);
  if (folder === null || !isMap(runtime) || runtime.workspace !== undefined) return value;
  return { ...(value as object), runtime: { ...runtime, workspace: folder } };
}
