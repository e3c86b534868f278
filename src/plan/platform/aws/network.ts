// Divides a network into subnets: one private and one public one in each of three zones.
import type { AwsNetworkPlan } from '../../types/platform';

const zones = 3;

/** Where the first three letters are no zones: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html */
const otherZones: Readonly<Record<string, readonly string[]>> = {
  'ap-northeast-1': ['a', 'c', 'd'],
  'ca-central-1': ['a', 'b', 'd'],
};

export const zonesOf = (region: string): readonly string[] => otherZones[region] ?? ['a', 'b', 'c'];

const privateBits = 4;
const publicBits = 8;

interface Range {
  readonly address: number;
  readonly length: number;
}

export function parseRange(cidr: string): Range {
  const [dotted = '', length = '0'] = cidr.split('/');
  const address = dotted.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return { address, length: Number(length) };
}

const spelled = ({ address, length }: Range): string =>
  `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${length}`;

/** The part of that number among the equal parts that so many bits more make. */
function part({ address, length }: Range, bits: number, index: number): Range {
  const size = 2 ** (32 - length - bits);
  return { address: address + index * size, length: length + bits };
}

/** Whether two ranges have an address in common. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [parseRange(one), parseRange(other)];
  const size = 2 ** (32 - Math.min(a.length, b.length));
  return Math.floor(a.address / size) === Math.floor(b.address / size);
}

export function planAwsNetwork(
  cidr: string,
  region: string,
  isGated: boolean,
  endpoints: readonly string[],
): AwsNetworkPlan {
  const whole = parseRange(cidr);
  // The last sixteenth holds the public subnets, so that private ones can be added before it.
  const last = part(whole, privateBits, 2 ** privateBits - 1);
  const ranges = (from: Range, bits: number) =>
    Array.from({ length: zones }, (_, index) => spelled(part(from, bits, index)));
  const privateSubnets = ranges(whole, privateBits);
  const publicSubnets = ranges(last, publicBits - privateBits);
  return {
    cidr,
    zones: zonesOf(region),
    privateSubnets,
    publicSubnets,
    natGateways: isGated ? zones : 1,
    flowLogDays: 365,
    endpoints: [...endpoints].sort(),
    why: {
      privateSubnets: `${cidr} / 2^${privateBits}: ${2 ** (32 - whole.length - privateBits) - 5} addresses in each of ${zones} zones, since each pod takes one`,
      publicSubnets: `the last sixteenth of ${cidr} / 2^${publicBits - privateBits}: load balancers and NAT gateways take few`,
      natGateways: isGated
        ? 'one for each zone: the loss of a zone leaves the others their way out'
        : 'one for all zones: an environment without a gate may stop for a while',
    },
  };
}
