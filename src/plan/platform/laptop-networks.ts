// Decides the networks of a laptop: one for each pair of ends that an edge joins, so that a container reaches exactly what its edges say.
import type { LaptopNetworkPlan, LaptopServicePlan, PlatformEdgePlan } from '../types/platform';
import type { BackingInstancePlan } from '../types/platform/instance';

/** A dot is in no name of a container, so no two pairs have one name. */
const networkOf = (caller: string, callee: string): LaptopNetworkPlan => ({
  name: `${caller}.${callee}`,
  caller,
  callee,
});

export interface LaptopNetworkInput {
  readonly services: readonly LaptopServicePlan[];
  readonly instances: readonly BackingInstancePlan[];
  readonly edges: readonly PlatformEdgePlan[];
}

/** What prepares a server, or needs another one of its instance, reaches it. */
const insideOf = ({ containers }: BackingInstancePlan): LaptopNetworkPlan[] =>
  containers.flatMap(({ name, after }) =>
    after
      .filter((other) => containers.some((container) => container.name === other && !container.oneShot))
      .map((other) => networkOf(name, other)),
  );

export function planLaptopNetworks({ services, instances, edges }: LaptopNetworkInput): LaptopNetworkPlan[] {
  const servers = new Set(
    instances.flatMap(({ containers }) => containers.filter(({ oneShot }) => !oneShot).map(({ name }) => name)),
  );
  /** The container at the other end; null for one that runs somewhere else, or that listens on nothing. */
  const calleeOf = ({ kind, name }: PlatformEdgePlan['to']): string | null => {
    if (kind === 'platform') return name;
    if (kind === 'resource') return servers.has(name) ? name : null;
    if (kind === 'outside') return null;
    const web = services.find((service) => service.name === name)?.environment.workloads;
    return web?.find(({ component }) => component === 'web')?.name ?? null;
  };
  const all = [
    ...edges.flatMap(({ from, to }) => {
      const callee = calleeOf(to);
      return callee === null ? [] : [networkOf(from.name, callee)];
    }),
    ...instances.flatMap(insideOf),
  ];
  const byName = new Map(all.map((network) => [network.name, network]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
