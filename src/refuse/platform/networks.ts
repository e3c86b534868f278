// Refuses networks on AWS that share addresses or that cannot be divided into subnets.
import { overlap, parseRange } from '../../plan/platform/aws/network';
import type { AwsPlan, ClusterPlan } from '../../plan/types/platform';
import { inClusters, type PlatformRefusal } from './refusal';

interface Range {
  readonly what: string;
  readonly cidr: string;
  /** Where it is declared; null for one that is planned. */
  readonly path: readonly string[] | null;
}

const declared = (aws: AwsPlan): Range[] => [
  { what: 'network', cidr: aws.network.cidr, path: ['network'] },
  ...(aws.disasterRecovery === null
    ? []
    : [
        {
          what: 'aws.disasterRecovery.network',
          cidr: aws.disasterRecovery.network.cidr,
          path: ['aws', 'disasterRecovery', 'network'],
        },
      ]),
];

const spelled = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

/** First and last address: a range may be written by any address inside it. */
function boundsOf(cidr: string): string {
  const { address, length } = parseRange(cidr);
  const size = 2 ** (32 - length);
  const first = Math.floor(address / size) * size;
  return `${cidr} is ${spelled(first)} to ${spelled(first + size - 1)}`;
}

const pairsOf = (ranges: readonly Range[]): (readonly [Range, Range])[] =>
  ranges.flatMap((later, index) => ranges.slice(0, index).map((earlier) => [earlier, later] as const));

const networksOverlap: PlatformRefusal = {
  code: 'networks-overlap',
  severity: 'error',
  title: 'Two networks that have to reach each other share addresses',
  why: 'Networks with common addresses can be neither peered nor routed to each other, and a service in a cluster hides hosts that have its address: replication and failover stop at the border.',
  check: (plan) =>
    inClusters(plan, ({ aws }: ClusterPlan) => {
      if (aws === null) return [];
      const services: Range = { what: "the cluster's own services", cidr: aws.cluster.serviceCidr, path: null };
      return pairsOf([services, ...declared(aws)])
        .filter(([earlier, later]) => overlap(earlier.cidr, later.cidr))
        .map(([earlier, later]) => ({
          service: null,
          path: later.path ?? earlier.path ?? [],
          message: `${later.what}: ${boundsOf(later.cidr)}; ${earlier.what}: ${boundsOf(earlier.cidr)}.`,
          fix: 'Choose ranges that share no address, for example 10.0.0.0/16 and 10.64.0.0/16.',
        }));
    }),
};

/** What a network of AWS may be, and the smallest subnet: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const largestNetwork = 16;
const smallestSubnet = 28;

/** Bits that a public subnet has more than its network (see planAwsNetwork). */
const publicBits = 8;

const networkCannotBeDivided: PlatformRefusal = {
  code: 'network-cannot-be-divided',
  severity: 'error',
  title: 'A network is larger than AWS allows, too small for its subnets, or not written by its first address',
  why: 'AWS takes networks of /16 to /28 and subnets of at least /28: the network could not be made.',
  check: (plan) =>
    inClusters(plan, ({ aws }: ClusterPlan) =>
      (aws === null ? [] : declared(aws)).flatMap(({ what, cidr, path }) => {
        const { address, length } = parseRange(cidr);
        const isAligned = address % 2 ** (32 - length) === 0;
        if (isAligned && length >= largestNetwork && length + publicBits <= smallestSubnet) return [];
        const arithmetic = `its public subnets are /${length} + ${publicBits} = /${length + publicBits}`;
        return [
          {
            service: null,
            path: path ?? [],
            message: isAligned
              ? `${what}: a network may be /${largestNetwork} at most and a subnet /${smallestSubnet} at least; ${cidr} is /${length}, ${arithmetic}.`
              : `${what}: ${boundsOf(cidr)}, so it is not written by its first address.`,
            fix: `Declare a network between /${largestNetwork} and /${smallestSubnet - publicBits} by its first address.`,
          },
        ];
      }),
    ),
};

export const networkRefusals: readonly PlatformRefusal[] = [networksOverlap, networkCannotBeDivided];
