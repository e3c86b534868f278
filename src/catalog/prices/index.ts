// The price table: what one unit of each item costs, and what a commitment or a spot machine saves. Estimates, with a date.
import { instanceTypes, type PricedService } from './instance-types';

/** The day that the list prices stand for. They are list prices of eu-west-1 written down by hand, without tax: an estimate is within some 10 %. */
export const pricesAsOf = '2026-11-25';
export const pricesRegion = 'eu-west-1';
/** What AWS bills in; prices of other regions differ by some 10 %. */
export const pricesCurrency = 'USD';
/** 365 × 24 / 12. */
export const hoursPerMonth = 730;

export interface Price {
  readonly unit: 'hour' | 'GiB-month' | 'GB' | 'million requests' | 'month';
  readonly usd: number;
  /** Part of the price that remains with a commitment of one year without payment up front; 1 = there is none. */
  readonly reserved: number;
  /** Part of the price that a spot machine costs on average; 1 = there is none. */
  readonly spot: number;
  readonly source: string;
}

/** For each service: pricing page, and what a commitment leaves of the price. */
const services: Readonly<Record<PricedService, { reserved: number; spot: number; source: string }>> = {
  rds: { reserved: 0.69, spot: 1, source: 'https://aws.amazon.com/rds/postgresql/pricing/' },
  elasticache: { reserved: 0.68, spot: 1, source: 'https://aws.amazon.com/elasticache/pricing/' },
  documentdb: { reserved: 0.75, spot: 1, source: 'https://aws.amazon.com/documentdb/pricing/' },
  msk: { reserved: 1, spot: 1, source: 'https://aws.amazon.com/msk/pricing/' },
  opensearch: { reserved: 0.69, spot: 1, source: 'https://aws.amazon.com/opensearch-service/pricing/' },
  // Compute Savings Plan: https://aws.amazon.com/savingsplans/compute-pricing/ ; spot: https://aws.amazon.com/ec2/spot/pricing/
  ec2: { reserved: 0.73, spot: 0.4, source: 'https://aws.amazon.com/ec2/pricing/on-demand/' },
};

const flat = (unit: Price['unit'], usd: number, source: string): Price => ({ unit, usd, reserved: 1, spot: 1, source });

const other: Readonly<Record<string, Price>> = {
  'eks-control-plane': flat('hour', 0.1, 'https://aws.amazon.com/eks/pricing/'),
  'nat-gateway': flat('hour', 0.048, 'https://aws.amazon.com/vpc/pricing/'),
  'nat-data': flat('GB', 0.048, 'https://aws.amazon.com/vpc/pricing/'),
  'load-balancer': flat('hour', 0.0252, 'https://aws.amazon.com/elasticloadbalancing/pricing/'),
  'interface-endpoint': flat('hour', 0.011, 'https://aws.amazon.com/privatelink/pricing/'),
  'data-out': flat('GB', 0.09, 'https://aws.amazon.com/ec2/pricing/on-demand/'),
  'ebs-gp3': flat('GiB-month', 0.088, 'https://aws.amazon.com/ebs/pricing/'),
  'rds-gp3': flat('GiB-month', 0.127, 'https://aws.amazon.com/rds/postgresql/pricing/'),
  'rds-backup': flat('GiB-month', 0.095, 'https://aws.amazon.com/rds/postgresql/pricing/'),
  'rds-proxy': flat('hour', 0.018, 'https://aws.amazon.com/rds/proxy/pricing/'),
  'documentdb-storage': flat('GiB-month', 0.11, 'https://aws.amazon.com/documentdb/pricing/'),
  'documentdb-backup': flat('GiB-month', 0.023, 'https://aws.amazon.com/documentdb/pricing/'),
  'msk-storage': flat('GiB-month', 0.11, 'https://aws.amazon.com/msk/pricing/'),
  'opensearch-gp3': flat('GiB-month', 0.134, 'https://aws.amazon.com/opensearch-service/pricing/'),
  'elasticache-snapshot': flat('GiB-month', 0.085, 'https://aws.amazon.com/elasticache/pricing/'),
  's3-standard': flat('GiB-month', 0.023, 'https://aws.amazon.com/s3/pricing/'),
  's3-writes': flat('million requests', 5, 'https://aws.amazon.com/s3/pricing/'),
  's3-reads': flat('million requests', 0.4, 'https://aws.amazon.com/s3/pricing/'),
  'kms-key': flat('month', 1, 'https://aws.amazon.com/kms/pricing/'),
  secret: flat('month', 0.4, 'https://aws.amazon.com/secrets-manager/pricing/'),
};

/** Every item by its key: an instance type by its name, everything else by a word. */
export const prices: Readonly<Record<string, Price>> = {
  ...Object.fromEntries(
    (Object.keys(services) as PricedService[]).flatMap((service) =>
      instanceTypes[service].map(
        ({ name, usdPerHour }) =>
          [
            // Two services have classes of the same name.
            service === 'documentdb' ? `documentdb ${name}` : name,
            { unit: 'hour', usd: usdPerHour, ...services[service] },
          ] as const,
      ),
    ),
  ),
  ...other,
};
