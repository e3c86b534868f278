// Turns a compose document into one in which nothing is interpolated from the host's environment.

/** `$` begins a variable in every value of a compose file, and `$$` is the character itself. Keys are not interpolated. */
export function withoutInterpolation(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return value.map(withoutInterpolation);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutInterpolation(inner)]));
  }
  return value;
}
