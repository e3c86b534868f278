// What schemas/platform.schema.json allows, as types. Made by scripts/gen-types.mjs: change the schema instead.

export type Channel = string;
/**
 * Folder with a service.yaml, from the platform's declaration; `*` stands for any part of one name.
 */
export type ServiceFolder = string;
/**
 * Range of IPv4 addresses. Never of all addresses: /0.
 */
export type CidrRange = string;

/**
 * What all services of a platform share: where they run, what backs them, who is told.
 */
export interface PlatformDeclaration {
  /**
   * Name of the platform: namespace, label app.kubernetes.io/part-of, prefix of secrets and buckets.
   */
  readonly name: string;
  /**
   * Domain of the platform.
   */
  readonly domain: string;
  /**
   * Where images are pushed. Default: ghcr.io/NAME.
   */
  readonly registry?: string;
  /**
   * OWNER/NAME on GitHub of the monorepo. Default: each service has a repository of its own, NAME/SERVICE.
   */
  readonly repository?: string;
  /**
   * The date against which end of life is measured; an input, so that generation never depends on the clock. Default: the date of the catalog.
   */
  readonly asOf?: string;
  /**
   * The environments, in order of promotion. Default: development on compose, staging and production on Kubernetes.
   */
  readonly environments?: {
    [k: string]: PlatformEnvironment;
  };
  readonly backing?: BackingResources;
  /**
   * Alert channel by owner, for all severities or one for each; `default` for the rest. Default: #alerts.
   */
  readonly notify?: {
    [k: string]: Channel | Channels;
  };
  readonly gateway?: GatewayFacts;
  /**
   * Address range of the cluster's private network, where managed data stores answer. Default: 10.0.0.0/16.
   *
   * @default "10.0.0.0/16"
   */
  readonly network?: string;
  /**
   * The platform's services: folders of this repository (a glob takes every folder with a declaration), published declarations, or no more than name and port of a service that is declared elsewhere. Default: none.
   */
  readonly services?: (ServiceFolder | PublishedService | ServiceFacts)[];
  readonly observability?: Observability;
  readonly recovery?: PlatformRecovery;
  readonly backups?: Backups;
  readonly certificates?: Certificates;
  /**
   * Who applies the manifests: Argo CD from the repository, or the workflow alone. Default: argo-cd.
   *
   * @default "argo-cd"
   */
  readonly gitops?: 'argo-cd' | 'none';
  /**
   * Service mesh: istio adds mutual TLS and an authorisation policy for every declared edge. Default: none.
   *
   * @default "none"
   */
  readonly mesh?: 'none' | 'istio';
  readonly policy?: Policy;
  readonly aws?: Aws;
}
/**
 * Where an environment runs.
 */
export interface PlatformEnvironment {
  /**
   * On a laptop by compose, or in a cluster. Default: kubernetes.
   *
   * @default "kubernetes"
   */
  readonly runs?: 'compose' | 'kubernetes';
  /**
   * Name of the EKS cluster. Default: the GitHub environment's variable EKS_CLUSTER.
   */
  readonly cluster?: string;
  /**
   * AWS account. Default: the role in the GitHub environment's variable AWS_ROLE_ARN.
   */
  readonly account?: string;
  /**
   * AWS region. Default: eu-west-1.
   *
   * @default "eu-west-1"
   */
  readonly region?: string;
  /**
   * Kubernetes namespace. Default: the platform's name.
   */
  readonly namespace?: string;
  /**
   * Whether a person approves each deployment. Default: true for the last environment.
   */
  readonly gated?: boolean;
  readonly quota?: Quota;
  readonly nodes?: Nodes;
  /**
   * Kubernetes version of the cluster, MAJOR.MINOR. Default: 1.35.
   *
   * @default "1.35"
   */
  readonly kubernetes?: string;
}
/**
 * What the namespace may use, as REQUESTS..LIMITS. Default: no quota.
 */
export interface Quota {
  /**
   * Cores. Default: no limit.
   */
  readonly cpu?: string | number;
  /**
   * Memory. Default: no limit.
   */
  readonly memory?: string;
  /**
   * PersistentVolumeClaims. Default: no limit.
   */
  readonly volumes?: number;
}
/**
 * The cluster's nodes, against which pods and the maximum scale are measured. Default: not measured.
 */
export interface Nodes {
  /**
   * Cores that pods can use of one node (allocatable).
   */
  readonly cpu: string | number;
  /**
   * Memory that pods can use of one node (allocatable).
   */
  readonly memory: string;
  /**
   * Most nodes that the cluster grows to. Default: 10.
   *
   * @default 10
   */
  readonly max?: number;
}
/**
 * The shared backing resources, by kind. Default: the newest supported version, the smallest class that carries what is declared.
 */
