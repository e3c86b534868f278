// One environment of the platform run by compose: everything beside each other on one machine.

import type { SecretSource } from '../../../catalog/facts';
import type { BuildPlan } from '../build';
import type { EnvironmentPlan } from '../environment';
import type { PublicRoutePlan } from './cluster';
import type { PlatformEdgePlan } from './edge';
import type { BackingInstancePlan } from './instance';

export interface LaptopServicePlan {
  readonly name: string;
  /** Its environment with secrets named for the whole platform: `SERVICE-ID`, and an instance's account by its own id. */
  readonly environment: EnvironmentPlan;
}

export interface ProxyPlan {
  /** Ports of the host, at 127.0.0.1. */
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly routes: readonly PublicRoutePlan[];
  /** Names of the certificate: public hosts, and `localhost`. */
  readonly hosts: readonly string[];
  readonly workerConnections: number;
  readonly keepAliveConnections: number;
  readonly cacheMiB: number;
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
  readonly proxy: ProxyPlan;
}

/** What a service's image is built from, for `build:` of compose. */
export interface ServiceBuildPlan {
  readonly name: string;
  readonly build: BuildPlan;
}
