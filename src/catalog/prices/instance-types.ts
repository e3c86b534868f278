// The machine classes that AWS runs data stores and nodes on: cores, memory, and price per hour in Ireland (eu-west-1).

export interface InstanceType {
  readonly name: string;
  readonly vcpus: number;
  readonly memoryMiB: number;
  /** US dollars per hour, on demand, one instance in one zone. */
  readonly usdPerHour: number;
  /** Earns the right to full speed only while it idles: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html */
  readonly burstable: boolean;
}

type Row = readonly [name: string, vcpus: number, memoryGiB: number, usdPerHour: number];

const table = (rows: readonly Row[]): readonly InstanceType[] =>
  rows.map(([name, vcpus, memoryGiB, usdPerHour]) => ({
    ...{ name, vcpus, usdPerHour },
    memoryMiB: Math.floor(memoryGiB * 1024),
    burstable: /(^|\.)t[0-9]/.test(name),
  }));

/** Of each service, cheapest first. */
export const instanceTypes = {
  // https://aws.amazon.com/rds/postgresql/pricing/ and https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
  rds: table([
    ['db.t4g.micro', 2, 1, 0.018],
    ['db.t4g.small', 2, 2, 0.035],
    ['db.t4g.medium', 2, 4, 0.07],
    ['db.t4g.large', 2, 8, 0.141],
    ['db.m7g.large', 2, 8, 0.187],
    ['db.r7g.large', 2, 16, 0.266],
    ['db.m7g.xlarge', 4, 16, 0.374],
    ['db.r7g.xlarge', 4, 32, 0.531],
    ['db.m7g.2xlarge', 8, 32, 0.747],
    ['db.r7g.2xlarge', 8, 64, 1.062],
    ['db.m7g.4xlarge', 16, 64, 1.494],
    ['db.r7g.4xlarge', 16, 128, 2.124],
  ]),
  // Nodes for Valkey: https://aws.amazon.com/elasticache/pricing/ and https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
  elasticache: table([
    ['cache.t4g.micro', 2, 0.5, 0.0136],
    ['cache.t4g.small', 2, 1.37, 0.0272],
    ['cache.t4g.medium', 2, 3.09, 0.056],
    ['cache.m7g.large', 2, 6.38, 0.1408],
    ['cache.r7g.large', 2, 13.07, 0.1944],
    ['cache.m7g.xlarge', 4, 12.93, 0.2808],
    ['cache.r7g.xlarge', 4, 26.32, 0.388],
    ['cache.r7g.2xlarge', 8, 52.82, 0.776],
  ]),
  // https://aws.amazon.com/documentdb/pricing/
  documentdb: table([
    ['db.t4g.medium', 2, 4, 0.085],
    ['db.r6g.large', 2, 16, 0.29],
    ['db.r6g.xlarge', 4, 32, 0.58],
    ['db.r6g.2xlarge', 8, 64, 1.16],
    ['db.r6g.4xlarge', 16, 128, 2.32],
  ]),
  // https://aws.amazon.com/msk/pricing/
  msk: table([
    ['kafka.t3.small', 2, 2, 0.05],
    ['kafka.m7g.large', 2, 8, 0.228],
    ['kafka.m7g.xlarge', 4, 16, 0.456],
    ['kafka.m7g.2xlarge', 8, 32, 0.912],
  ]),
  // https://aws.amazon.com/opensearch-service/pricing/
  opensearch: table([
    ['t3.small.search', 2, 2, 0.039],
    ['t3.medium.search', 2, 4, 0.078],
    ['m6g.large.search', 2, 8, 0.142],
    ['r6g.large.search', 2, 16, 0.186],
    ['m6g.xlarge.search', 4, 16, 0.284],
    ['r6g.xlarge.search', 4, 32, 0.371],
    ['m6g.2xlarge.search', 8, 32, 0.567],
    ['r6g.2xlarge.search', 8, 64, 0.743],
  ]),
  // https://aws.amazon.com/ec2/pricing/on-demand/
  ec2: table([
    ['m6i.large', 2, 8, 0.107],
    ['m6i.xlarge', 4, 16, 0.214],
    ['m6i.2xlarge', 8, 32, 0.428],
    ['m6i.4xlarge', 16, 64, 0.856],
    ['m6i.8xlarge', 32, 128, 1.712],
  ]),
} as const;

export type PricedService = keyof typeof instanceTypes;