export interface BackingResources {
  readonly clickhouse?: ClickHouseBacking;
  readonly elasticsearch?: ElasticsearchBacking;
  readonly kafka?: KafkaBacking;
  readonly mongodb?: MongoDBBacking;
  readonly mqtt?: MQTTBacking;
  readonly postgres?: PostgreSQLBacking;
  readonly redis?: RedisBacking;
  readonly s3?: S3Backing;
  readonly smtp?: SMTPBacking;
}
/**
 * ClickHouse of the platform. Default: version 26.3, run by operator in a cluster.
 */
export interface ClickHouseBacking {
  /**
   * Major version. Default: 26.3.
   *
   * @default "26.3"
   */
  readonly version?: '25.8' | '26.3';
  /**
   * Size: small 4096 MiB; medium 16384 MiB; large 65536 MiB. Default: the smallest that carries what is declared.
   */
  readonly class?: 'small' | 'medium' | 'large';
  /**
   * Who runs it, by environment: container (compose), operator (in the cluster), aws (managed) or external. Default: operator.
   */
  readonly runs?: {
    [k: string]: 'container' | 'operator' | 'aws' | 'external';
  };
  /**
   * Disk of each instance that runs in a cluster. Default: twice the data size that the services declare, at least 20Gi.
   */
  readonly storage?: string;
  /**
   * Whether replicas take over when an instance fails. Default: true in gated environments, false in the others.
   */
  readonly highAvailability?: boolean;
  /**
   * What several services may use together although one of them owns it: databases, buckets. Default: none.
   */
  readonly shared?: string[];
}
/**
 * Elasticsearch of the platform. Default: version 9, run by operator in a cluster.
 */
export interface ElasticsearchBacking {
  /**
   * Major version. Default: 9.
   *
   * @default "9"
   */
  readonly version?: '8' | 8 | '9' | 9;
  /**
   * Size: small 2048 MiB; medium 8192 MiB; large 32768 MiB. Default: the smallest that carries what is declared.
   */
  readonly class?: 'small' | 'medium' | 'large';
  /**
   * Who runs it, by environment: container (compose), operator (in the cluster), aws (managed) or external. Default: operator.
   */
  readonly runs?: {
    [k: string]: 'container' | 'operator' | 'aws' | 'external';
  };
  /**
   * Disk of each instance that runs in a cluster. Default: twice the data size that the services declare, at least 20Gi.
   */
  readonly storage?: string;
  /**
   * Whether replicas take over when an instance fails. Default: true in gated environments, false in the others.
   */
  readonly highAvailability?: boolean;
  /**
   * What several services may use together although one of them owns it: databases, buckets. Default: none.
   */
  readonly shared?: string[];
}
/**
 * Kafka of the platform. Default: version 4, run by operator in a cluster.
 */
export interface KafkaBacking {
  /**
   * Major version. Default: 4.
   *
   * @default "4"
   */
  readonly version?: '4' | 4;
  /**
   * Size: small 1024 MiB; medium 4096 MiB; large 16384 MiB. Default: the smallest that carries what is declared.
   */
  readonly class?: 'small' | 'medium' | 'large';
  /**
   * Who runs it, by environment: container (compose), operator (in the cluster), aws (managed) or external. Default: operator.
   */
  readonly runs?: {
    [k: string]: 'container' | 'operator' | 'aws' | 'external';
  };
  /**
   * Disk of each instance that runs in a cluster. Default: twice the data size that the services declare, at least 20Gi.
   */
  readonly storage?: string;
  /**
   * Whether replicas take over when an instance fails. Default: true in gated environments, false in the others.
   */
  readonly highAvailability?: boolean;
  /**
   * What several services may use together although one of them owns it: databases, buckets. Default: none.
   */
  readonly shared?: string[];
  /**
   * Topics whose settings differ from the defaults. Default: every declared topic with 6 partitions, kept for 7 days.
   */
  readonly topics?: {
    [k: string]: TopicFacts;
  };
}
/**
 * One topic.
 */
export interface TopicFacts {
  /**
   * Partitions: the most consumers of one group that work at once. Default: 6.
   *
   * @default 6
   */
  readonly partitions?: number;
  /**
   * How long events are kept. Default: 7d.
   *
   * @default "7d"
   */
  readonly retention?: string;
}
/**
 * MongoDB of the platform. Default: version 8.0, run by operator in a cluster.
 */
