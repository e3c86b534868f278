// One environment of the platform that runs in a cluster.
import type { ResourcesPlan } from '../workload';
import type { AwsPlan } from './aws';
import type { CostPlan } from './cost';
import type { PlatformEdgePlan } from './edge';
import type { BackingInstancePlan } from './instance';

/** A sum over services with the terms that it is made of. */
export interface DemandPlan {
  readonly request: number;
  readonly limit: number;
  /** One term per workload, job and migration: `financial-service: (10 replicas + 3 surge) × 500m = 6500m`. */
  readonly terms: readonly {
    readonly name: string;
    readonly request: number;
    readonly limit: number;
    readonly text: string;
  }[];
}

/** What everything uses at maximum scale with every rollout, job and migration at once. */
export interface ClusterDemandPlan {
  readonly cpuMillis: DemandPlan;
  readonly memoryMiB: DemandPlan;
  readonly pods: number;
}

export interface PriorityClassPlan {
  readonly name: string;
  readonly value: number;
  readonly preempts: boolean;
  readonly description: string;
}

/** A ResourceQuota; null amounts are not limited. */
export interface NamespaceQuotaPlan {
  readonly cpuMillis: { readonly request: number; readonly limit: number } | null;
  readonly memoryMiB: { readonly request: number; readonly limit: number } | null;
  readonly volumes: number | null;
}

/** A LimitRange: what a container gets that says nothing, and the most that one may ask for. */
export interface LimitRangePlan {
  readonly defaults: ResourcesPlan;
  readonly maximum: { readonly cpuMillis: number; readonly memoryMiB: number };
  /** The least that a container may ask for: one that asks for nothing is placed without measure. */
  readonly minimum: { readonly cpuMillis: number; readonly memoryMiB: number };
}

export interface NamespacePlan {
  readonly name: string;
  /** What runs in it. */
  readonly holds: 'services' | 'data' | 'monitoring' | 'gateway';
  /** Level that Pod Security enforces. */
  readonly podSecurity: 'restricted' | 'baseline';
  readonly quota: NamespaceQuotaPlan | null;
  readonly limitRange: LimitRangePlan | null;
  readonly why: string;
}

/** A certificate of the gateway: cert-manager asks for it, the listener serves it. */
export interface CertificatePlan {
  readonly name: string;
  readonly secretName: string;
  readonly hosts: readonly string[];
  readonly issuer: string;
}

export interface IssuerPlan {
  readonly name: string;
  /** ACME directory. */
  readonly server: string;
  readonly email: string | null;
  /** Secret that holds the account's key. */
  readonly accountSecret: string;
}

/** Signs the certificates of data stores and of the APM server; each namespace of services has a Secret of its name with `ca.crt`. */
export interface ClusterAuthorityPlan {
  /** Its ClusterIssuer, Certificate and Secret. */
  readonly name: string;
  /** ClusterIssuer by which it signs itself. */
  readonly root: string;
  /** Namespace of its Secret. */
  readonly namespace: string;
  readonly lifetimeHours: number;
  readonly renewBeforeHours: number;
}

/** Numbers of the Jobs and monitors that the platform runs itself. */
export interface RunningPlan {
  /** As the services' own monitors. */
  readonly scrapeIntervalSeconds: number;
  /** Of what prepares a data store. */
  readonly preparation: {
    readonly backoffLimit: number;
    readonly deadlineSeconds: number;
    readonly keptSeconds: number;
  };
  /** Of what saves one by a schedule. */
  readonly saving: {
    readonly startingDeadlineSeconds: number;
    readonly backoffLimit: number;
    readonly keptSeconds: number;
  };
}

export interface GatewayPlan {
  readonly name: string;
  readonly namespace: string;
  readonly className: string;
  /** Name of the HTTPS listener that routes attach to. */
  readonly section: string;
  readonly certificates: readonly CertificatePlan[];
  /** Public hosts, sorted. */
  readonly hosts: readonly string[];
  readonly replicas: number;
  readonly resources: ResourcesPlan;
  readonly tlsMinVersion: '1.2';
  /** How long a client may take to send its request, and how long a connection may be silent. */
  readonly requestReceivedSeconds: number;
  readonly idleSeconds: number;
}

/** A public path: what the gateway (or nginx on a laptop) sends where. */
export interface PublicRoutePlan {
  readonly host: string;
  readonly path: string;
  /** Paths below it, and below no longer one, that a GET answers with success. */
  readonly samples: readonly string[];
  readonly service: string;
  readonly port: number;
  readonly bodyLimitBytes: number | null;
  readonly rateLimit: { readonly requests: number; readonly unit: 'Second' | 'Minute' | 'Hour' } | null;
  /** 0 = as long as the connection lives (websockets). */
  readonly requestTimeoutSeconds: number;
  readonly websockets: boolean;
  /** A static site: its files are cached. */
  readonly isStatic: boolean;
}

export interface ClusterPlan {
  readonly name: string;
  readonly cluster: string | null;
  readonly account: string | null;
  readonly region: string;
  readonly gated: boolean;
  /** MAJOR.MINOR, and its last day of support; null for an unknown one. */
  readonly kubernetes: string;
  readonly kubernetesEndOfLife: string | null;
  readonly namespace: string;
  readonly dataNamespace: string;
  readonly monitoringNamespace: string;
  readonly namespaces: readonly NamespacePlan[];
  readonly priorityClasses: readonly PriorityClassPlan[];
  readonly nodes: { readonly cpuMillis: number; readonly memoryMiB: number; readonly max: number } | null;
  readonly demand: ClusterDemandPlan;
  /** What it costs in a month, as an estimate. */
  readonly cost: CostPlan;
  readonly instances: readonly BackingInstancePlan[];
  readonly edges: readonly PlatformEdgePlan[];
  readonly routes: readonly PublicRoutePlan[];
  readonly secretStore: {
    readonly name: string;
    readonly kind: 'ClusterSecretStore';
    readonly region: string;
    readonly refreshInterval: string;
  };
  /** Ranges that policies name: the private network (API server, managed stores), the internet, and two agents of the cloud. */
  readonly addresses: {
    readonly network: string;
    readonly outside: { readonly cidr: string; readonly except: readonly string[] };
    readonly podIdentity: string;
    readonly metadata: string;
  };
  readonly issuers: readonly IssuerPlan[];
  /** Null where nothing in the cluster presents one. */
  readonly authority: ClusterAuthorityPlan | null;
  readonly gateway: GatewayPlan;
  readonly running: RunningPlan;
  readonly mesh: 'none' | 'istio';
  readonly calico: boolean;
  /** Null where no account is declared. */
  readonly aws: AwsPlan | null;
}
