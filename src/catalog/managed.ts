// What a kind is told when AWS runs it, and what it answers: a Terraform module with its values, a class with its reason, and what is paid.
import type { AccessStatement } from './access';
import type { ResourceClass } from './kind';

/** Plain JSON, as a value of a Terraform variable. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** One declared need that the resource serves. */
export interface ManagedUse {
  readonly service: string;
  /** Key under `needs`. */
  readonly key: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Values of the kind's placeholders: user, database, bucket. */
  readonly values: Readonly<Record<string, string>>;
}

export interface ManagedInput {
  /** Name of the instance, for example `postgres`. */
  readonly name: string;
  readonly platform: string;
  readonly environment: string;
  readonly region: string;
  /** Region that takes over; null where none is declared. */
  readonly otherRegion: string | null;
  readonly version: string;
  readonly class: ResourceClass;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  /** Connections that it must accept; null where the kind has no limit. */
  readonly connections: number | null;
  /** Disk of each replica; null where nothing is kept, or where the cloud has no limit. */
  readonly storageMiB: number | null;
  readonly highlyAvailable: boolean;
  /** Whether a person approves deployments there: what is lost there is lost for customers. */
  readonly gated: boolean;
  /** Whether connections are lent for one transaction at a time. */
  readonly pooled: boolean;
  /** Days that a point in time can be chosen from. */
  readonly keepDays: number;
  /** Snapshots that are kept, one a day. */
  readonly keepDaily: number;
  /** Size of the data, of all uses together. */
  readonly dataSizeGiB: number;
  /** When backups are taken, in UTC: cron schedule of the platform's backups. */
  readonly schedule: string;
  readonly uses: readonly ManagedUse[];
}

/** So much of one item of the price table, each month. */
export interface PricedAmount {
  /** Key of `src/catalog/prices`. */
  readonly item: string;
  readonly quantity: number;
  /** Unit of the quantity, as in the price table: `hour`, `GiB-month`. */
  readonly unit: string;
  readonly why: string;
}

export interface ManagedResourcePlan {
  /** Folder below `templates/terraform/modules`. */
  readonly module: string;
  /** Values of the module's own variables, beside the six that every module of a data store has. */
  readonly variables: Readonly<Record<string, PlainValue>>;
  /** Whether it answers inside the network, so that the module is told of VPC, subnets and the nodes' security group. */
  readonly inNetwork: boolean;
  /** How the class follows from what is declared, in words with numbers. */
  readonly why: string;
  /** For example `db.t4g.large`; null where nothing is sized. */
  readonly instanceType: string | null;
  readonly prices: readonly PricedAmount[];
}

export interface ManagedKind {
  /** For people, for example `Amazon RDS for PostgreSQL`. */
  readonly title: string;
  readonly documentation: string;
  readonly resource: (input: ManagedInput) => ManagedResourcePlan;
}

export type PermissionFactory = (use: Pick<ManagedUse, 'parameters' | 'values'>) => readonly AccessStatement[];

/** Where the cloud gives no identity for a kind. */
export const noPermissions: PermissionFactory = () => [];