export interface MongoDBBacking {
  /**
   * Major version. Default: 8.0.
   *
   * @default "8.0"
   */
  readonly version?: '7.0' | '8.0';
  /**
   * Size: small 1024 MiB, 500 connections; medium 4096 MiB, 1500 connections; large 16384 MiB, 4500 connections. Default: the smallest that carries what is declared.
   */
  readonly class?: 'small' | 'medium' | 'large';
  /**
   * Who runs it, by environment: container (compose), operator (in the cluster), aws (managed) or external. Default: operator.
   */
  readonly runs?: {
    [k: string]: 'container' | 'operator' | 'aws' | 'external';
  };
  /**
   * Disk of each instance that runs in a cluster. Default: twice the data size that the services declare, at least 20Gi.
   */
  readonly storage?: string;
  /**
   * Whether replicas take over when an instance fails. Default: true in gated environments, false in the others.
   */
  readonly highAvailability?: boolean;
  /**
   * What several services may use together although one of them owns it: databases, buckets. Default: none.
   */
  readonly shared?: string[];
}
/**
 * MQTT of the platform. Default: version 2, run by external in a cluster.
 */
export interface MQTTBacking {
  /**
   * Major version. Default: 2.
   *
   * @default "2"
   */
  readonly version?: '2' | 2;
  /**
   * Size: small 128 MiB; medium 256 MiB; large 512 MiB. Default: the smallest that carries what is declared.
   */
  readonly class?: 'small' | 'medium' | 'large';
  /**
   * Who runs it, by environment: container (compose), operator (in the cluster), aws (managed) or external. Default: external.
   */
  readonly runs?: {
    [k: string]: 'container' | 'operator' | 'aws' | 'external';
  };
  /**
   * Disk of each instance that runs in a cluster. Default: twice the data size that the services declare, at least 20Gi.
   */
  readonly storage?: string;
  /**
   * Whether replicas take over when an instance fails. Default: true in gated environments, false in the others.
   */
  readonly highAvailability?: boolean;
  /**
   * What several services may use together although one of them owns it: databases, buckets. Default: none.
   */
  readonly shared?: string[];
}
/**
 * PostgreSQL of the platform. Default: version 17, run by operator in a cluster.
 */
export interface PostgreSQLBacking {
  /**
   * Major version. Default: 17.
   *
   * @default "17"
   */
  readonly version?: '14' | 14 | '15' | 15 | '16' | 16 | '17' | 17 | '18' | 18;
  /**
   * Size: small 1024 MiB, 100 connections; medium 4096 MiB, 200 connections; large 16384 MiB, 450 connections. Default: the smallest that carries what is declared.
   */
  readonly class?: 'small' | 'medium' | 'large';
  /**
   * Who runs it, by environment: container (compose), operator (in the cluster), aws (managed) or external. Default: operator.
   */
  readonly runs?: {
    [k: string]: 'container' | 'operator' | 'aws' | 'external';
  };
  /**
   * Disk of each instance that runs in a cluster. Default: twice the data size that the services declare, at least 20Gi.
   */
  readonly storage?: string;
  /**
   * Whether replicas take over when an instance fails. Default: true in gated environments, false in the others.
   */
  readonly highAvailability?: boolean;
  /**
   * What several services may use together although one of them owns it: databases, buckets. Default: none.
   */
  readonly shared?: string[];
  /**
   * Whether a pooler stands before the server in a cluster (PgBouncer) or on AWS (RDS Proxy) and lends a connection for each transaction; the pools of the services may then be larger together than what the server accepts. What lives longer than a transaction (LISTEN, advisory locks, SET) does not pass it; migrations go past it. Default: none.
   *
   * @default "none"
   */
  readonly pooling?: 'none' | 'transaction';
}
/**
 * Redis of the platform. Default: version 8, run by operator in a cluster.
 */
export interface RedisBacking {
  /**
   * Major version. Default: 8.
   *
   * @default "8"
   */
  readonly version?: '8' | 8;
  /**
   * Size: small 512 MiB, 10000 connections; medium 2048 MiB, 10000 connections; large 8192 MiB, 10000 connections. Default: the smallest that carries what is declared.
   */
  readonly class?: 'small' | 'medium' | 'large';
  /**
   * Who runs it, by environment: container (compose), operator (in the cluster), aws (managed) or external. Default: operator.
   */
  readonly runs?: {
    [k: string]: 'container' | 'operator' | 'aws' | 'external';
  };
  /**
   * Disk of each instance that runs in a cluster. Default: twice the data size that the services declare, at least 20Gi.
   */
  readonly storage?: string;
  /**
   * Whether replicas take over when an instance fails. Default: true in gated environments, false in the others.
   */
  readonly highAvailability?: boolean;
  /**
   * What several services may use together although one of them owns it: databases, buckets. Default: none.
   */
  readonly shared?: string[];
}
/**
 * S3 of the platform. Default: version 4, run by aws in a cluster.
 */
