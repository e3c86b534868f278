// Decides the node groups of a cluster: type from the size of a node, numbers from what all pods ask for.
import { allocatable, type InstanceTypeFacts, nodeTypes, spotTypesOf } from '../../../catalog/ec2';
import type { Decisions } from '../../decisions';
import { capacityKey } from '../../spot';
import type { ClusterPlan, NodeGroupPlan } from '../../types/platform';

export interface Amounts {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}

export interface NodesInput {
  /** As declared; null where nobody says. */
  readonly nodes: ClusterPlan['nodes'];
  /** Requests of everything at maximum scale that does not prefer spot capacity. */
  readonly general: Amounts;
  /** Requests of everything at maximum scale that prefers spot capacity. */
  readonly spot: Amounts;
  /** The most that one pod may use. */
  readonly largestPod: Amounts;
  readonly gated: boolean;
}

const zones = 3;
const diskGiB = 100;
// Daemons of every node (network, storage, logs, metrics) as requests of Amazon's own add-ons and Filebeat.
const daemons = { cpuMillis: 350, memoryMiB: 700 };

const spelled = ({ cpuMillis, memoryMiB }: Amounts): string => `${cpuMillis}m and ${memoryMiB} MiB`;

const less = (one: Amounts, other: Amounts): Amounts => ({
  cpuMillis: one.cpuMillis - other.cpuMillis,
  memoryMiB: one.memoryMiB - other.memoryMiB,
});

const holds = (room: Amounts, needed: Amounts): boolean =>
  room.cpuMillis >= needed.cpuMillis && room.memoryMiB >= needed.memoryMiB;

const count = (asked: Amounts, room: Amounts): number =>
  Math.max(Math.ceil(asked.cpuMillis / room.cpuMillis), Math.ceil(asked.memoryMiB / room.memoryMiB));

// A node is declared as `kubectl describe node` shows it, rounded.
const rounded = ({ cpuMillis, memoryMiB }: Amounts): Amounts => ({
  cpuMillis: cpuMillis * 1.005,
  memoryMiB: memoryMiB * 1.02,
});

/** The type that leaves pods what the platform says of its nodes; the smallest that holds the largest pod where it says nothing. */
function decideType({ nodes, largestPod }: NodesInput, decisions: Decisions): InstanceTypeFacts {
  const found = nodeTypes.find((type) =>
    nodes === null ? holds(less(allocatable(type), daemons), largestPod) : holds(rounded(allocatable(type)), nodes),
  );
  const type = found ?? (nodeTypes.at(-1) as InstanceTypeFacts);
  const needed =
    nodes === null
      ? `holds the largest pod, ${spelled(largestPod)}, beside the daemons`
      : `leaves pods ${spelled(nodes)}`;
  decisions.decide(type.name, {
    path: 'instanceType',
    from: nodes === null ? 'size' : 'environments.nodes',
    by: 'rule',
    why: `the smallest type that ${needed}: ${spelled(allocatable(type))} of ${type.cores} cores and ${type.memoryMiB} MiB`,
    source: 'https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go',
  });
  return type;
}

function generalGroup(input: NodesInput, type: InstanceTypeFacts, room: Amounts, decisions: Decisions): NodeGroupPlan {
  const { nodes, gated } = input;
  const minimum = decisions.decide(gated ? zones : 1, {
    path: 'minimum',
    unit: 'nodes',
    by: 'rule',
    why: gated ? 'one in each zone' : 'an environment without a gate may stop for a while',
  });
  const needed = count(input.general, room);
  const arithmetic = `requests at maximum scale, ${spelled(input.general)}, need ${needed} of ${spelled(room)} beside the daemons`;
  const desired = decisions.decide(Math.max(minimum, needed), {
    path: 'desired',
    unit: 'nodes',
    by: 'rule',
    why: `${arithmetic}; at least ${minimum}. Nothing that is generated adds nodes, so those of the peak are there`,
  });
  // Room for the pods of spot nodes too, and for a node that is being replaced.
  const atMost = desired + count(input.spot, room) + 1;
  const maximum = decisions.decide(Math.max(desired, nodes?.max ?? atMost), {
    path: 'maximum',
    unit: 'nodes',
    from: nodes === null ? 'size' : 'environments.nodes.max',
    why: `${desired} and what the pods of spot nodes would need, and one while another is replaced`,
    whyDefault: true,
  });
  return {
    name: 'general',
    capacity: 'ON_DEMAND',
    instanceTypes: [type.name],
    minimum,
    desired,
    maximum,
    diskGiB,
    labels: { [capacityKey]: 'on-demand' },
    taints: [],
    why: arithmetic,
  };
}

function spotGroup(
  { spot }: NodesInput,
  type: InstanceTypeFacts,
  room: Amounts,
  decisions: Decisions,
): NodeGroupPlan[] {
  const needed = count(spot, room);
  if (needed === 0) return [];
  const why = `${spelled(spot)} of the tiers that prefer spot capacity need ${needed}`;
  const desired = decisions.decide(needed, { path: 'spotDesired', unit: 'nodes', by: 'rule', why });
  return [
    {
      name: 'spot',
      capacity: 'SPOT',
      instanceTypes: spotTypesOf(type.name),
      minimum: 0,
      desired,
      maximum: decisions.decide(desired + 1, {
        path: 'spotMaximum',
        unit: 'nodes',
        by: 'rule',
        why: `${desired}, and one while another is taken back`,
      }),
      diskGiB,
      labels: { [capacityKey]: 'spot' },
      taints: [{ key: capacityKey, value: 'spot', effect: 'NO_SCHEDULE' }],
      why: `${why}; a node may be taken back within two minutes, so only pods that tolerate it run here`,
    },
  ];
}

export function planNodeGroups(input: NodesInput, decisions: Decisions): NodeGroupPlan[] {
  const below = decisions.below('aws.nodes');
  const type = decideType(input, below);
  const room = less(allocatable(type), daemons);
  return [generalGroup(input, type, room, below), ...spotGroup(input, type, room, below)];
}
