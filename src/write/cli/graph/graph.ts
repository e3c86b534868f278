// What a graph is made of: ends, and who needs whom, over all environments or in one.

export interface GraphEnd {
  readonly kind: 'service' | 'resource' | 'outside';
  readonly name: string;
}

export interface GraphEdge {
  readonly from: GraphEnd;
  readonly to: GraphEnd;
  /** More than one where environments differ. */
  readonly ports: readonly number[];
  /** Whether the caller works without the other end. */
  readonly optional: boolean;
  readonly why: string;
  /** Those that have the edge; null = all that were asked for. */
  readonly environments: readonly string[] | null;
}

export interface Graph {
  readonly name: string;
  /** Sorted; services that nobody needs and that need nothing are among them. */
  readonly ends: readonly GraphEnd[];
  /** Sorted by both ends. */
  readonly edges: readonly GraphEdge[];
}

/** An edge in one environment. */
export interface EdgeThere extends Omit<GraphEdge, 'ports' | 'environments'> {
  readonly port: number | null;
  readonly environment: string;
}

/** Who sends requests to public paths. */
export const internet: GraphEnd = { kind: 'outside', name: 'internet' };

/** The internet first, then services, then what they use, then outside hosts. */
const rank = ({ kind, name }: GraphEnd): string =>
  kind === internet.kind && name === internet.name
    ? '0'
    : `${['service', 'resource', 'outside'].indexOf(kind) + 1} ${name}`;

export const keyOf = ({ kind, name }: GraphEnd): string => `${kind} ${name}`;

const byKey = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const edgeKey = ({ from, to, why }: Pick<GraphEdge, 'from' | 'to' | 'why'>): string =>
  [rank(from), rank(to), why].join('\n');

export function graphOf(
  name: string,
  services: readonly string[],
  environments: readonly string[],
  there: readonly EdgeThere[],
): Graph {
  const groups = new Map<string, EdgeThere[]>();
  for (const edge of there) groups.set(edgeKey(edge), [...(groups.get(edgeKey(edge)) ?? []), edge]);
  const edges = [...groups.values()].flatMap((group): GraphEdge[] => {
    const [first] = group;
    if (first === undefined) return [];
    const having = environments.filter((environment) => group.some((edge) => edge.environment === environment));
    const ports = [...new Set(group.flatMap(({ port }) => (port === null ? [] : [port])))].sort((a, b) => a - b);
    const { from, to, why } = first;
    const optional = group.every((edge) => edge.optional);
    return [{ from, to, ports, optional, why, environments: having.length === environments.length ? null : having }];
  });
  const own = services.map((service): GraphEnd => ({ kind: 'service', name: service }));
  const ends = new Map([...own, ...edges.flatMap(({ from, to }) => [from, to])].map((end) => [keyOf(end), end]));
  return {
    name,
    ends: [...ends.values()].sort((a, b) => byKey(rank(a), rank(b))),
    edges: edges.sort((a, b) => byKey(edgeKey(a), edgeKey(b))),
  };
}
