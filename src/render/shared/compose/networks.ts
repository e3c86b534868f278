// Turns names of networks into what compose says about them: one per container that others reach, so that nobody reaches more than it needs.
import type { BackingContainerPlan, NetworkEdge } from '../../../plan/types';
import { outsideNetwork, publishedNetwork } from './fixed';
import type { ComposeService } from './service';

export type Component = NetworkEdge['components'][number];

/** `networks` of a container, or no network at all: without either, compose would join it to the default one. */
export function joined(names: readonly string[]) {
  return names.length === 0 ? { network_mode: 'none' } : { networks: [...new Set(names)] };
}

/** A server has a network of its own; what prepares it, or needs it, joins that one. */
export const backingNetworks = (container: BackingContainerPlan) =>
  joined(container.oneShot ? container.after : [container.name, ...container.after]);

/** The names of all networks that the services join, sorted. */
export const joinedNetworks = (services: Readonly<Record<string, ComposeService>>): readonly string[] =>
  [
    ...new Set(
      Object.values(services).flatMap(({ networks }) => (Array.isArray(networks) ? networks.map(String) : [])),
    ),
  ].sort();

/** Addresses of a network by its name; null leaves them to the engine. */
export type Subnets = (name: string) => string | null;

/** The declarations of networks, by name. */
export function networkDeclarations(names: readonly string[], subnets: Subnets = () => null) {
  const declaration = (name: string) => {
    if (name === outsideNetwork) return {};
    // Packets leave with an address that nobody outside answers to; the published port is still reached from the host.
    if (name === publishedNetwork)
      return { driver_opts: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' } };
    return { internal: true };
  };
  const addresses = (name: string) => {
    const subnet = subnets(name);
    return subnet === null ? {} : { ipam: { config: [{ subnet }] } };
  };
  return Object.fromEntries(names.map((name) => [name, { ...declaration(name), ...addresses(name) }]));
}
