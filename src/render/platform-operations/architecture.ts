// Lays out who is there, who needs whom, where data is and what is public.
import type {
  BackingInstancePlan,
  ClusterPlan,
  LaptopPlan,
  PlatformEdgePlan,
  PlatformPlan,
} from '../../plan/types/platform';
import { linkTo, orDash } from './links';

const runsWords: Readonly<Record<BackingInstancePlan['runs'], string>> = {
  container: 'a container',
  operator: 'an operator in the cluster',
  aws: 'AWS',
  external: 'somebody else',
};

const routesOf = (place: ClusterPlan | LaptopPlan) => ('routes' in place ? place.routes : place.proxy.routes);

function edgeRows(names: readonly string[], edges: readonly PlatformEdgePlan[]): object[] {
  const between = edges.filter(({ by }) => by === 'needs' || by === 'needs.services' || by === 'needs.http');
  return names.map((name) => {
    const needs = between
      .filter(({ from }) => from.kind === 'service' && from.name === name)
      .map(({ to, optional }) => `${to.name}${optional ? ' (optional)' : ''}`);
    const callers = between
      .filter(({ from, to }) => to.kind === 'service' && to.name === name && from.kind === 'service')
      .map(({ from }) => from.name);
    return { name, needs: orDash([...new Set(needs)]), callers: orDash([...new Set(callers)]) };
  });
}

function placeRows({ clusters, laptops }: PlatformPlan): object[] {
  const inClusters = new Set(clusters.map(({ name }) => name));
  return [
    ...laptops
      .filter(({ name }) => !inClusters.has(name))
      .map(({ name }) => ({ name, runs: 'compose, on one machine', account: '–', region: '–', namespaces: '–' })),
    ...clusters.map(({ name, cluster, account, region, namespaces }) => ({
      name,
      runs: cluster === null ? 'Kubernetes' : `Kubernetes: ${cluster}`,
      account: account ?? '–',
      region,
      namespaces: orDash(namespaces.map((namespace) => namespace.name)),
    })),
  ];
}

export function architecture(plan: PlatformPlan): Readonly<Record<string, unknown>> {
  const place = plan.clusters.at(-1) ?? plan.laptops[0];
  const users = ({ uses }: BackingInstancePlan): string => orDash([...new Set(uses.map(({ service }) => service))]);
  return {
    name: plan.identity.name,
    place: place?.name ?? '',
    services: plan.services.map(({ name, description, owner, tier, folder, declaration }) => ({
      name,
      about: description,
      owner,
      tier,
      link: folder === null ? null : linkTo(declaration),
    })),
    edges: edgeRows(
      plan.services.map(({ name }) => name),
      place?.edges ?? [],
    ),
    stores: (place?.instances ?? []).map((instance) => ({
      name: `${instance.name}: ${instance.title} ${instance.version}`,
      runs: runsWords[instance.runs],
      users: users(instance),
    })),
    routes: (place === undefined ? [] : routesOf(place)).map(({ host, path, service }) => ({
      address: `https://${host}${path}`,
      service,
    })),
    places: placeRows(plan),
  };
}
