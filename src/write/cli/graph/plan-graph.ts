// Takes who needs whom out of the plan of a platform, or of one service.
import type { EnvironmentPlan, ServicePlan } from '../../../plan/types';
import type { PlatformEdgePlan, PlatformPlan, PublicRoutePlan } from '../../../plan/types/platform';
import { type EdgeThere, type Graph, type GraphEnd, graphOf, internet } from './graph';

interface EnvironmentThere {
  readonly name: string;
  readonly edges: readonly PlatformEdgePlan[];
  readonly routes: readonly PublicRoutePlan[];
}

/** The cluster of an environment, or the laptop where there is none. */
function environmentsOf({ laptops, clusters }: PlatformPlan): EnvironmentThere[] {
  return laptops.map(
    ({ name, edges, proxy }) =>
      clusters.find((cluster) => cluster.name === name) ?? { name, edges, routes: proxy.routes },
  );
}

/** What the platform itself asks of its services (metrics) is no need of theirs. */
const isNeed = ({ from }: PlatformEdgePlan): boolean => from.kind !== 'platform';

const entry = (environment: string, service: string, port: number | null, host: string, path: string): EdgeThere => ({
  from: internet,
  to: { kind: 'service', name: service },
  port,
  optional: true,
  why: `public at https://${host}${path}`,
  environment,
});

function edgesThere({ name, edges, routes }: EnvironmentThere): EdgeThere[] {
  return [
    ...routes.map(({ host, path, service, port }) => entry(name, service, port, host, path)),
    ...edges.filter(isNeed).map(
      ({ from, to, port, optional, why }): EdgeThere => ({
        from: from as GraphEnd,
        to: to as GraphEnd,
        port,
        optional,
        why,
        environment: name,
      }),
    ),
  ];
}

const isAsked =
  (environment: string | null) =>
  ({ name }: { readonly name: string }): boolean =>
    environment === null || name === environment;

export function platformGraph(plan: PlatformPlan, environment: string | null): Graph {
  const asked = environmentsOf(plan).filter(isAsked(environment));
  const services = plan.services.map(({ name }) => name);
  const names = asked.map(({ name }) => name);
  return graphOf(plan.identity.name, services, names, asked.flatMap(edgesThere));
}

function portOf({ network }: EnvironmentPlan, name: string): number | null {
  const port = network.egress.find((edge) => edge.name === name)?.ports[0]?.port;
  return typeof port === 'number' ? port : null;
}

function needsOf(service: string, port: number | null, environment: EnvironmentPlan): EdgeThere[] {
  const { name, bindings, calls, network, exposure } = environment;
  const to = (end: GraphEnd, at: number | null, optional: boolean, why: string): EdgeThere => ({
    from: { kind: 'service', name: service },
    to: end,
    port: at,
    optional,
    why,
    environment: name,
  });
  const hosts = network.egress.find((edge) => edge.name === 'outside')?.hosts ?? [];
  return [
    ...(exposure?.paths ?? []).map((path) => entry(name, service, port, exposure?.host ?? '', path)),
    ...calls.map((call) =>
      to({ kind: 'service', name: call }, portOf(environment, call), false, `${service} calls ${call}`),
    ),
    ...bindings.map((binding) =>
      to(
        { kind: 'resource', name: binding.instance },
        binding.port,
        binding.optional,
        `${service} needs ${binding.key}`,
      ),
    ),
    ...hosts.map((host) => {
      const [hostName = host, at] = host.split(':');
      return to({ kind: 'outside', name: hostName }, Number(at ?? 443), false, `${service} calls ${host}`);
    }),
  ];
}

export function serviceGraph({ identity, build, environments }: ServicePlan, environment: string | null): Graph {
  const asked = environments.filter(isAsked(environment));
  const names = asked.map(({ name }) => name);
  const edges = asked.flatMap((one) => needsOf(identity.name, build.port, one));
  return graphOf(identity.name, [identity.name], names, edges);
}
