// Lists everything that an environment is billed for: nodes, cluster, network, disks and managed data stores.
import { hoursPerMonth, prices } from '../../../catalog/prices';
import { instanceTypes } from '../../../catalog/prices/instance-types';
import { chooseType } from '../../../catalog/sizing';
import type { AwsPlan, BackingInstancePlan, ClusterPlan, CostItemPlan } from '../../types/platform';
import { type RequestRange, storeDisks, sumOf } from './requests';

/** Whole cents. */
export const cents = (amount: number): number => Math.round(amount * 100) / 100;

interface Line extends Pick<CostItemPlan, 'name' | 'group' | 'item' | 'why'> {
  readonly instance?: string;
  readonly low: number;
  readonly high: number;
  /** Part of the list price that is paid; all of it when it is absent. */
  readonly part?: number;
}

function itemOf({ name, group, item, why, instance, low, high, part = 1 }: Line): CostItemPlan {
  const price = prices[item];
  if (price === undefined) throw new Error(`BUG: ${item} has no price`);
  const usd = Number((price.usd * part).toFixed(6));
  return {
    ...{ name, group, instance: instance ?? null, item, unit: price.unit, unitPrice: usd },
    quantity: { low, high },
    low: cents(low * usd),
    high: cents(high * usd),
    // A commitment saves nothing of what is paid less already.
    reservedSaves: part < 1 ? 0 : cents(low * usd * (1 - price.reserved)),
    why,
    source: price.source,
  };
}

/** What pods may use of a node when nobody says: m6i.xlarge less what EKS and the system keep. */
const usualNode = { cpuMillis: 3920, memoryMiB: 14_848, max: 10 };
// The root disk of a node where no group is planned: images and logs.
const nodeDiskGiB = 50;
const usualZones = 3;
/** Gigabytes in a month that nobody declares: to the internet, and from it through NAT. */
const transfer = { low: 100, high: 500 };
/** Interface endpoints where no network is planned: EKS, ECR (two), STS, Secrets Manager, CloudWatch Logs, KMS. */
const usualEndpoints = 7;

export interface NodesPlan {
  readonly type: string;
  readonly low: number;
  readonly high: number;
  readonly why: string;
}

export function planNodes(cluster: Pick<ClusterPlan, 'nodes' | 'gated'>, ranges: readonly RequestRange[]): NodesPlan {
  const each = cluster.nodes ?? usualNode;
  const { type } = chooseType(
    instanceTypes.ec2,
    { ...each, connections: null, allowsBurstable: false },
    {
      usable: 1,
      source: 'https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html',
      connections: null,
    },
  );
  // One node in each zone, so that a zone may fail; two where the environment may stop for a while.
  const least = cluster.gated ? usualZones : 2;
  const count = (which: 'low' | 'high'): number => {
    const sum = sumOf(ranges, which);
    return Math.max(least, Math.ceil(sum.cpuMillis / each.cpuMillis), Math.ceil(sum.memoryMiB / each.memoryMiB));
  };
  const [low, high] = [sumOf(ranges, 'low'), sumOf(ranges, 'high')];
  return {
    type: type.name,
    low: count('low'),
    high: count('high'),
    why: `pods request ${low.cpuMillis}m and ${low.memoryMiB} MiB at the least, ${high.cpuMillis}m and ${high.memoryMiB} MiB at the most; a node carries ${each.cpuMillis}m and ${each.memoryMiB} MiB; at least ${least} nodes`,
  };
}

function diskItem(name: string, low: number, high: number, each: number): CostItemPlan {
  return itemOf({
    ...{ name, group: 'nodes', item: 'ebs-gp3', why: `${each} GiB for each node` },
    low: low * each,
    high: high * each,
  });
}

/** The nodes of the planned groups, which nothing adds to or takes from. */
function groupItems({ nodeGroups }: AwsPlan): CostItemPlan[] {
  return nodeGroups.flatMap(({ name, capacity, instanceTypes: [type = ''], desired, diskGiB, why }) => {
    const hours = desired * hoursPerMonth;
    return [
      itemOf({
        ...{
          name: `${name} nodes: ${type}`,
          group: 'nodes',
          item: type,
          why: `${desired}: ${why}`,
          low: hours,
          high: hours,
        },
        part: capacity === 'SPOT' ? (prices[type]?.spot ?? 1) : 1,
      }),
      diskItem(`disks of the ${name} nodes`, desired, desired, diskGiB),
    ];
  });
}

/** Where no group is planned they follow from what pods request. */
function nodeItems(
  cluster: Pick<ClusterPlan, 'nodes' | 'gated' | 'aws'>,
  ranges: readonly RequestRange[],
): CostItemPlan[] {
  if (cluster.aws !== null) return groupItems(cluster.aws);
  const { type, low, high, why } = planNodes(cluster, ranges);
  return [
    itemOf({
      ...{ name: `nodes: ${type}`, group: 'nodes', item: type, why },
      low: low * hoursPerMonth,
      high: high * hoursPerMonth,
    }),
    diskItem('disks of the nodes', low, high, nodeDiskGiB),
  ];
}

function storeItems(instances: readonly BackingInstancePlan[]): CostItemPlan[] {
  return instances.flatMap(({ name, managed }) =>
    (managed?.prices ?? [])
      .filter(({ quantity }) => quantity > 0)
      .map(({ item, quantity, why }) =>
        itemOf({ name: `${name}: ${item}`, group: 'store', instance: name, item, low: quantity, high: quantity, why }),
      ),
  );
}

/** Every item, the same bytes for the same plan. */
export function costItems(
  cluster: Pick<ClusterPlan, 'nodes' | 'gated' | 'instances' | 'aws'>,
  ranges: readonly RequestRange[],
): CostItemPlan[] {
  const network = cluster.aws?.network;
  const zones = network?.zones.length ?? usualZones;
  const nat = network?.natGateways ?? (cluster.gated ? zones : 1);
  const endpoints = network?.endpoints.length ?? usualEndpoints;
  const fixed = (name: string, group: CostItemPlan['group'], item: string, quantity: number, why: string) =>
    itemOf({ name, group, item, low: quantity, high: quantity, why });
  return [
    ...nodeItems(cluster, ranges),
    fixed('EKS', 'cluster', 'eks-control-plane', hoursPerMonth, `one cluster, ${hoursPerMonth} hours`),
    fixed('keys', 'cluster', 'kms-key', 1, 'one key for everything at rest'),
    fixed(
      'NAT gateways',
      'network',
      'nat-gateway',
      nat * hoursPerMonth,
      nat === 1 ? 'one: the environment may stop for a while' : `one in each of ${zones} zones`,
    ),
    fixed('load balancer', 'network', 'load-balancer', hoursPerMonth, 'one, before the gateway'),
    fixed(
      'endpoints',
      'network',
      'interface-endpoint',
      endpoints * zones * hoursPerMonth,
      `${endpoints} interface endpoints in ${zones} zones`,
    ),
    itemOf({ ...{ name: 'through NAT', group: 'network', item: 'nat-data', why: 'assumed' }, ...transfer }),
    itemOf({ ...{ name: 'to the internet', group: 'network', item: 'data-out', why: 'assumed' }, ...transfer }),
    ...storeDisks(cluster.instances).map(({ instance, gibibytes, arithmetic }) =>
      itemOf({
        ...{ name: `${instance}: disks`, group: 'disks', instance, item: 'ebs-gp3', why: arithmetic },
        low: gibibytes,
        high: gibibytes,
      }),
    ),
    ...storeItems(cluster.instances),
  ];
}
