// Turns the platform's edges into the networks that a container joins and what it waits for.
import type { BackingContainerPlan } from '../../plan/types';
import type { LaptopPlan, PlatformEdgePlan } from '../../plan/types/platform';
import type { Neighbours } from '../shared/compose/application';
import { afterServers, allOf, type Dependencies, whenUp } from '../shared/compose/dependencies';
import { outsideNetwork } from '../shared/compose/fixed';
import type { Component } from '../shared/compose/networks';

/** Containers of every instance, exporters apart. */
export const backingContainers = (laptop: LaptopPlan): readonly BackingContainerPlan[] =>
  laptop.instances.flatMap(({ containers }) => containers);

const webOf = (laptop: LaptopPlan, service: string) =>
  laptop.services
    .find(({ name }) => name === service)
    ?.environment.workloads.find(({ component }) => component === 'web');

/** The network that leads from one end to the other; null for an end that runs somewhere else. */
function networkOf(laptop: LaptopPlan, { from, to }: PlatformEdgePlan): string | null {
  if (to.kind === 'outside') return outsideNetwork;
  const callee = to.kind === 'service' ? webOf(laptop, to.name)?.name : to.name;
  const found = laptop.networks.find((network) => network.caller === from.name && network.callee === callee);
  return found?.name ?? (to.kind === 'resource' ? outsideNetwork : null);
}

/** The door to the outside is last: a container has one way out at most. */
function networksOf(laptop: LaptopPlan, edges: readonly PlatformEdgePlan[]): readonly string[] {
  const names = [...new Set(edges.map((edge) => networkOf(laptop, edge)))].filter((name) => name !== null);
  const inside = names.filter((name) => name !== outsideNetwork).sort();
  return names.includes(outsideNetwork) ? [...inside, outsideNetwork] : inside;
}

/** The networks by which a container of the platform itself reaches what its edges lead to. */
export const networksFrom = (laptop: LaptopPlan, name: string): readonly string[] =>
  networksOf(
    laptop,
    laptop.edges.filter(({ from }) => from.kind === 'platform' && from.name === name),
  );

/** Only what is required is waited for: a service that may be missing is one that nobody stops for. */
function afterCalls(laptop: LaptopPlan, edges: readonly PlatformEdgePlan[]): Dependencies {
  const required = edges.filter(({ to, optional }) => to.kind === 'service' && !optional);
  return allOf(
    required.map(({ to }) => {
      const web = webOf(laptop, to.name);
      return web === undefined ? {} : whenUp(web.name, web.healthCheck !== null);
    }),
  );
}

export function serviceNeighbours(laptop: LaptopPlan, service: string, component: Component): Neighbours {
  const edges = laptop.edges.filter(
    ({ from, components }) => from.kind === 'service' && from.name === service && components.includes(component),
  );
  const used = new Set(edges.flatMap(({ to }) => (to.kind === 'resource' ? [to.name] : [])));
  const backing = backingContainers(laptop);
  const servers = backing.filter(({ name, oneShot }) => !oneShot && used.has(name));
  return {
    networks: networksOf(laptop, edges),
    after: allOf([afterServers(servers, backing), afterCalls(laptop, edges)]),
  };
}
