// One environment of the platform run by compose: everything beside each other on one machine.

import type {
  HealthCheckPlan,
  ImageReference,
  ResourceAmounts,
  SecretFilePlan,
  SecretSource,
  ServerCertificatePlan,
} from '../../../catalog/facts';
import type { Tuned } from '../../../catalog/tuned';
import type { DevelopmentAuthorityPlan, EnvironmentPlan } from '../environment';
import type { PublicRoutePlan } from './cluster';
import type { PlatformEdgePlan } from './edge';
import type { BackingInstancePlan } from './instance';

export interface LaptopServicePlan {
  readonly name: string;
  /** Its environment with secrets named for the whole platform: `SERVICE-ID`, and an instance's account by its own id. */
  readonly environment: EnvironmentPlan;
}

/** The server that stands before the services. */
export interface ProxyPlan {
  readonly image: ImageReference;
  /** `uid:gid` of the image. */
  readonly user: string;
  readonly request: ResourceAmounts;
  readonly limit: ResourceAmounts;
  /** Ports inside its container: requests, and its state for the exporter. */
  readonly listen: { readonly http: number; readonly https: number; readonly status: number };
  /** Makes its metrics; null where nobody watches. */
  readonly exporter: {
    readonly image: ImageReference;
    readonly user: string;
    readonly port: number;
    readonly request: ResourceAmounts;
    readonly limit: ResourceAmounts;
  } | null;
  /** Ports of the host, at 127.0.0.1. */
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly routes: readonly PublicRoutePlan[];
  /** For the public hosts and `localhost`. */
  readonly certificate: ServerCertificatePlan;
  readonly workerConnections: number;
  readonly keepAliveConnections: number;
  readonly cacheMiB: number;
  /** Disk in memory for what nginx holds beside the cache: its process number, and bodies while they are read. */
  readonly temporaryMiB: number;
  readonly healthCheck: HealthCheckPlan;
  /** Until open requests are cut off. */
  readonly stopGraceSeconds: number;
  /** Its settings, and that they fit into its memory. */
  readonly tuning: Tuned;
}

/** A network of two ends: every container of whoever calls that an edge is for, and the one that listens. */
export interface LaptopNetworkPlan {
  /** `CALLER.CALLEE`. */
  readonly name: string;
  /** A service, or a container of the platform or of a data store. */
  readonly caller: string;
  /** A container. */
  readonly callee: string;
}

/** Addresses of the networks: `PREFIX.SUBNET`. */
export interface LaptopAddressesPlan {
  /** First two octets, unless the environment variable names others: a machine may reach something else by these. */
  readonly prefix: string;
  readonly variable: string;
  /** `37.64/26` by the network's name. A network that is not here gets its addresses from the engine. */
  readonly subnets: Readonly<Record<string, string>>;
}

export interface LaptopPlan {
  /** Environment whose settings it has. */
  readonly name: string;
  /** Compose project. */
  readonly project: string;
  /** `build`: images are made from the sources. `registry`: images are pulled. */
  readonly images: 'build' | 'registry';
  readonly services: readonly LaptopServicePlan[];
  readonly instances: readonly BackingInstancePlan[];
  readonly secretSources: readonly SecretSource[];
  readonly edges: readonly PlatformEdgePlan[];
  /** Limits of containers that no service and no instance owns. */
  readonly limits: { readonly pidsLimit: number; readonly logFileMB: number; readonly logFiles: number };
  /** Signs the certificates of the proxy and of the data stores. */
  readonly authority: DevelopmentAuthorityPlan;
  /** Node.js image that makes the development secrets and certificates. */
  readonly generator: ImageReference;
  /** Secret files of containers that the platform itself runs. */
  readonly containerSecrets: readonly { readonly container: string; readonly files: readonly SecretFilePlan[] }[];
  readonly proxy: ProxyPlan;
  /** Beside `outside` and `published`. */
  readonly networks: readonly LaptopNetworkPlan[];
  readonly addresses: LaptopAddressesPlan;
}
