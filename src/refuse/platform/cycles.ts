// Finds who waits for whom in a circle, in time linear in the calls: the number of ways through a platform grows without bound.

type Calls = ReadonlyMap<string, readonly string[]>;

/** The shortest way from a name back to itself through the calls; empty when there is none. */
function shortestCycle(from: string, calls: Calls, within: ReadonlySet<string>): string[] {
  const before = new Map<string, string>();
  const queue = [from];
  for (let index = 0; index < queue.length; index++) {
    const name = queue[index] as string;
    for (const next of calls.get(name) ?? []) {
      if (next === from) {
        const path = [name];
        for (let at = name; at !== from; ) {
          at = before.get(at) as string;
          path.push(at);
        }
        return path.reverse();
      }
      if (!within.has(next) || before.has(next)) continue;
      before.set(next, name);
      queue.push(next);
    }
  }
  return [];
}

/** What is left when everything that waits for nobody, or for whom nobody waits, is taken away again and again. */
function entangled(calls: Calls): Set<string> {
  const targets = [...calls.values()].flat();
  const left = new Set([...calls.keys(), ...targets]);
  const open = new Map([...left].map((name) => [name, new Set((calls.get(name) ?? []).filter((to) => left.has(to)))]));
  const callers = new Map<string, string[]>();
  for (const [name, to] of open) for (const each of to) callers.set(each, [...(callers.get(each) ?? []), name]);
  const free = [...left].filter((name) => open.get(name)?.size === 0);
  for (let index = 0; index < free.length; index++) {
    const name = free[index] as string;
    left.delete(name);
    for (const caller of callers.get(name) ?? []) {
      open.get(caller)?.delete(name);
      if (left.has(caller) && open.get(caller)?.size === 0) free.push(caller);
    }
  }
  return left;
}

/** One cycle for each group of names that wait for each other, each beginning with its first name. */
export function cyclesOf(calls: Calls): string[][] {
  const left = entangled(calls);
  const cycles: string[][] = [];
  for (const name of [...left].sort()) {
    if (!left.has(name)) continue;
    const cycle = shortestCycle(name, calls, left);
    // One that waits for a circle is not in it.
    left.delete(name);
    if (cycle.length === 0) continue;
    for (const each of cycle) left.delete(each);
    cycles.push(cycle);
  }
  return cycles;
}
