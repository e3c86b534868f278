// Turns the plan's edges into networks of a compose file: one per container that others reach, so that nobody reaches more than it needs.
import type { BackingContainerPlan, EnvironmentPlan, NetworkEdge, WorkloadPlan } from '../../plan/types';
import { outsideNetwork, publishedNetwork } from './fixed';

export type Component = NetworkEdge['components'][number];

/** Label by which an edge says which backing resource is at its other end. */
const instanceLabel = 'app.kubernetes.io/instance';

/** The backing servers that a component has an edge to. */
export function serversOf(environment: EnvironmentPlan, component: Component): readonly BackingContainerPlan[] {
  const instances = environment.network.egress.map(({ peer, components }) =>
    peer.kind === 'pods' && components.includes(component) ? peer.labels[instanceLabel] : undefined,
  );
  return environment.backing.filter(({ name, oneShot }) => !oneShot && instances.includes(name));
}

const reachesOutside = (environment: EnvironmentPlan, component: Component): boolean =>
  environment.network.egress.some(
    ({ peer, components }) => peer.kind === 'addresses' && components.includes(component),
  );

/** `networks` of a container of the service, or no network at all: without either, compose would join it to the default one. */
function joined(names: readonly string[]) {
  return names.length === 0 ? { network_mode: 'none' } : { networks: names };
}

/** One way in or out at most: with two of them the engine picks the default route by the networks' names. */
function door(environment: EnvironmentPlan, component: Component): readonly string[] {
  if (reachesOutside(environment, component)) return [outsideNetwork];
  return component === 'web' && environment.publishedPort !== null ? [publishedNetwork] : [];
}

/** A container of the service joins the network of each server that it uses; one that listens has a network of its own for its callers. */
export function applicationNetworks(environment: EnvironmentPlan, component: Component, workload: WorkloadPlan | null) {
  const own = workload !== null && workload.port !== null ? [workload.name] : [];
  const servers = serversOf(environment, component).map(({ name }) => name);
  return joined([...own, ...servers, ...door(environment, component)]);
}

/** A server has a network of its own; what prepares it, or needs it, joins that one. */
export const backingNetworks = (container: BackingContainerPlan) =>
  joined(container.oneShot ? container.after : [container.name, ...container.after]);

/** The declarations of all networks that the services join. */
export function networkDeclarations(services: Readonly<Record<string, Readonly<Record<string, unknown>>>>) {
  const names = new Set(
    Object.values(services).flatMap(({ networks }) => (Array.isArray(networks) ? networks.map(String) : [])),
  );
  const declaration = (name: string) => {
    if (name === outsideNetwork) return {};
    // Packets leave with an address that nobody outside answers to; the published port is still reached from the host.
    if (name === publishedNetwork)
      return { driver_opts: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' } };
    return { internal: true };
  };
  return Object.fromEntries([...names].sort().map((name) => [name, declaration(name)]));
}
