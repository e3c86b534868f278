// Refuses what all services together cannot be given: connections, quota, nodes, replicas that take over.
import type { ClusterPlan, DemandPlan } from '../../plan/types/platform';
import { everywhere, inClusters, type PlatformRefusal } from './refusal';

const larger: Readonly<Record<string, string>> = { small: 'medium', medium: 'large' };

const connectionsExceedLimit: PlatformRefusal = {
  code: 'connections-exceed-limit',
  severity: 'error',
  title: 'The pools of all services together hold more connections than the data store accepts',
  why: 'Each service fits alone. The one that comes last gets no connection, and which one that is changes with every rollout.',
  check: (plan) =>
    everywhere(plan, ({ instances }) =>
      instances.flatMap(({ title, kind, class: size, connections, uses, pooling, poolingOffer }) => {
        if (connections === null || pooling !== null) return [];
        const { limit, reserved, atPeak, arithmetic } = connections;
        const usable = limit - reserved;
        if (atPeak <= usable) return [];
        const largest = [...uses].sort((a, b) => (b.connectionsAtPeak ?? 0) - (a.connectionsAtPeak ?? 0))[0];
        const others = atPeak - (largest?.connectionsAtPeak ?? 0);
        const processes = (largest?.connectionsAtPeak ?? 0) / (largest?.poolSize ?? 1);
        const fitting = Math.floor((usable - others) / processes);
        const smaller =
          largest !== undefined && fitting >= 1
            ? `Lower needs.${largest.key}.pool of ${largest.service} from ${largest.poolSize} to ${fitting}`
            : `Lower pools or scale.max of several services by ${atPeak - usable} connections`;
        const next = larger[size];
        return [
          {
            service: null,
            path: ['backing', kind],
            message: `${title}: ${arithmetic}, but class "${size}" allows ${limit}, of which ${reserved} are reserved: ${usable} are left.`,
            fix: `${smaller}${next === undefined ? '' : `, or set backing.${kind}.class: ${next}`}${poolingOffer === null ? '' : `, or set ${poolingOffer}`}.`,
          },
        ];
      }),
    ),
};

const unit = (value: number, what: 'cpu' | 'memory'): string => `${value}${what === 'cpu' ? 'm' : 'Mi'}`;

/** The three largest terms and the rest, so that the sum can be followed. */
function spelled(demand: DemandPlan, which: 'request' | 'limit', what: 'cpu' | 'memory'): string {
  const terms = [...demand.terms].sort((a, b) => b[which] - a[which] || (a.name < b.name ? -1 : 1));
  const shown = terms.slice(0, 3).map((term) => `${unit(term[which], what)} ${term.name}`);
  const rest = terms.slice(3).reduce((sum, term) => sum + term[which], 0);
  return `${shown.join(' + ')}${terms.length > 3 ? ` + ${unit(rest, what)} of ${terms.length - 3} others` : ''} = ${unit(demand[which], what)}`;
}

const quotaBelowSum: PlatformRefusal = {
  code: 'quota-below-sum',
  severity: 'error',
  title: 'All services at their maximum need more than the quota of the namespace',
  why: 'The pods above the quota are never created: the autoscaler believes that it scaled, and a rollout at peak load hangs.',
  check: (plan) =>
    inClusters(plan, ({ name, namespaces, demand }) => {
      const quota = namespaces.find(({ holds }) => holds === 'services')?.quota ?? null;
      return (['cpu', 'memory'] as const).flatMap((what) =>
        (['request', 'limit'] as const).flatMap((which) => {
          const sum = what === 'cpu' ? demand.cpuMillis : demand.memoryMiB;
          const allowed = (what === 'cpu' ? quota?.cpuMillis : quota?.memoryMiB)?.[which] ?? null;
          if (allowed === null || sum[which] <= allowed) return [];
          const rounded = what === 'cpu' ? String(Math.ceil(sum[which] / 1000)) : `${Math.ceil(sum[which] / 1024)}Gi`;
          return [
            {
              service: null,
              path: ['environments', name, 'quota', what],
              message: `the ${what} ${which}s of all services at maximum scale, every rollout, job and migration at once, are ${spelled(sum, which, what)}, but the quota is ${unit(allowed, what)}.`,
              fix: `Lower scale.max or size of the largest, in environments.${name} of its declaration, by ${unit(sum[which] - allowed, what)}, or raise the quota's ${which}s to ${rounded}.`,
            },
          ];
        }),
      );
    }),
};

