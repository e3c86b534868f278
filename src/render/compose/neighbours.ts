// Turns the edges of one service into what each of its containers reaches on a laptop.
import type { BackingContainerPlan, EnvironmentPlan } from '../../plan/types';
import type { Neighbours } from '../shared/compose/application';
import { afterServers } from '../shared/compose/dependencies';
import { outsideNetwork, publishedNetwork } from '../shared/compose/fixed';
import type { Component } from '../shared/compose/networks';

/** Label by which an edge says which backing resource is at its other end. */
const instanceLabel = 'app.kubernetes.io/instance';

/** The backing servers that a component has an edge to. */
function serversOf(environment: EnvironmentPlan, component: Component): readonly BackingContainerPlan[] {
  const instances = environment.network.egress.map(({ peer, components }) =>
    peer.kind === 'pods' && components.includes(component) ? peer.labels[instanceLabel] : undefined,
  );
  return environment.backing.filter(({ name, oneShot }) => !oneShot && instances.includes(name));
}

const reachesOutside = (environment: EnvironmentPlan, component: Component): boolean =>
  environment.network.egress.some(
    ({ peer, components }) => peer.kind === 'addresses' && components.includes(component),
  );

/** One way in or out at most: with two of them the engine picks the default route by the networks' names. */
function door(environment: EnvironmentPlan, component: Component): readonly string[] {
  if (reachesOutside(environment, component)) return [outsideNetwork];
  return component === 'web' && environment.publishedPort !== null ? [publishedNetwork] : [];
}

/** A container joins the network of each server that it uses, and starts after these are ready and prepared. */
export function neighbours(environment: EnvironmentPlan, component: Component): Neighbours {
  const servers = serversOf(environment, component);
  return {
    networks: [...servers.map(({ name }) => name), ...door(environment, component)],
    after: afterServers(servers, environment.backing),
  };
}