export interface S3Backing {
  /**
   * Major version. Default: 4.
   *
   * @default "4"
   */
  readonly version?: '4' | 4;
  /**
   * Size: small 512 MiB; medium 1024 MiB; large 2048 MiB. Default: the smallest that carries what is declared.
   */
  readonly class?: 'small' | 'medium' | 'large';
  /**
   * Who runs it, by environment: container (compose), operator (in the cluster), aws (managed) or external. Default: aws.
   */
  readonly runs?: {
    [k: string]: 'container' | 'operator' | 'aws' | 'external';
  };
  /**
   * Disk of each instance that runs in a cluster. Default: twice the data size that the services declare, at least 20Gi.
   */
  readonly storage?: string;
  /**
   * Whether replicas take over when an instance fails. Default: true in gated environments, false in the others.
   */
  readonly highAvailability?: boolean;
  /**
   * What several services may use together although one of them owns it: databases, buckets. Default: none.
   */
  readonly shared?: string[];
}
/**
 * SMTP of the platform. Default: version 1, run by external in a cluster.
 */
export interface SMTPBacking {
  /**
   * Major version. Default: 1.
   *
   * @default "1"
   */
  readonly version?: '1' | 1;
  /**
   * Size: small 128 MiB; medium 128 MiB; large 128 MiB. Default: the smallest that carries what is declared.
   */
  readonly class?: 'small' | 'medium' | 'large';
  /**
   * Who runs it, by environment: container (compose), operator (in the cluster), aws (managed) or external. Default: external.
   */
  readonly runs?: {
    [k: string]: 'container' | 'operator' | 'aws' | 'external';
  };
  /**
   * Disk of each instance that runs in a cluster. Default: twice the data size that the services declare, at least 20Gi.
   */
  readonly storage?: string;
  /**
   * Whether replicas take over when an instance fails. Default: true in gated environments, false in the others.
   */
  readonly highAvailability?: boolean;
  /**
   * What several services may use together although one of them owns it: databases, buckets. Default: none.
   */
  readonly shared?: string[];
}
/**
 * Slack channel by severity. Default of each: the channel of the next lower severity that has one, then the default's.
 */
export interface Channels {
  /**
   * Alerts that page. Default: warning's.
   */
  readonly critical?: string;
  /**
   * Alerts that make a ticket. Default: info's.
   */
  readonly warning?: string;
  /**
   * Alerts that are only shown. Default: warning's.
   */
  readonly info?: string;
}
/**
 * The shared Gateway that public routes attach to. Default: gateway in namespace gateway-system, listener https.
 */
export interface GatewayFacts {
  /**
   * Name. Default: public.
   *
   * @default "public"
   */
  readonly name?: string;
  /**
   * Namespace of the Gateway and its proxies. Default: gateway-system.
   *
   * @default "gateway-system"
   */
  readonly namespace?: string;
  /**
   * Listener. Default: https.
   *
   * @default "https"
   */
  readonly section?: string;
}
/**
 * A service of another repository that publishes its declaration in an npm package (service.yaml at its root).
 */
export interface PublishedService {
  /**
   * Name of the npm package; it has to be installed.
   */
  readonly package: string;
  /**
   * Exact version: another one that is installed is refused.
   */
  readonly version: string;
}
/**
 * What callers must know of a service that is declared elsewhere.
 */
export interface ServiceFacts {
  /**
   * Name of the service.
   */
  readonly name: string;
  /**
   * Port that its container listens on. Default: 3000.
   *
   * @default 3000
   */
  readonly port?: number;
}
/**
 * How the platform is watched. Default: the Prometheus operator and Grafana, no central logging, no tracing.
 */
export interface Observability {
  /**
   * Who scrapes and alerts in the clusters. Default: prometheus-operator.
   *
   * @default "prometheus-operator"
   */
  readonly metrics?: 'prometheus-operator' | 'none';
  /**
   * Where dashboards are shown. Default: grafana.
   *
   * @default "grafana"
   */
  readonly dashboards?: 'grafana' | 'none';
  /**
   * Where logs are gathered: Filebeat, Elasticsearch and Kibana. Default: none.
   *
   * @default "none"
   */
  readonly logging?: 'elastic' | 'none';
  /**
   * Where traces are gathered: the Elastic APM server. Default: none.
   *
   * @default "none"
   */
  readonly tracing?: 'elastic-apm' | 'none';
  /**
   * How long metrics are kept. Default: 15d.
   *
   * @default "15d"
   */
  readonly retention?: string;
  /**
   * How long logs are kept. Default: 14d.
   *
   * @default "14d"
   */
  readonly logRetention?: string;
}
/**
 * What is promised for every service that promises nothing itself. Default: nothing.
 */