const podExceedsNode: PlatformRefusal = {
  code: 'pod-exceeds-node',
  severity: 'error',
  title: 'A pod asks for more than one node has',
  why: 'No node can ever take it: the pod stays Pending, whatever the number of nodes.',
  check: (plan, services) =>
    inClusters(plan, ({ name, nodes }) => {
      if (nodes === null) return [];
      return services.flatMap(({ identity, environments }) =>
        environments
          .filter((environment) => environment.name === name)
          .flatMap(({ workloads, jobs }) => [...workloads, ...jobs])
          .flatMap((pod) => {
            const { cpuMillis, memoryMiB } = pod.resources.request;
            if (cpuMillis <= nodes.cpuMillis && memoryMiB <= nodes.memoryMiB) return [];
            return [
              {
                service: identity.name,
                path: ['size'],
                message: `${pod.name} requests ${cpuMillis}m of CPU and ${memoryMiB}Mi of memory; a node gives ${nodes.cpuMillis}m and ${nodes.memoryMiB}Mi.`,
                fix: 'Lower the request, or use larger nodes and say so in environments.NAME.nodes of platform.yaml.',
              },
            ];
          }),
      );
    }),
};

/** What runs in the cluster beside the services, in requests: data stores are given what they may use. */
function inClusterInstances({ instances }: ClusterPlan): { readonly cpuMillis: number; readonly memoryMiB: number } {
  const there = instances.filter(({ podLabels }) => Object.keys(podLabels).length > 0);
  return {
    cpuMillis: there.reduce((sum, { cpuMillis, replicas }) => sum + cpuMillis * replicas, 0),
    memoryMiB: there.reduce((sum, { memoryMiB, replicas }) => sum + memoryMiB * replicas, 0),
  };
}

const demandExceedsNodes: PlatformRefusal = {
  code: 'demand-exceeds-nodes',
  severity: 'error',
  title: 'Everything at its maximum needs more nodes than the cluster grows to',
  why: 'Pods that fit the quota and no node stay Pending exactly when the load is highest.',
  check: (plan) =>
    inClusters(plan, (cluster) => {
      const { name, nodes, demand } = cluster;
      if (nodes === null) return [];
      const stores = inClusterInstances(cluster);
      return (['cpu', 'memory'] as const).flatMap((what) => {
        const services = what === 'cpu' ? demand.cpuMillis.request : demand.memoryMiB.request;
        const data = what === 'cpu' ? stores.cpuMillis : stores.memoryMiB;
        const node = what === 'cpu' ? nodes.cpuMillis : nodes.memoryMiB;
        if (services + data <= node * nodes.max) return [];
        return [
          {
            service: null,
            path: ['environments', name, 'nodes'],
            message: `${what} requests are ${unit(services, what)} of the services + ${unit(data, what)} of data stores = ${unit(services + data, what)}, but ${nodes.max} nodes of ${unit(node, what)} give ${unit(node * nodes.max, what)}.`,
            fix: `Set environments.${name}.nodes.max to ${Math.ceil((services + data) / node)}, or use larger nodes.`,
          },
        ];
      });
    }),
};

const highAvailabilityUnreachable: PlatformRefusal = {
  code: 'high-availability-unreachable',
  severity: 'error',
  title: 'Replicas that take over are asked for where only one can run',
  why: 'A StatefulSet starts several servers, and none of them takes over from another: that is an operator’s or the cloud’s work.',
  check: (plan) =>
    inClusters(plan, ({ name, gated, instances }) =>
      instances
        .filter(
          ({ runs, highlyAvailable, replicas, podLabels }) =>
            runs === 'operator' && highlyAvailable && replicas === 1 && Object.keys(podLabels).length > 0,
        )
        .map(({ kind, title }) => ({
          service: null,
          path: ['backing', kind],
          message: `${title} ${gated ? 'is to be highly available, as everything in a gated environment,' : 'is to be highly available'} but runs as one replica in the cluster.`,
          fix: `Set backing.${kind}.runs.${name}: aws, or say with backing.${kind}.highAvailability: false that it may stop.`,
        })),
    ),
};

export const capacityRefusals: readonly PlatformRefusal[] = [
  connectionsExceedLimit,
  demandExceedsNodes,
  highAvailabilityUnreachable,
  podExceedsNode,
  quotaBelowSum,
];
