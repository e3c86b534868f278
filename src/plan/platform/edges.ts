// Makes the one list of edges from what every service declares.
import { tracePort, traceServer } from '../tracing';
import type { EnvironmentPlan } from '../types';
import type { BackingInstancePlan, PlatformEdgePlan, PublicRoutePlan } from '../types/platform';
import type { ServiceThere } from './input';

type Components = PlatformEdgePlan['components'];

/** Which pods of the caller an egress edge of its own plan is for. */
const componentsFor = ({ network }: EnvironmentPlan, name: string): Components =>
  network.egress.find((edge) => edge.name === name)?.components ?? [];

function callEdges({ service, name, environment }: ServiceThere, ports: Readonly<Record<string, number>>) {
  const settings = service.model.environments.find(({ facts }) => facts.name === environment.name)?.settings;
  return (settings?.calls ?? []).map(
    (call): PlatformEdgePlan => ({
      from: { kind: 'service', name },
      to: { kind: 'service', name: call.name },
      port: call.port ?? ports[call.name] ?? 3000,
      protocol: 'TCP',
      components: componentsFor(environment, call.name),
      by: 'needs.services',
      optional: call.optional,
      why: `${name} calls ${call.name}`,
    }),
  );
}

function needEdges({ name, environment }: ServiceThere): PlatformEdgePlan[] {
  return environment.bindings.map((binding) => ({
    from: { kind: 'service', name },
    to: { kind: 'resource', name: binding.instance },
    port: binding.port,
    protocol: 'TCP',
    components: componentsFor(environment, binding.key),
    by: 'needs',
    optional: binding.optional,
    why: `${name} needs ${binding.kind}${binding.key === binding.kind ? '' : ` as ${binding.key}`}`,
  }));
}

function outsideEdges({ name, environment }: ServiceThere): PlatformEdgePlan[] {
  const outside = environment.network.egress.find((edge) => edge.name === 'outside');
  return (outside?.hosts ?? []).map((host) => {
    const [hostName = host, port] = host.split(':');
    return {
      from: { kind: 'service', name },
      to: { kind: 'outside', name: hostName },
      port: Number(port ?? 443),
      protocol: 'TCP',
      components: outside?.components ?? [],
      by: 'needs.http',
      optional: false,
      why: `${name} calls ${host}`,
    };
  });
}

/** Nobody waits for the server: without it traces are dropped. */
function traceEdges({ name, environment }: ServiceThere): PlatformEdgePlan[] {
  const traced = environment.network.egress.find((edge) => edge.name === 'tracing');
  if (traced === undefined) return [];
  return [
    {
      from: { kind: 'service', name },
      to: { kind: 'platform', name: traceServer },
      port: tracePort,
      protocol: 'TCP',
      components: traced.components,
      by: 'observability.tracing',
      optional: true,
      why: `traces of ${name}`,
    },
  ];
}

/** Instances that an autoscaler asks how far a worker is behind: it asks them itself, from its own namespace. */
function lagging(services: readonly ServiceThere[], instances: readonly BackingInstancePlan[]): BackingInstancePlan[] {
  const asked = services.flatMap(({ environment }) =>
    environment.workloads.flatMap(({ scale }) =>
      scale.signals.flatMap((signal) => (signal.kind === 'kafka-lag' ? [signal.bootstrapServers] : [])),
    ),
  );
  return instances.filter(({ host, port }) => asked.includes(`${host}:${port}`));
}

/** Two needs of one service at one instance are one edge. */
function distinct(edges: readonly PlatformEdgePlan[]): PlatformEdgePlan[] {
  const byKey = new Map<string, PlatformEdgePlan>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to, edge.port, edge.by]);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? edge : { ...known, optional: known.optional && edge.optional });
  }
  return [...byKey.values()];
}

export interface EdgeInput {
  readonly services: readonly ServiceThere[];
  readonly instances: readonly BackingInstancePlan[];
  readonly routes: readonly PublicRoutePlan[];
  /** Port of each service, by name. */
  readonly ports: Readonly<Record<string, number>>;
  /** What sends public requests on: `gateway`, or `proxy` on a laptop. */
  readonly door: string;
  readonly isWatched: boolean;
  /** On a laptop nothing scales. */
  readonly inCluster: boolean;
}

export function planEdges({
  services,
  instances,
  routes,
  ports,
  door,
  isWatched,
  inCluster,
}: EdgeInput): PlatformEdgePlan[] {
  const platform = (
    from: string,
    to: PlatformEdgePlan['to'],
    port: number,
    by: PlatformEdgePlan['by'],
    why: string,
  ) => ({
    from: { kind: 'platform' as const, name: from },
    to,
    port,
    protocol: 'TCP' as const,
    components: [],
    by,
    optional: true,
    why,
  });
  const watched = services.flatMap(({ name, environment }) =>
    environment.workloads
      .filter(({ metricsPath, component }) => metricsPath !== null && component === 'web')
      .map(({ port }) =>
        platform('prometheus', { kind: 'service', name }, port ?? 0, 'http.metrics', `metrics of ${name}`),
      ),
  );
  const exported = instances.flatMap(({ name, port, exporter }) => {
    if (exporter === null) return [];
    const host = exporter.host;
    const scrape = platform(
      'prometheus',
      exporter.container === null ? { kind: 'resource', name } : { kind: 'platform', name: host },
      exporter.port,
      'platform',
      `metrics of ${name}`,
    );
    return exporter.container === null
      ? [scrape]
      : [scrape, platform(host, { kind: 'resource', name }, port, 'platform', `reads the state of ${name}`)];
  });
  const saved = instances.flatMap(({ name, port, recovery }) =>
    (recovery?.jobs ?? [])
      .filter(({ reachesInstance }) => reachesInstance)
      .map((job) => platform(job.name, { kind: 'resource', name }, port, 'platform', job.why)),
  );
  const entries = [...new Set(routes.map(({ service, port }) => JSON.stringify([service, port])))].map((text) => {
    const [service, port] = JSON.parse(text) as [string, number];
    return platform(door, { kind: 'service', name: service }, port, 'http.public', `public paths of ${service}`);
  });
  return distinct([
    ...entries,
    ...services.flatMap((there) => [
      ...callEdges(there, ports),
      ...needEdges(there),
      ...outsideEdges(there),
      ...traceEdges(there),
    ]),
    ...(inCluster
      ? lagging(services, instances).map(({ name, port }) =>
          platform('keda', { kind: 'resource', name }, port, 'platform', 'KEDA reads how far consumers are behind'),
        )
      : []),
    ...(isWatched ? [...watched, ...exported] : []),
    ...saved,
  ]);
}
