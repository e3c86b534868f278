// Decides ports of the host that no service has.

/** Each wish, or the first free port above it. */
export function freePorts(wishes: readonly number[], taken: readonly number[]): number[] {
  const used = new Set(taken);
  return wishes.map((wish) => {
    let port = wish;
    while (used.has(port)) port += 1;
    used.add(port);
    return port;
  });
}
