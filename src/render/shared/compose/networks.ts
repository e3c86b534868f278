// Turns names of networks into what compose says about them: who shares one reaches each other.
import type { BackingContainerPlan, NetworkEdge } from '../../../plan/types';
import type { LaptopAddressesPlan, LaptopNetworkPlan } from '../../../plan/types/platform';
import { outsideNetwork, publishedNetwork } from './fixed';
import type { ComposeService } from './service';

export type Component = NetworkEdge['components'][number];

/** `networks` of a container, or no network at all: without either, compose would join it to the default one. */
export function joined(names: readonly string[]) {
  return names.length === 0 ? { network_mode: 'none' } : { networks: [...new Set(names)] };
}

/** The networks between two ends that a container of the platform is on: where it calls, and where it is called. */
export const networksBetween = (networks: readonly LaptopNetworkPlan[], container: string): readonly string[] =>
  networks.filter(({ caller, callee }) => caller === container || callee === container).map(({ name }) => name);

/** Where it is called. */
export const networksInto = (networks: readonly LaptopNetworkPlan[], container: string): readonly string[] =>
  networks.filter(({ callee }) => callee === container).map(({ name }) => name);

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

/** Who is on one of the ways out and in has nothing to do with the others on it: https://docs.docker.com/engine/network/drivers/bridge/#options */
const apart = { 'com.docker.network.bridge.enable_icc': 'false' };

/** Those of a platform, with the addresses that the plan gives them. */
export function platformNetworks({ prefix, variable, subnets }: LaptopAddressesPlan, names: readonly string[]) {
  const declared = networkDeclarations(names, (name) =>
    subnets[name] === undefined ? null : `\${${variable}:-${prefix}}.${subnets[name]}`,
  );
  return Object.fromEntries(
    Object.entries(declared).map(([name, network]) =>
      'internal' in network
        ? [name, network]
        : [name, { ...network, driver_opts: { ...('driver_opts' in network ? network.driver_opts : {}), ...apart } }],
    ),
  );
}
