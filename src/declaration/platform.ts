// What schemas/platform.schema.json allows, as types. Made by scripts/gen-types.mjs: change the schema instead.

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
   * Alert channel by owner; `default` for the rest. Default: #alerts.
   */
  readonly notify?: {
    [k: string]: string;
  };
  readonly gateway?: GatewayFacts;
  /**
   * Address range of the cluster's private network, where managed data stores answer. Default: 10.0.0.0/16.
   *
   * @default "10.0.0.0/16"
   */
  readonly network?: string;
  /**
   * Ports of the platform's services, for those that call them. Default: 3000.
   */
  readonly services?: {
    [k: string]: ServiceFacts;
  };
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
  readonly version?: '8' | '9';
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
  readonly version?: '4';
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
  readonly version?: '2';
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
  readonly version?: '14' | '15' | '16' | '17' | '18';
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
  readonly version?: '8';
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
  readonly version?: '4';
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
  readonly version?: '1';
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
 * What callers must know of a service.
 */
export interface ServiceFacts {
  /**
   * Port that its container listens on. Default: 3000.
   */
  readonly port?: number;
}
