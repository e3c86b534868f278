// Turns one environment of the platform into the boxes and lines of a picture.
import type {
  BackingInstancePlan,
  EdgeEnd,
  PlatformEdgePlan,
  PlatformPlan,
  PlatformServicePlan,
  PublicRoutePlan,
} from '../../plan/types/platform';

/** One environment, in a cluster or run by compose. */
export interface PlaceView {
  readonly name: string;
  readonly runs: 'kubernetes' | 'compose';
  readonly instances: readonly BackingInstancePlan[];
  readonly edges: readonly PlatformEdgePlan[];
  readonly routes: readonly PublicRoutePlan[];
}

export interface MapNode {
  /** `kind/name`. */
  readonly id: string;
  readonly kind: EdgeEnd['kind'];
  readonly name: string;
  /** Second line of the box. */
  readonly note: string;
  readonly isCritical: boolean;
}

export interface MapEdge {
  readonly from: string;
  readonly to: string;
  readonly toKind: EdgeEnd['kind'];
  readonly port: number;
  readonly optional: boolean;
  readonly why: string;
}

export interface MapGraph {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

/** Who runs a resource, in words. */
export const runsWords: Readonly<Record<BackingInstancePlan['runs'], string>> = {
  container: 'container',
  operator: 'operator',
  aws: 'AWS',
  external: 'external',
};

export const idOf = ({ kind, name }: EdgeEnd): string => `${kind}/${name}`;

/** Every environment once, in the order of promotion: as the cluster has it where there is one. */
export function placesOf(plan: PlatformPlan): PlaceView[] {
  return plan.laptops.map(({ name, instances, edges, proxy }) => {
    const cluster = plan.clusters.find((one) => one.name === name);
    return cluster === undefined
      ? { name, runs: 'compose', instances, edges, routes: proxy.routes }
      : { name, runs: 'kubernetes', instances: cluster.instances, edges: cluster.edges, routes: cluster.routes };
  });
}

/** Watching is left out: it reaches everything, and a picture of that shows nothing else. */
const isDrawn = ({ by }: PlatformEdgePlan): boolean => by !== 'http.metrics' && by !== 'platform';

export function graphOf(plan: PlatformPlan, place: PlaceView): MapGraph {
  const drawn = place.edges.filter(isDrawn);
  const ends = new Map(drawn.flatMap(({ from, to }) => [from, to]).map((end) => [idOf(end), end]));
  for (const { name } of plan.services) ends.set(`service/${name}`, { kind: 'service', name });
  for (const { name } of place.instances) ends.set(`resource/${name}`, { kind: 'resource', name });
  const services = new Map(plan.services.map((service) => [service.name, service]));
  const nodes = [...ends.values()].map((end) => nodeOf(services, place, end));
  const edges = new Map<string, MapEdge>();
  for (const { from, to, port, optional, why } of drawn) {
    const key = `${idOf(from)} ${idOf(to)}`;
    const known = edges.get(key);
    edges.set(key, {
      from: idOf(from),
      to: idOf(to),
      toKind: to.kind,
      port,
      // The door works without any service: that says nothing about the service.
      optional: optional && from.kind === 'service' && (known?.optional ?? true),
      why,
    });
  }
  return { nodes: nodes.sort((a, b) => (a.id < b.id ? -1 : 1)), edges: [...edges.values()] };
}

function nodeOf(
  services: ReadonlyMap<string, PlatformServicePlan>,
  place: PlaceView,
  { kind, name }: EdgeEnd,
): MapNode {
  const node = { id: `${kind}/${name}`, kind, name, isCritical: false };
  if (kind === 'service') {
    const service = services.get(name);
    if (service === undefined) return { ...node, note: 'declared elsewhere' };
    return { ...node, note: service.owner, isCritical: service.tier === 'critical' };
  }
  if (kind === 'resource') {
    const instance = place.instances.find((one) => one.name === name);
    return {
      ...node,
      note: instance === undefined ? '' : `${instance.title} ${instance.version} · ${runsWords[instance.runs]}`,
    };
  }
  return { ...node, note: kind === 'outside' ? 'outside' : 'the way in' };
}