export interface PlatformRecovery {
  /**
   * Recovery point: the newest data that may be lost, as a time. Default: no promise.
   */
  readonly rpo?: string;
  /**
   * Recovery time: how long a restore may take. Default: no promise.
   */
  readonly rto?: string;
}
/**
 * Backups of the data stores: how long they are kept, how often a restore is tried, how often people practise. Default: a dump every night kept for 7 days, 4 weeks and 12 months, a restore test every month, a drill every quarter.
 */
export interface Backups {
  /**
   * S3 bucket, with {environment} in its name replaced. Default: PLATFORM-{environment}-backups.
   */
  readonly bucket?: string;
  readonly keep?: BackupsKept;
  /**
   * Days that a point in time can be chosen from: continuous archives and the base backups that they start from. Default: keep.daily.
   */
  readonly keepDays?: number;
  /**
   * When dumps and base backups are taken, in UTC: a cron schedule of five fields. Default: 0 2 * * *, every night at two.
   *
   * @default "0 2 * * *"
   */
  readonly schedule?: string;
  /**
   * How often what changed is archived, where a store does not send it all the time. Default: the tightest RPO of the store's users, at least what the store can.
   */
  readonly interval?: string;
  /**
   * How often the newest backup is restored into a server of its own and looked at: weekly (Sunday), monthly (the first) or a cron schedule in UTC. Default: monthly.
   *
   * @default "monthly"
   */
  readonly restoreTest?: string;
  /**
   * How often people practise the failover to the other region. Default: quarterly.
   *
   * @default "quarterly"
   */
  readonly drill?: 'monthly' | 'quarterly' | 'yearly' | 'none';
}
/**
 * How many dumps are kept of each kind; 0 = none. Default: 7 daily, 4 weekly, 12 monthly.
 */
export interface BackupsKept {
  /**
   * Dumps of the last days. Default: 7.
   *
   * @default 7
   */
  readonly daily?: number;
  /**
   * Dumps of the last Sundays. Default: 4.
   *
   * @default 4
   */
  readonly weekly?: number;
  /**
   * Dumps of the first days of the last months. Default: 12.
   *
   * @default 12
   */
  readonly monthly?: number;
}
/**
 * Certificates of the public hosts, by cert-manager from Let's Encrypt.
 */
export interface Certificates {
  /**
   * Address of the ACME account. Default: none is given to Let's Encrypt.
   */
  readonly email?: string;
  /**
   * Let's Encrypt directory by environment: production, or staging, whose certificates no browser trusts but whose limits are wide. Default: production in gated environments, staging in the others.
   */
  readonly issuer?: {
    [k: string]: 'staging' | 'production';
  };
}
/**
 * Network policy beyond what Kubernetes itself knows.
 */
export interface Policy {
  /**
   * Whether the clusters run Calico: then a GlobalNetworkPolicy denies what no namespace's policy allows, and the instance metadata service. Default: false.
   *
   * @default false
   */
  readonly calico?: boolean;
}
/**
 * What Terraform makes on AWS for the environments that have an account. Default: a network of 10.0.0.0/16, no access to the cluster's API from outside, no second region.
 */
export interface Aws {
  /**
   * Ranges of public addresses that may reach the API of the clusters. Default: none, the API is reached from inside the network only.
   *
   * @maxItems 40
   */
  readonly apiAccess?: CidrRange[];
  /**
   * Tiers whose pods run on spot capacity where there is some. Default: background.
   *
   * @default ["background"]
   */
  readonly spot?: ('standard' | 'background')[];
  readonly disasterRecovery?: DisasterRecovery;
  /**
   * IAM roles of the people who administrate the clusters. Default: none.
   */
  readonly administrators?: string[];
  /**
   * Address that budgets and alarms of AWS itself write to. Default: the one of `certificates`.
   */
  readonly alarmEmail?: string;
  /**
   * Most that an environment is to cost in a month, by environment. Unit: US dollars. Default: none.
   */
  readonly monthlyBudget?: {
    [k: string]: number;
  };
}
/**
 * The region that takes over, and its network, which must not overlap with `network`. Default: none.
 */
export interface DisasterRecovery {
  /**
   * AWS region.
   */
  readonly region: string;
  /**
   * Range of IPv4 addresses. Never of all addresses: /0.
   */
  readonly network: string;
}
