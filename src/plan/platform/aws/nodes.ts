// Decides the node groups of a cluster: type from the size of a node, numbers from what all pods ask for.
import { allocatable, type InstanceTypeFacts, nodeTypes, spotTypesOf } from '../../../catalog/ec2';
import type { Decisions } from '../../decisions';
import { capacityKey } from '../../spot';
import type { ClusterDemandPlan, ClusterPlan, NodeGroupPlan } from '../../types/platform';

const largest = nodeTypes.at(-1) as InstanceTypeFacts;
const zones = 3;
// Daemons of every node (network, storage, logs, metrics) as requests of Amazon's own add-ons and Filebeat.
const daemons = { cpuMillis: 350, memoryMiB: 700 };

/** The type that gives pods what the platform says of its nodes; the smallest that holds the largest pod where it says nothing. */
function decideType(nodes: ClusterPlan['nodes'], demand: ClusterDemandPlan, decisions: Decisions): InstanceTypeFacts {
  const largestPod = Math.max(0, ...demand.memoryMiB.terms.map(({ limit }) => limit));
  const needed = nodes ?? { cpuMillis: 3000, memoryMiB: Math.min(largestPod, 12 * 1024), max: 0 };
  const found = nodeTypes.find((type) => {
    const { cpuMillis, memoryMiB } = allocatable(type);
    // A node is declared as `kubectl describe node` shows it, rounded.
    return cpuMillis * 1.005 >= needed.cpuMillis && memoryMiB * 1.02 >= needed.memoryMiB;
  });
  const type = found ?? largest;
  const { cpuMillis, memoryMiB } = allocatable(type);
  decisions.decide(type.name, {
    path: 'instanceType',
    from: nodes === null ? 'nothing' : 'environments.nodes',
    by: 'rule',
    why: `the smallest type that leaves pods ${needed.cpuMillis}m and ${needed.memoryMiB} MiB: ${cpuMillis}m and ${memoryMiB} MiB of ${type.cores} cores and ${type.memoryMiB} MiB`,
    source: 'https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go',
  });
  return type;
}

export function planNodeGroups(
  nodes: ClusterPlan['nodes'],
  demand: ClusterDemandPlan,
  inCluster: { readonly cpuMillis: number; readonly memoryMiB: number },
  spotRequests: { readonly cpuMillis: number; readonly memoryMiB: number },
  isGated: boolean,
  decisions: Decisions,
): NodeGroupPlan[] {
  const below = decisions.below('aws.nodes');
  const type = decideType(nodes, demand, below);
  const each = allocatable(type);
  const room = { cpuMillis: each.cpuMillis - daemons.cpuMillis, memoryMiB: each.memoryMiB - daemons.memoryMiB };
  const asked = {
    cpuMillis: demand.cpuMillis.request + inCluster.cpuMillis,
    memoryMiB: demand.memoryMiB.request + inCluster.memoryMiB,
  };
  const atPeak = Math.max(Math.ceil(asked.cpuMillis / room.cpuMillis), Math.ceil(asked.memoryMiB / room.memoryMiB));
  const maximum = below.decide(Math.max(zones, nodes?.max ?? atPeak), {
    path: 'maximum',
    unit: 'nodes',
    from: nodes === null ? 'nothing' : 'environments.nodes.max',
    why: `requests at maximum scale, ${asked.cpuMillis}m and ${asked.memoryMiB} MiB, need ${atPeak} nodes of ${room.cpuMillis}m and ${room.memoryMiB} MiB beside the daemons`,
  });
  const minimum = below.decide(isGated ? zones : 1, {
    path: 'minimum',
    unit: 'nodes',
    by: 'rule',
    why: isGated ? 'one in each zone' : 'an environment without a gate may stop for a while',
  });
  const spotPeak = Math.max(
    Math.ceil(spotRequests.cpuMillis / room.cpuMillis),
    Math.ceil(spotRequests.memoryMiB / room.memoryMiB),
  );
  const diskGiB = 100;
  return [
    {
      name: 'general',
      capacity: 'ON_DEMAND',
      instanceTypes: [type.name],
      minimum,
      maximum,
      diskGiB,
      labels: { [capacityKey]: 'on-demand' },
      taints: [],
      why: `${minimum} to ${maximum} nodes; at maximum scale ${atPeak} are needed`,
    },
    ...(spotPeak === 0
      ? []
      : [
          {
            name: 'spot',
            capacity: 'SPOT' as const,
            instanceTypes: spotTypesOf(type.name),
            minimum: 0,
            maximum: below.decide(spotPeak + 1, {
              path: 'spotMaximum',
              unit: 'nodes',
              by: 'rule',
              why: `${spotRequests.cpuMillis}m and ${spotRequests.memoryMiB} MiB of the tiers that prefer spot need ${spotPeak}, and one while another is taken back`,
            }),
            diskGiB,
            labels: { [capacityKey]: 'spot' },
            taints: [{ key: capacityKey, value: 'spot', effect: 'NO_SCHEDULE' as const }],
            why: 'may be taken back within two minutes: only pods that tolerate it run here, and on the others while there is none',
          },
        ]),
  ];
}
