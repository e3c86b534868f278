// What one environment has on AWS beside its data stores: network, cluster, nodes, identities, names, and where the state is kept.
import type { AccessStatement } from '../../../catalog/access';

/** A role that pods of one service account take by EKS Pod Identity. */
export interface PodIdentityPlan {
  /** Name of the role. */
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly statements: readonly AccessStatement[];
}

/** A property of an entry, and who knows its value. */
export interface AwsSecretPlan {
  readonly name: string;
  /** `random`: made by the script that fills entries. `host`, `server-host`: of a managed store. `person`: somebody has it. */
  readonly from: 'random' | 'host' | 'server-host' | 'person';
  /** The managed store of a host; null otherwise. */
  readonly instance: string | null;
}

export interface NodeGroupPlan {
  readonly name: string;
  readonly capacity: 'ON_DEMAND' | 'SPOT';
  readonly instanceTypes: readonly string[];
  readonly minimum: number;
  /** At the beginning; afterwards whoever scales the group decides. */
  readonly desired: number;
  readonly maximum: number;
  readonly diskGiB: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: 'NO_SCHEDULE' }[];
  readonly why: string;
}

export interface AwsNetworkPlan {
  readonly cidr: string;
  /** Letters of the region's zones, each with one subnet of each sort. */
  readonly zones: readonly string[];
  /** Nodes, pods and data stores: no route in from the internet. */
  readonly privateSubnets: readonly string[];
  /** Load balancers and NAT gateways. */
  readonly publicSubnets: readonly string[];
  readonly natGateways: number;
  readonly flowLogDays: number;
  /** Interface endpoints, by the short name of the service. */
  readonly endpoints: readonly string[];
  readonly why: Readonly<Record<string, string>>;
}

export interface AwsPlan {
  readonly account: string;
  readonly region: string;
  /** `PLATFORM-ENVIRONMENT`, before every name. */
  readonly namePrefix: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly state: { readonly bucket: string; readonly key: string };
  readonly network: AwsNetworkPlan;
  readonly cluster: {
    readonly name: string;
    readonly version: string;
    /** Ranges that may reach its API from outside; empty: from the network only. */
    readonly apiAccess: readonly string[];
    readonly administrators: readonly string[];
    readonly logDays: number;
    readonly serviceCidr: string;
  };
  readonly nodeGroups: readonly NodeGroupPlan[];
  readonly identities: readonly PodIdentityPlan[];
  /** Entries of Secrets Manager with the properties that somebody reads. */
  readonly secrets: readonly { readonly name: string; readonly properties: readonly AwsSecretPlan[] }[];
  readonly domain: string;
  /** Private zone that names managed data stores: `INSTANCE.ENVIRONMENT.PLATFORM.internal`. */
  readonly internalZone: string;
  /** Public hosts, which the load balancer of the gateway answers for. */
  readonly hosts: readonly string[];
  /** Requests of one address in five minutes beyond which the firewall refuses them; null without declared limits. */
  readonly rateLimit: { readonly requests: number; readonly why: string } | null;
  readonly github: { readonly repository: string; readonly environment: string };
  readonly backups: { readonly bucket: string };
  /** The region that takes over: its network waits there, and `bucket` holds a copy of every backup. */
  readonly disasterRecovery: {
    readonly region: string;
    readonly network: AwsNetworkPlan;
    readonly bucket: string;
  } | null;
  readonly alarmEmail: string | null;
  /** US dollars in a month; null without a budget. */
  readonly monthlyBudget: number | null;
}
