// What schemas/service.schema.json allows, as types. Made by scripts/gen-types.mjs: change the schema instead.

export type FolderPath = string;
export type HttpsOrigin = string;
export type UrlPath = string;
/**
 * Command that brings the database to the new version's schema; runs to its end before the new version starts. Default: none.
 */
export type Migrations = Command | MigrationCommand;
/**
 * A command without a shell: words separated by spaces, or a list of words. Quotes keep spaces together; operators of a shell are refused.
 */
export type Command = string | string[];
/**
 * CPU and memory, request and limit. small: 100m..1 CPU, 256Mi..512Mi; medium: 250m..1, 512Mi..1Gi; large: 500m..2, 1Gi..2Gi. Default: small.
 */
export type Size = ('small' | 'medium' | 'large') | SizeAmounts;
export type ServiceName = string;
export type TopicName = string;
/**
 * A need under a name of your own: two databases, for example.
 */
export type NamedNeed =
  | NamedClickhouseNeed
  | NamedElasticsearchNeed
  | NamedKafkaNeed
  | NamedMongodbNeed
  | NamedMqttNeed
  | NamedPostgresNeed
  | NamedRedisNeed
  | NamedS3Need
  | NamedSmtpNeed;
/**
 * Name of an environment variable: upper case, digits and underscores.
 */
export type VariableName = string;
/**
 * A duration with a unit: ms, s, m, h, d.
 */
export type Duration = string;
export type MetricName = string;
export type MetricRatio = string;
export type OneLine = string;
/**
 * An amount of memory or storage with a binary unit: Ki, Mi, Gi, Ti.
 */
export type MemoryQuantity = string;
export type Digest = string;
export type HostName = string;
/**
 * So many per second, minute or hour: 100/s, 10000/min, 5/h.
 */
export type Rate = string;
export type Port = number;
/**
 * A percentage with its sign.
 */
export type Percentage = string;
export type Bound = string | number;

/**
 * What a service of the platform needs and promises. Everything else follows from it: image, compose file, Kubernetes manifests, workflow, alert rules and environment accessor.
 */
export interface ServiceDeclaration {
  /**
   * Name of the service: its image, Deployment, DNS name and label. Lower case, digits and hyphens, at most 40 characters.
   */
  readonly name: string;
  /**
   * Team that is paged for it; decides the alert channel.
   */
  readonly owner: string;
  /**
   * One line for people: image label, dashboard, runbook. Default: empty.
   *
   * @default ""
   */
  readonly description?: string;
  /**
   * How important it is: decides replicas, priority and the node group. critical: at least 3 replicas; standard: at least 2; background: may be interrupted. Default: standard.
   *
   * @default "standard"
   */
  readonly tier?: 'critical' | 'standard' | 'background';
  readonly runtime?: Runtime;
  readonly http?: Http;
  readonly migrations?: Migrations;
  /**
   * Processes of the same image that run beside the web process, by name. Each becomes a Deployment of its own. Default: none.
   */
  readonly workers?: {
    [k: string]: Worker;
  };
  /**
   * Commands of the same image that run on a schedule, by name. Each becomes a CronJob. Default: none.
   */
  readonly jobs?: {
    [k: string]: Job;
  };
  readonly needs?: Needs;
  /**
   * Plain variables, by name. Never a secret: that belongs under secrets. Default: none.
   */
  readonly config?: {
    [k: string]: string | number | boolean;
  };
  /**
   * Names of secret variables, never their values. Each is mounted as a file and is readable under its name. Default: none.
   */
  readonly secrets?: (VariableName | Secret)[];
  readonly scale?: Scale;
  readonly size?: Size;
  readonly objectives?: Objectives;
  readonly recovery?: Recovery;
  /**
   * Alerts on the service's own metrics, by name in kebab-case. Default: none.
   */
  readonly alerts?: {
    [k: string]: BusinessAlert;
  };
  /**
   * How a new version takes over. rolling: pod by pod; blue-green: all at once after the new ones are ready; canary: a growing share of the traffic (both by Argo Rollouts). Default: rolling.
   *
   * @default "rolling"
   */
  readonly deploy?: 'rolling' | 'blue-green' | 'canary';
  readonly checks?: Checks;
  /**
   * What differs in an environment, in the shape of the declaration itself: merged deeply, lists replaced, null removes. Default: nothing differs.
   */
  readonly environments?: {
    [k: string]: ServiceOverride;
  };
  /**
   * What the declaration cannot say: JSON Patches on generated objects. Checked again like everything else. Default: none.
   */
  readonly overrides?: Override[];
}
/**
 * How the service is built and started. Default: Node.js 24, npm, TypeScript built by `npm run build`, started by `node dist/index.js`.
 */
export interface Runtime {
  /**
   * Major version of Node.js: 22, 24 or 26; ended lines are refused. Default: 24.
   *
   * @default 24
   */
  readonly node?: number;
  /**
   * Package manager, with its exact version for pnpm and yarn. Default: npm.
   *
   * @default "npm"
   */
  readonly packageManager?: string;
  /**
   * Folder of the service in a monorepo, from the root of the repository. Default: the service has a repository of its own.
   */
  readonly workspace?: string;
  /**
   * Folders of the other workspaces that it depends on. Default: none.
   */
  readonly workspaces?: FolderPath[];
  /**
   * Whether the code is TypeScript: built with the development dependencies, shipped without them. Default: true.
   *
   * @default true
   */
  readonly typescript?: boolean;
  /**
   * Build command. Default: `npm run build` (of the package manager), none for JavaScript.
   */
  readonly build?: string | string[];
  /**
   * Start command, run as process 1: node itself, not a script of the package manager, which swallows signals. Default: node dist/index.js.
   *
   * @default "node dist/index.js"
   */
  readonly start?: string | string[];
  /**
   * Files and folders that run, from the service's folder. Default: dist; src for JavaScript.
   *
   * @minItems 1
   */
  readonly outputs?: FolderPath[];
  /**
   * Whether a Prisma client is generated in the build. Default: true when migrations are run by prisma.
   */
  readonly prisma?: boolean;
  /**
   * Whether packages compile C or C++ when they are installed. Default: false.
   *
   * @default false
   */
  readonly nativeModules?: boolean;
  /**
   * Heap of V8 (--max-old-space-size). Default: 75% of the memory limit, and at least 128Mi less than it.
   */
  readonly heap?: string;
  /**
   * Further options of Node.js; only those that Node.js accepts in NODE_OPTIONS. Default: none.
   */
  readonly nodeOptions?: string[];
  readonly digests?: Digests;
  readonly static?: StaticSite;
}
/**
 * Digests of the base images, from your own lock file. Default: images by tag.
 */
export interface Digests {
  /**
   * Digest of the image that builds.
   */
  readonly build?: string;
  /**
   * Digest of the image that runs.
   */
  readonly run?: string;
}
/**
 * A site without a server of its own: built by a bundler, served by nginx. Values under config whose names begin VITE_ are compiled in. Default: not a static site.
 */
export interface StaticSite {
  /**
   * Folder that the bundler writes. Default: dist.
   *
   * @default "dist"
   */
  readonly output?: string;
  /**
   * File served for a path without one (single-page application), or false for a 404. Default: index.html.
   *
   * @default "index.html"
   */
  readonly fallback?: FolderPath | false;
  /**
   * Folder of files with a hash in their name, cached for a year. Default: assets.
   *
   * @default "assets"
   */
  readonly immutable?: string;
  /**
   * Origins that the page may call (Content-Security-Policy connect-src). Default: its own, and those of https:// values compiled in.
   */
  readonly connect?: HttpsOrigin[];
}
/**
 * The HTTP server of the service. Default: none, the service only works (workers, jobs).
 */
export interface Http {
  /**
   * Port it listens on; injected as PORT. Above 1023, since it runs without privileges.
   */
  readonly port: number;
  /**
   * Paths of the health checks. One path for both: readiness asks it, liveness only opens the port. Default: /live and /ready.
   */
  readonly health?: UrlPath | HealthPaths;
  /**
   * Path of Prometheus metrics, with the library that serves them. Default: no metrics; objectives and alerts need them.
   */
  readonly metrics?: UrlPath | Metrics;
  readonly public?: Public;
  /**
   * Port of the laptop that compose publishes it on, at 127.0.0.1 only. Default: none.
   */
  readonly publish?: number;
  /**
   * Longest time that a request may take. Unit: ms, s or m. Default: 30s.
   *
   * @default "30s"
   */
  readonly timeout?: string;
  /**
   * Time that open requests get to end after SIGTERM. Default: the timeout.
   */
  readonly drain?: string;
  /**
   * Longest time from start to ready. Default: 60s.
   *
   * @default "60s"
   */
  readonly startup?: string;
}
/**
 * A path for each question. Default: /live and /ready.
 */
export interface HealthPaths {
  /**
   * Is the process alive? Asks no dependency: a restart does not mend a database. Default: /live.
   *
   * @default "/live"
   */
  readonly live?: string;
  /**
   * Can it serve now? Default: /ready.
   *
   * @default "/ready"
   */
  readonly ready?: string;
}
/**
 * Where and how metrics are served. Default: prom-client.
 */
export interface Metrics {
  /**
   * Path.
   */
  readonly path: string;
  /**
   * Decides the metrics' names. Default: prom-client.
   *
   * @default "prom-client"
   */
  readonly library?: 'prom-client' | 'opentelemetry';
  /**
   * Label that holds the HTTP status. Default: status_code; http_response_status_code for opentelemetry.
   */
  readonly statusLabel?: string;
}
/**
 * What of the service the internet reaches. Default: nothing.
 */
export interface Public {
  /**
   * Public host name.
   */
  readonly host: string;
  /**
   * Path prefixes. Default: /.
   *
   * @default ["/"]
   *
   * @minItems 1
   */
  readonly paths?: UrlPath[];
  /**
   * Paths below the public ones that a GET without signing in answers with success: asked after each deployment, and by the load test. Default: the public paths themselves, where any answer below 500 counts.
   *
   * @default []
   */
  readonly samples?: UrlPath[];
  /**
   * Largest request body; injected as HTTP_BODY_LIMIT_BYTES. Default: 1Mi.
   *
   * @default "1Mi"
   */
  readonly bodyLimit?: string;
  /**
   * Requests that one client address may make. Default: no limit.
   */
  readonly rateLimit?: string;
  /**
   * Whether clients open websockets: connections outlive the request timeout. Default: false.
   *
   * @default false
   */
  readonly websockets?: boolean;
  /**
   * Gateway API HTTPRoute, or an Ingress for a cluster that has no gateway. Default: gateway.
   *
   * @default "gateway"
   */
  readonly via?: 'gateway' | 'ingress';
}
/**
 * A migration with its time limit. Default: none.
 */
export interface MigrationCommand {
  /**
   * A command without a shell: words separated by spaces, or a list of words. Quotes keep spaces together; operators of a shell are refused.
   */
  readonly command: string | string[];
  /**
   * Longest run. Default: 10m.
   *
   * @default "10m"
   */
  readonly timeout?: string;
}
/**
 * A process of the same image without a public side.
 */
export interface Worker {
  /**
   * A command without a shell: words separated by spaces, or a list of words. Quotes keep spaces together; operators of a shell are refused.
   */
  readonly command: string | string[];
  readonly scale?: WorkerScale;
  readonly size?: Size;
  /**
   * Time to finish work after SIGTERM. Default: 30s.
   *
   * @default "30s"
   */
  readonly drain?: string;
}
/**
 * How many run. Default: 2 to 4 (background: 1 to 2) by CPU at 70%.
 */
export interface WorkerScale {
  /**
   * Fewest replicas. Default: 2; 1 when the tier is background.
   */
  readonly min?: number;
  /**
   * Most replicas. Default: twice the fewest.
   */
  readonly max?: number;
  /**
   * CPU utilisation of the request to hold. Default: 70%.
   *
   * @default "70%"
   */
  readonly cpu?: string;
  readonly on?: ScaleOn;
}
/**
 * A signal other than CPU. Default: none.
 */
export interface ScaleOn {
  /**
   * Messages behind, per replica, over the topics that needs.kafka consumes. Unit: messages.
   */
  readonly kafkaLag?: number;
}
/**
 * Request and limit as REQUEST..LIMIT, or one amount for both.
 */
export interface SizeAmounts {
  /**
   * Cores, or thousandths with m. Default: of small.
   */
  readonly cpu?: string | number;
  /**
   * Memory with a binary unit. Default: of small.
   */
  readonly memory?: string;
}
/**
 * A scheduled command.
 */
export interface Job {
  /**
   * Cron schedule, five fields: minute, hour, day of month, month, day of week.
   */
  readonly schedule: string;
  /**
   * Time zone of the schedule, by its IANA name. Default: Etc/UTC.
   *
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;
  /**
   * A command without a shell: words separated by spaces, or a list of words. Quotes keep spaces together; operators of a shell are refused.
   */
  readonly command: string | string[];
  /**
   * Longest run. Default: 30m, or half the shortest time between two starts when that is less.
   */
  readonly timeout?: string;
  readonly size?: Size;
}
/**
 * What the service uses: a kind, or a name of your own with its kind. Default: nothing.
 */
export interface Needs {
  /**
   * Services that it calls; each is injected as NAME_URL (AUTH_SERVICE_URL) and opens the network to it. Default: none.
   */
  readonly services?: (ServiceName | CalledService)[];
  /**
   * The only hosts outside the platform that it may reach. Default: none.
   */
  readonly http?: HttpsOrigin[];
  readonly clickhouse?: ClickhouseNeed;
  readonly elasticsearch?: ElasticsearchNeed;
  readonly kafka?: KafkaNeed;
  readonly mongodb?: MongodbNeed;
  readonly mqtt?: MqttNeed;
  readonly postgres?: PostgresNeed;
  readonly redis?: RedisNeed;
  readonly s3?: S3Need;
  readonly smtp?: SmtpNeed;
  [k: string]:
    | NamedNeed
    | (ServiceName | CalledService)[]
    | HttpsOrigin[]
    | ClickhouseNeed
    | ElasticsearchNeed
    | KafkaNeed
    | MongodbNeed
    | MqttNeed
    | PostgresNeed
    | RedisNeed
    | S3Need
    | SmtpNeed
    | undefined;
}
/**
 * A called service with more than its name.
 */
export interface CalledService {
  /**
   * Name of the service.
   */
  readonly name: string;
  /**
   * Port that its container listens on. Default: of the platform's declaration, else 3000.
   */
  readonly port?: number;
  /**
   * Variable that holds its URL. Default: NAME_URL in upper case with underscores.
   */
  readonly variable?: string;
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * A ClickHouse database of the service's own. Default: not needed.
 */
export interface ClickhouseNeed {
  /**
   * Name of the database. Default: the service's name with underscores.
   */
  readonly database?: string;
  /**
   * Size of the data to plan restores for. Default: 50Gi.
   *
   * @default "50Gi"
   */
  readonly dataSize?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (https interface with user, password and database), host (host name), port (port of the https interface), database (database), user (user), password (password of the user). Default: CLICKHOUSE_URL: url; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'database' | 'user' | 'password';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * An Elasticsearch cluster: indices under a prefix of the service's own. Default: not needed.
 */
export interface ElasticsearchNeed {
  /**
   * Prefix of the indices that the service may use. Default: the service's name.
   */
  readonly indexPrefix?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (address without credentials), user (user), password (password of the user), indexPrefix (prefix of the indices). Default: ELASTICSEARCH_URL: url, ELASTICSEARCH_USER: user, ELASTICSEARCH_PASSWORD: password; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'user' | 'password' | 'indexPrefix';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * A Kafka cluster: the topics that the service produces and consumes. Default: not needed.
 */
export interface KafkaNeed {
  /**
   * Topics that the service writes. Default: none.
   */
  readonly produces?: TopicName[];
  /**
   * Topics that the service reads. Default: none.
   */
  readonly consumes?: TopicName[];
  /**
   * Consumer group. Default: the service's name.
   */
  readonly group?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: brokers (bootstrap servers, host:port separated by commas), group (consumer group), produces (topics to write, separated by commas), consumes (topics to read, separated by commas), tls (whether to connect by tls and scram-sha-512), user (scram user), password (scram password). Default: KAFKA_BROKERS: brokers, KAFKA_TLS: tls, KAFKA_USER: user, KAFKA_PASSWORD: password; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'brokers' | 'group' | 'produces' | 'consumes' | 'tls' | 'user' | 'password';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * A MongoDB database of the service's own. Default: not needed.
 */
export interface MongodbNeed {
  /**
   * Name of the database. Default: the service's name with underscores.
   */
  readonly database?: string;
  /**
   * Connections that one process opens at most (maxPoolSize). Unit: connections. Part of output `url`.
   *
   * @default 20
   */
  readonly pool?: number;
  /**
   * Size of the data to plan restores for. Default: 10Gi.
   *
   * @default "10Gi"
   */
  readonly dataSize?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (connection url with user and password), host (host name), port (port), database (database), user (user), password (password of the user), pool (connections that one process may open). Default: MONGODB_URL: url, MONGODB_DB: database; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'database' | 'user' | 'password' | 'pool';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * An MQTT broker outside the platform; one of its own on a laptop. Default: not needed.
 */
export interface MqttNeed {
  /**
   * Host outside development. Default: read from the secret store, property `host`.
   */
  readonly host?: string;
  /**
   * Port outside development. Default: 8883 (MQTT over TLS).
   *
   * @default 8883
   */
  readonly port?: number;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (address of the broker without credentials), host (host name), port (port), user (user), password (password). Default: MQTT_BROKER_URL: url, MQTT_USERNAME: user, MQTT_PASSWORD: password; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'user' | 'password';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * A PostgreSQL database of the service's own. Default: not needed.
 */
export interface PostgresNeed {
  /**
   * Name of the database. Default: the service's name with underscores.
   */
  readonly database?: string;
  /**
   * Connections that one process opens at most. Unit: connections. Injected as output `pool`, and refused when all replicas together exceed what the database accepts.
   *
   * @default 10
   */
  readonly pool?: number;
  /**
   * Read replicas that the service asks for; the store has as many as the service that asks for most. They are made where AWS runs it. Default: 0.
   *
   * @default 0
   */
  readonly readReplicas?: number;
  /**
   * Extensions to create in the database. Default: none.
   */
  readonly extensions?: string[];
  /**
   * Size of the data to plan restores for. Default: 10Gi.
   *
   * @default "10Gi"
   */
  readonly dataSize?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (connection url with user and password), host (host name), port (port), database (database), user (role), password (password of the role), pool (connections that one process may open). Default: DATABASE_URL: url, DATABASE_POOL: pool; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'database' | 'user' | 'password' | 'pool';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * A Redis (or Valkey) data store. Default: not needed.
 */
export interface RedisNeed {
  /**
   * What it is used for; decides eviction and persistence: a cache evicts any key (allkeys-lru), sessions evict those that expire soonest (volatile-ttl), a queue never evicts (noeviction). Default: cache.
   *
   * @default "cache"
   */
  readonly use?: 'cache' | 'sessions' | 'queue';
  /**
   * Index of the logical database. Default: 0.
   *
   * @default 0
   */
  readonly database?: number;
  /**
   * Size of the data to plan restores for. Default: 1Gi.
   *
   * @default "1Gi"
   */
  readonly dataSize?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (connection url with user and password), host (host name), port (port), user (user of the access control list), password (password of the user), database (index of the logical database). Default: REDIS_URL: url; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'user' | 'password' | 'database';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * An S3 bucket of the service's own. Default: not needed.
 */
export interface S3Need {
  /**
   * Name of the bucket, without platform and environment, which are put before it since bucket names are global. Default: the service's name.
   */
  readonly bucket?: string;
  /**
   * What the service may do with objects. Default: read-write.
   *
   * @default "read-write"
   */
  readonly access?: 'read' | 'write' | 'read-write';
  /**
   * Size of the data to plan restores for. Default: 100Gi.
   *
   * @default "100Gi"
   */
  readonly dataSize?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: bucket (bucket), region (region), endpoint (endpoint of a store that is not aws), accessKeyId (access key, where no identity is given), secretAccessKey (secret key, where no identity is given). Default: S3_BUCKET: bucket, AWS_REGION: region, AWS_ENDPOINT_URL_S3: endpoint, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'bucket' | 'region' | 'endpoint' | 'accessKeyId' | 'secretAccessKey';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * An SMTP server that mail is handed to; a mail catcher on a laptop. Default: not needed.
 */
export interface SmtpNeed {
  /**
   * Host outside development. Default: read from the secret store, property `host`.
   */
  readonly host?: string;
  /**
   * Port outside development. Default: 587 (submission with STARTTLS).
   *
   * @default 587
   */
  readonly port?: number;
  /**
   * Address that mail is sent from. Default: noreply@ the platform's domain.
   */
  readonly from?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: host (host name), port (port), user (user; none on a laptop), password (password; none on a laptop), from (address that mail is sent from). Default: SMTP_HOST: host, SMTP_PORT: port, SMTP_USER: user, SMTP_PASS: password, SMTP_FROM: from; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'host' | 'port' | 'user' | 'password' | 'from';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * A ClickHouse database of the service's own. Default: not needed.
 */
export interface NamedClickhouseNeed {
  /**
   * ClickHouse.
   */
  readonly kind: 'clickhouse';
  /**
   * Name of the database. Default: the service's name with underscores.
   */
  readonly database?: string;
  /**
   * Size of the data to plan restores for. Default: 50Gi.
   *
   * @default "50Gi"
   */
  readonly dataSize?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (https interface with user, password and database), host (host name), port (port of the https interface), database (database), user (user), password (password of the user). Default: CLICKHOUSE_URL: url; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'database' | 'user' | 'password';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * An Elasticsearch cluster: indices under a prefix of the service's own. Default: not needed.
 */
export interface NamedElasticsearchNeed {
  /**
   * Elasticsearch.
   */
  readonly kind: 'elasticsearch';
  /**
   * Prefix of the indices that the service may use. Default: the service's name.
   */
  readonly indexPrefix?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (address without credentials), user (user), password (password of the user), indexPrefix (prefix of the indices). Default: ELASTICSEARCH_URL: url, ELASTICSEARCH_USER: user, ELASTICSEARCH_PASSWORD: password; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'user' | 'password' | 'indexPrefix';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * A Kafka cluster: the topics that the service produces and consumes. Default: not needed.
 */
export interface NamedKafkaNeed {
  /**
   * Kafka.
   */
  readonly kind: 'kafka';
  /**
   * Topics that the service writes. Default: none.
   */
  readonly produces?: TopicName[];
  /**
   * Topics that the service reads. Default: none.
   */
  readonly consumes?: TopicName[];
  /**
   * Consumer group. Default: the service's name.
   */
  readonly group?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: brokers (bootstrap servers, host:port separated by commas), group (consumer group), produces (topics to write, separated by commas), consumes (topics to read, separated by commas), tls (whether to connect by tls and scram-sha-512), user (scram user), password (scram password). Default: KAFKA_BROKERS: brokers, KAFKA_TLS: tls, KAFKA_USER: user, KAFKA_PASSWORD: password; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'brokers' | 'group' | 'produces' | 'consumes' | 'tls' | 'user' | 'password';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * A MongoDB database of the service's own. Default: not needed.
 */
export interface NamedMongodbNeed {
  /**
   * MongoDB.
   */
  readonly kind: 'mongodb';
  /**
   * Name of the database. Default: the service's name with underscores.
   */
  readonly database?: string;
  /**
   * Connections that one process opens at most (maxPoolSize). Unit: connections. Part of output `url`.
   *
   * @default 20
   */
  readonly pool?: number;
  /**
   * Size of the data to plan restores for. Default: 10Gi.
   *
   * @default "10Gi"
   */
  readonly dataSize?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (connection url with user and password), host (host name), port (port), database (database), user (user), password (password of the user), pool (connections that one process may open). Default: MONGODB_URL: url, MONGODB_DB: database; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'database' | 'user' | 'password' | 'pool';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * An MQTT broker outside the platform; one of its own on a laptop. Default: not needed.
 */
export interface NamedMqttNeed {
  /**
   * MQTT.
   */
  readonly kind: 'mqtt';
  /**
   * Host outside development. Default: read from the secret store, property `host`.
   */
  readonly host?: string;
  /**
   * Port outside development. Default: 8883 (MQTT over TLS).
   *
   * @default 8883
   */
  readonly port?: number;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (address of the broker without credentials), host (host name), port (port), user (user), password (password). Default: MQTT_BROKER_URL: url, MQTT_USERNAME: user, MQTT_PASSWORD: password; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'user' | 'password';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * A PostgreSQL database of the service's own. Default: not needed.
 */
export interface NamedPostgresNeed {
  /**
   * PostgreSQL.
   */
  readonly kind: 'postgres';
  /**
   * Name of the database. Default: the service's name with underscores.
   */
  readonly database?: string;
  /**
   * Connections that one process opens at most. Unit: connections. Injected as output `pool`, and refused when all replicas together exceed what the database accepts.
   *
   * @default 10
   */
  readonly pool?: number;
  /**
   * Read replicas that the service asks for; the store has as many as the service that asks for most. They are made where AWS runs it. Default: 0.
   *
   * @default 0
   */
  readonly readReplicas?: number;
  /**
   * Extensions to create in the database. Default: none.
   */
  readonly extensions?: string[];
  /**
   * Size of the data to plan restores for. Default: 10Gi.
   *
   * @default "10Gi"
   */
  readonly dataSize?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (connection url with user and password), host (host name), port (port), database (database), user (role), password (password of the role), pool (connections that one process may open). Default: DATABASE_URL: url, DATABASE_POOL: pool; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'database' | 'user' | 'password' | 'pool';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * A Redis (or Valkey) data store. Default: not needed.
 */
export interface NamedRedisNeed {
  /**
   * Redis.
   */
  readonly kind: 'redis';
  /**
   * What it is used for; decides eviction and persistence: a cache evicts any key (allkeys-lru), sessions evict those that expire soonest (volatile-ttl), a queue never evicts (noeviction). Default: cache.
   *
   * @default "cache"
   */
  readonly use?: 'cache' | 'sessions' | 'queue';
  /**
   * Index of the logical database. Default: 0.
   *
   * @default 0
   */
  readonly database?: number;
  /**
   * Size of the data to plan restores for. Default: 1Gi.
   *
   * @default "1Gi"
   */
  readonly dataSize?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (connection url with user and password), host (host name), port (port), user (user of the access control list), password (password of the user), database (index of the logical database). Default: REDIS_URL: url; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'user' | 'password' | 'database';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * An S3 bucket of the service's own. Default: not needed.
 */
export interface NamedS3Need {
  /**
   * S3.
   */
  readonly kind: 's3';
  /**
   * Name of the bucket, without platform and environment, which are put before it since bucket names are global. Default: the service's name.
   */
  readonly bucket?: string;
  /**
   * What the service may do with objects. Default: read-write.
   *
   * @default "read-write"
   */
  readonly access?: 'read' | 'write' | 'read-write';
  /**
   * Size of the data to plan restores for. Default: 100Gi.
   *
   * @default "100Gi"
   */
  readonly dataSize?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: bucket (bucket), region (region), endpoint (endpoint of a store that is not aws), accessKeyId (access key, where no identity is given), secretAccessKey (secret key, where no identity is given). Default: S3_BUCKET: bucket, AWS_REGION: region, AWS_ENDPOINT_URL_S3: endpoint, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'bucket' | 'region' | 'endpoint' | 'accessKeyId' | 'secretAccessKey';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * An SMTP server that mail is handed to; a mail catcher on a laptop. Default: not needed.
 */
export interface NamedSmtpNeed {
  /**
   * SMTP.
   */
  readonly kind: 'smtp';
  /**
   * Host outside development. Default: read from the secret store, property `host`.
   */
  readonly host?: string;
  /**
   * Port outside development. Default: 587 (submission with STARTTLS).
   *
   * @default 587
   */
  readonly port?: number;
  /**
   * Address that mail is sent from. Default: noreply@ the platform's domain.
   */
  readonly from?: string;
  /**
   * Variables to inject, name to output; exactly these. Outputs: host (host name), port (port), user (user; none on a laptop), password (password; none on a laptop), from (address that mail is sent from). Default: SMTP_HOST: host, SMTP_PORT: port, SMTP_USER: user, SMTP_PASS: password, SMTP_FROM: from; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'host' | 'port' | 'user' | 'password' | 'from';
  };
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * A secret variable with more than its name.
 */
export interface Secret {
  /**
   * Name of an environment variable: upper case, digits and underscores.
   */
  readonly name: string;
  /**
   * What it is for. Default: empty.
   */
  readonly description?: string;
  /**
   * Entry of the secret store, and after # the property in it. Default: PLATFORM/ENVIRONMENT/SERVICE#NAME.
   */
  readonly from?: string;
  /**
   * Length of the random value that a laptop gets. Unit: characters. Default: 32.
   *
   * @default 32
   */
  readonly generate?: number;
  /**
   * Whether the service starts without it. Default: false.
   *
   * @default false
   */
  readonly optional?: boolean;
}
/**
 * How many replicas of the web process run. Default: by tier: critical 3 to 6, standard 2 to 4, background 1 to 2; by CPU at 70%.
 */
export interface Scale {
  /**
   * Fewest replicas. Default: by tier.
   */
  readonly min?: number;
  /**
   * Most replicas. Default: twice the fewest.
   */
  readonly max?: number;
  /**
   * CPU utilisation of the request to hold. Default: 70%.
   *
   * @default "70%"
   */
  readonly cpu?: string;
  /**
   * Memory utilisation of the request to hold. Default: not looked at, since a heap does not shrink with load.
   */
  readonly memory?: string;
}
/**
 * What the service promises to its users, over 30 days. Each becomes burn-rate alerts; one that cannot be kept or measured is refused. Default: no promise.
 */
export interface Objectives {
  /**
   * Share of requests that do not fail with a 5xx status. Unit: %.
   */
  readonly availability?: string;
  /**
   * Time within which a share of the requests is answered, by percentile. Unit: ms or s.
   */
  readonly latency?: {
    [k: string]: Duration;
  };
  /**
   * Requests that it answers at its peak. Guards the alerts at night, when one failed request is a large share.
   */
  readonly throughput?: string;
}
/**
 * What a disaster may cost at most. Default: no promise.
 */
export interface Recovery {
  /**
   * A duration with a unit: ms, s, m, h, d.
   */
  readonly rpo?: string;
  /**
   * A duration with a unit: ms, s, m, h, d.
   */
  readonly rto?: string;
  /**
   * What a restore test asks the restored data beside the questions that it always asks, by name in kebab-case. Default: none.
   */
  readonly probes?: {
    [k: string]: RestoreProbe;
  };
}
/**
 * A question to restored data with one number or time as its answer, and the bound that it has to keep: exactly one of atLeast, atMost and newerThan.
 */
export interface RestoreProbe {
  /**
   * The need that holds the data. Default: postgres.
   *
   * @default "postgres"
   */
  readonly need?: string;
  /**
   * One SELECT of one value, without a semicolon or backslash.
   */
  readonly sql: string;
  /**
   * The answer is this number or more.
   */
  readonly atLeast?: number;
  /**
   * The answer is this number or less.
   */
  readonly atMost?: number;
  /**
   * A duration with a unit: ms, s, m, h, d.
   */
  readonly newerThan?: string;
}
/**
 * One of ratio, rate or value, with a bound above or below.
 */
export interface BusinessAlert {
  /**
   * Share of two counters over 5 minutes: FAILED / ALL.
   */
  readonly ratio?: string;
  /**
   * How fast a counter grows; the bound carries the unit of time.
   */
  readonly rate?: string;
  /**
   * A gauge, or the share of two.
   */
  readonly value?: MetricName | MetricRatio;
  /**
   * Fires above this.
   */
  readonly above?: string | number;
  /**
   * Fires below this.
   */
  readonly below?: string | number;
  /**
   * A duration with a unit: ms, s, m, h, d.
   */
  readonly for?: string;
  /**
   * critical pages, warning makes a ticket, info is only shown. Default: warning.
   *
   * @default "warning"
   */
  readonly severity?: 'critical' | 'warning' | 'info';
  /**
   * One line for the person on call. Default: made from the name and the bound.
   */
  readonly summary?: string;
}
/**
 * Commands of the workflow's checks; false leaves one out. Default: the package's scripts lint, typecheck and test.
 */
export interface Checks {
  /**
   * Lint. Default: npm run lint.
   */
  readonly lint?: Command | false;
  /**
   * Type check. Default: npm run typecheck; none for JavaScript.
   */
  readonly types?: Command | false;
  /**
   * Tests. Default: npm test.
   */
  readonly test?: Command | false;
}
/**
 * What differs in one environment.
 */
export interface ServiceOverride {
  /**
   * Team that is paged for it; decides the alert channel.
   */
  readonly owner?: string | null;
  /**
   * One line for people: image label, dashboard, runbook. Default: empty.
   */
  readonly description?: OneLine | null;
  /**
   * How important it is: decides replicas, priority and the node group. critical: at least 3 replicas; standard: at least 2; background: may be interrupted. Default: standard.
   */
  readonly tier?: ('critical' | 'standard' | 'background') | null;
  readonly runtime?: RuntimeOverride | null;
  readonly http?: HttpOverride | null;
  readonly migrations?: Migrations | null;
  /**
   * Processes of the same image that run beside the web process, by name. Each becomes a Deployment of its own. Default: none.
   */
  readonly workers?: {
    [k: string]: WorkerOverride | null;
  } | null;
  /**
   * Commands of the same image that run on a schedule, by name. Each becomes a CronJob. Default: none.
   */
  readonly jobs?: {
    [k: string]: JobOverride | null;
  } | null;
  readonly needs?: NeedsOverride | null;
  /**
   * Plain variables, by name. Never a secret: that belongs under secrets. Default: none.
   */
  readonly config?: {
    [k: string]: string | number | boolean | null;
  } | null;
  /**
   * Names of secret variables, never their values. Each is mounted as a file and is readable under its name. Default: none.
   */
  readonly secrets?: (VariableName | Secret)[] | null;
  readonly scale?: ScaleOverride | null;
  readonly size?: Size | null;
  readonly objectives?: ObjectivesOverride | null;
  readonly recovery?: RecoveryOverride | null;
  /**
   * Alerts on the service's own metrics, by name in kebab-case. Default: none.
   */
  readonly alerts?: {
    [k: string]: BusinessAlertOverride | null;
  } | null;
  /**
   * How a new version takes over. rolling: pod by pod; blue-green: all at once after the new ones are ready; canary: a growing share of the traffic (both by Argo Rollouts). Default: rolling.
   */
  readonly deploy?: ('rolling' | 'blue-green' | 'canary') | null;
  readonly checks?: ChecksOverride | null;
  /**
   * What the declaration cannot say: JSON Patches on generated objects. Checked again like everything else. Default: none.
   */
  readonly overrides?: Override[] | null;
}
/**
 * How the service is built and started. Default: Node.js 24, npm, TypeScript built by `npm run build`, started by `node dist/index.js`.
 */
export interface RuntimeOverride {
  /**
   * Major version of Node.js: 22, 24 or 26; ended lines are refused. Default: 24.
   */
  readonly node?: number | null;
  /**
   * Package manager, with its exact version for pnpm and yarn. Default: npm.
   */
  readonly packageManager?: string | null;
  /**
   * Folder of the service in a monorepo, from the root of the repository. Default: the service has a repository of its own.
   */
  readonly workspace?: FolderPath | null;
  /**
   * Folders of the other workspaces that it depends on. Default: none.
   */
  readonly workspaces?: FolderPath[] | null;
  /**
   * Whether the code is TypeScript: built with the development dependencies, shipped without them. Default: true.
   */
  readonly typescript?: boolean | null;
  /**
   * Build command. Default: `npm run build` (of the package manager), none for JavaScript.
   */
  readonly build?: Command | null;
  /**
   * Start command, run as process 1: node itself, not a script of the package manager, which swallows signals. Default: node dist/index.js.
   */
  readonly start?: Command | null;
  /**
   * Files and folders that run, from the service's folder. Default: dist; src for JavaScript.
   */
  readonly outputs?: FolderPath[] | null;
  /**
   * Whether a Prisma client is generated in the build. Default: true when migrations are run by prisma.
   */
  readonly prisma?: boolean | null;
  /**
   * Whether packages compile C or C++ when they are installed. Default: false.
   */
  readonly nativeModules?: boolean | null;
  /**
   * Heap of V8 (--max-old-space-size). Default: 75% of the memory limit, and at least 128Mi less than it.
   */
  readonly heap?: MemoryQuantity | null;
  /**
   * Further options of Node.js; only those that Node.js accepts in NODE_OPTIONS. Default: none.
   */
  readonly nodeOptions?: string[] | null;
  readonly digests?: DigestsOverride | null;
  readonly static?: StaticSiteOverride | null;
}
/**
 * Digests of the base images, from your own lock file. Default: images by tag.
 */
export interface DigestsOverride {
  /**
   * Digest of the image that builds.
   */
  readonly build?: Digest | null;
  /**
   * Digest of the image that runs.
   */
  readonly run?: Digest | null;
}
/**
 * A site without a server of its own: built by a bundler, served by nginx. Values under config whose names begin VITE_ are compiled in. Default: not a static site.
 */
export interface StaticSiteOverride {
  /**
   * Folder that the bundler writes. Default: dist.
   */
  readonly output?: FolderPath | null;
  /**
   * File served for a path without one (single-page application), or false for a 404. Default: index.html.
   */
  readonly fallback?: (FolderPath | false) | null;
  /**
   * Folder of files with a hash in their name, cached for a year. Default: assets.
   */
  readonly immutable?: FolderPath | null;
  /**
   * Origins that the page may call (Content-Security-Policy connect-src). Default: its own, and those of https:// values compiled in.
   */
  readonly connect?: HttpsOrigin[] | null;
}
/**
 * The HTTP server of the service. Default: none, the service only works (workers, jobs).
 */
export interface HttpOverride {
  /**
   * Port it listens on; injected as PORT. Above 1023, since it runs without privileges.
   */
  readonly port?: number | null;
  /**
   * Paths of the health checks. One path for both: readiness asks it, liveness only opens the port. Default: /live and /ready.
   */
  readonly health?: (UrlPath | HealthPaths) | null;
  /**
   * Path of Prometheus metrics, with the library that serves them. Default: no metrics; objectives and alerts need them.
   */
  readonly metrics?: (UrlPath | Metrics) | null;
  readonly public?: PublicOverride | null;
  /**
   * Port of the laptop that compose publishes it on, at 127.0.0.1 only. Default: none.
   */
  readonly publish?: Port | null;
  /**
   * Longest time that a request may take. Unit: ms, s or m. Default: 30s.
   */
  readonly timeout?: Duration | null;
  /**
   * Time that open requests get to end after SIGTERM. Default: the timeout.
   */
  readonly drain?: Duration | null;
  /**
   * Longest time from start to ready. Default: 60s.
   */
  readonly startup?: Duration | null;
}
/**
 * What of the service the internet reaches. Default: nothing.
 */
export interface PublicOverride {
  /**
   * Public host name.
   */
  readonly host?: HostName | null;
  /**
   * Path prefixes. Default: /.
   */
  readonly paths?: UrlPath[] | null;
  /**
   * Paths below the public ones that a GET without signing in answers with success: asked after each deployment, and by the load test. Default: the public paths themselves, where any answer below 500 counts.
   */
  readonly samples?: UrlPath[] | null;
  /**
   * Largest request body; injected as HTTP_BODY_LIMIT_BYTES. Default: 1Mi.
   */
  readonly bodyLimit?: MemoryQuantity | null;
  /**
   * Requests that one client address may make. Default: no limit.
   */
  readonly rateLimit?: Rate | null;
  /**
   * Whether clients open websockets: connections outlive the request timeout. Default: false.
   */
  readonly websockets?: boolean | null;
  /**
   * Gateway API HTTPRoute, or an Ingress for a cluster that has no gateway. Default: gateway.
   */
  readonly via?: ('gateway' | 'ingress') | null;
}
/**
 * A process of the same image without a public side.
 */
export interface WorkerOverride {
  /**
   * Command.
   */
  readonly command?: Command | null;
  readonly scale?: WorkerScaleOverride | null;
  readonly size?: Size | null;
  /**
   * Time to finish work after SIGTERM. Default: 30s.
   */
  readonly drain?: Duration | null;
}
/**
 * How many run. Default: 2 to 4 (background: 1 to 2) by CPU at 70%.
 */
export interface WorkerScaleOverride {
  /**
   * Fewest replicas. Default: 2; 1 when the tier is background.
   */
  readonly min?: number | null;
  /**
   * Most replicas. Default: twice the fewest.
   */
  readonly max?: number | null;
  /**
   * CPU utilisation of the request to hold. Default: 70%.
   */
  readonly cpu?: Percentage | null;
  readonly on?: ScaleOnOverride | null;
}
/**
 * A signal other than CPU. Default: none.
 */
export interface ScaleOnOverride {
  /**
   * Messages behind, per replica, over the topics that needs.kafka consumes. Unit: messages.
   */
  readonly kafkaLag?: number | null;
}
/**
 * A scheduled command.
 */
export interface JobOverride {
  /**
   * Cron schedule, five fields: minute, hour, day of month, month, day of week.
   */
  readonly schedule?: string | null;
  /**
   * Time zone of the schedule, by its IANA name. Default: Etc/UTC.
   */
  readonly timeZone?: string | null;
  /**
   * Command.
   */
  readonly command?: Command | null;
  /**
   * Longest run. Default: 30m, or half the shortest time between two starts when that is less.
   */
  readonly timeout?: Duration | null;
  readonly size?: Size | null;
}
/**
 * What the service uses: a kind, or a name of your own with its kind. Default: nothing.
 */
export interface NeedsOverride {
  /**
   * Services that it calls; each is injected as NAME_URL (AUTH_SERVICE_URL) and opens the network to it. Default: none.
   */
  readonly services?: (ServiceName | CalledService)[] | null;
  /**
   * The only hosts outside the platform that it may reach. Default: none.
   */
  readonly http?: HttpsOrigin[] | null;
  readonly clickhouse?: ClickhouseNeedOverride | null;
  readonly elasticsearch?: ElasticsearchNeedOverride | null;
  readonly kafka?: KafkaNeedOverride | null;
  readonly mongodb?: MongodbNeedOverride | null;
  readonly mqtt?: MqttNeedOverride | null;
  readonly postgres?: PostgresNeedOverride | null;
  readonly redis?: RedisNeedOverride | null;
  readonly s3?: S3NeedOverride | null;
  readonly smtp?: SmtpNeedOverride | null;
  [k: string]:
    | NamedNeed
    | null
    | (ServiceName | CalledService)[]
    | HttpsOrigin[]
    | ClickhouseNeedOverride
    | ElasticsearchNeedOverride
    | KafkaNeedOverride
    | MongodbNeedOverride
    | MqttNeedOverride
    | PostgresNeedOverride
    | RedisNeedOverride
    | S3NeedOverride
    | SmtpNeedOverride
    | undefined;
}
/**
 * A ClickHouse database of the service's own. Default: not needed.
 */
export interface ClickhouseNeedOverride {
  /**
   * Name of the database. Default: the service's name with underscores.
   */
  readonly database?: string | null;
  /**
   * Size of the data to plan restores for. Default: 50Gi.
   */
  readonly dataSize?: MemoryQuantity | null;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (https interface with user, password and database), host (host name), port (port of the https interface), database (database), user (user), password (password of the user). Default: CLICKHOUSE_URL: url; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'database' | 'user' | 'password' | null;
  } | null;
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   */
  readonly optional?: boolean | null;
}
/**
 * An Elasticsearch cluster: indices under a prefix of the service's own. Default: not needed.
 */
export interface ElasticsearchNeedOverride {
  /**
   * Prefix of the indices that the service may use. Default: the service's name.
   */
  readonly indexPrefix?: string | null;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (address without credentials), user (user), password (password of the user), indexPrefix (prefix of the indices). Default: ELASTICSEARCH_URL: url, ELASTICSEARCH_USER: user, ELASTICSEARCH_PASSWORD: password; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'user' | 'password' | 'indexPrefix' | null;
  } | null;
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   */
  readonly optional?: boolean | null;
}
/**
 * A Kafka cluster: the topics that the service produces and consumes. Default: not needed.
 */
export interface KafkaNeedOverride {
  /**
   * Topics that the service writes. Default: none.
   */
  readonly produces?: TopicName[] | null;
  /**
   * Topics that the service reads. Default: none.
   */
  readonly consumes?: TopicName[] | null;
  /**
   * Consumer group. Default: the service's name.
   */
  readonly group?: string | null;
  /**
   * Variables to inject, name to output; exactly these. Outputs: brokers (bootstrap servers, host:port separated by commas), group (consumer group), produces (topics to write, separated by commas), consumes (topics to read, separated by commas), tls (whether to connect by tls and scram-sha-512), user (scram user), password (scram password). Default: KAFKA_BROKERS: brokers, KAFKA_TLS: tls, KAFKA_USER: user, KAFKA_PASSWORD: password; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'brokers' | 'group' | 'produces' | 'consumes' | 'tls' | 'user' | 'password' | null;
  } | null;
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   */
  readonly optional?: boolean | null;
}
/**
 * A MongoDB database of the service's own. Default: not needed.
 */
export interface MongodbNeedOverride {
  /**
   * Name of the database. Default: the service's name with underscores.
   */
  readonly database?: string | null;
  /**
   * Connections that one process opens at most (maxPoolSize). Unit: connections. Part of output `url`.
   */
  readonly pool?: number | null;
  /**
   * Size of the data to plan restores for. Default: 10Gi.
   */
  readonly dataSize?: MemoryQuantity | null;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (connection url with user and password), host (host name), port (port), database (database), user (user), password (password of the user), pool (connections that one process may open). Default: MONGODB_URL: url, MONGODB_DB: database; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'database' | 'user' | 'password' | 'pool' | null;
  } | null;
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   */
  readonly optional?: boolean | null;
}
/**
 * An MQTT broker outside the platform; one of its own on a laptop. Default: not needed.
 */
export interface MqttNeedOverride {
  /**
   * Host outside development. Default: read from the secret store, property `host`.
   */
  readonly host?: HostName | null;
  /**
   * Port outside development. Default: 8883 (MQTT over TLS).
   */
  readonly port?: Port | null;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (address of the broker without credentials), host (host name), port (port), user (user), password (password). Default: MQTT_BROKER_URL: url, MQTT_USERNAME: user, MQTT_PASSWORD: password; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'user' | 'password' | null;
  } | null;
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   */
  readonly optional?: boolean | null;
}
/**
 * A PostgreSQL database of the service's own. Default: not needed.
 */
export interface PostgresNeedOverride {
  /**
   * Name of the database. Default: the service's name with underscores.
   */
  readonly database?: string | null;
  /**
   * Connections that one process opens at most. Unit: connections. Injected as output `pool`, and refused when all replicas together exceed what the database accepts.
   */
  readonly pool?: number | null;
  /**
   * Read replicas that the service asks for; the store has as many as the service that asks for most. They are made where AWS runs it. Default: 0.
   */
  readonly readReplicas?: number | null;
  /**
   * Extensions to create in the database. Default: none.
   */
  readonly extensions?: string[] | null;
  /**
   * Size of the data to plan restores for. Default: 10Gi.
   */
  readonly dataSize?: MemoryQuantity | null;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (connection url with user and password), host (host name), port (port), database (database), user (role), password (password of the role), pool (connections that one process may open). Default: DATABASE_URL: url, DATABASE_POOL: pool; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'database' | 'user' | 'password' | 'pool' | null;
  } | null;
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   */
  readonly optional?: boolean | null;
}
/**
 * A Redis (or Valkey) data store. Default: not needed.
 */
export interface RedisNeedOverride {
  /**
   * What it is used for; decides eviction and persistence: a cache evicts any key (allkeys-lru), sessions evict those that expire soonest (volatile-ttl), a queue never evicts (noeviction). Default: cache.
   */
  readonly use?: ('cache' | 'sessions' | 'queue') | null;
  /**
   * Index of the logical database. Default: 0.
   */
  readonly database?: number | null;
  /**
   * Size of the data to plan restores for. Default: 1Gi.
   */
  readonly dataSize?: MemoryQuantity | null;
  /**
   * Variables to inject, name to output; exactly these. Outputs: url (connection url with user and password), host (host name), port (port), user (user of the access control list), password (password of the user), database (index of the logical database). Default: REDIS_URL: url; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'url' | 'host' | 'port' | 'user' | 'password' | 'database' | null;
  } | null;
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   */
  readonly optional?: boolean | null;
}
/**
 * An S3 bucket of the service's own. Default: not needed.
 */
export interface S3NeedOverride {
  /**
   * Name of the bucket, without platform and environment, which are put before it since bucket names are global. Default: the service's name.
   */
  readonly bucket?: string | null;
  /**
   * What the service may do with objects. Default: read-write.
   */
  readonly access?: ('read' | 'write' | 'read-write') | null;
  /**
   * Size of the data to plan restores for. Default: 100Gi.
   */
  readonly dataSize?: MemoryQuantity | null;
  /**
   * Variables to inject, name to output; exactly these. Outputs: bucket (bucket), region (region), endpoint (endpoint of a store that is not aws), accessKeyId (access key, where no identity is given), secretAccessKey (secret key, where no identity is given). Default: S3_BUCKET: bucket, AWS_REGION: region, AWS_ENDPOINT_URL_S3: endpoint, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'bucket' | 'region' | 'endpoint' | 'accessKeyId' | 'secretAccessKey' | null;
  } | null;
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   */
  readonly optional?: boolean | null;
}
/**
 * An SMTP server that mail is handed to; a mail catcher on a laptop. Default: not needed.
 */
export interface SmtpNeedOverride {
  /**
   * Host outside development. Default: read from the secret store, property `host`.
   */
  readonly host?: HostName | null;
  /**
   * Port outside development. Default: 587 (submission with STARTTLS).
   */
  readonly port?: Port | null;
  /**
   * Address that mail is sent from. Default: noreply@ the platform's domain.
   */
  readonly from?: string | null;
  /**
   * Variables to inject, name to output; exactly these. Outputs: host (host name), port (port), user (user; none on a laptop), password (password; none on a laptop), from (address that mail is sent from). Default: SMTP_HOST: host, SMTP_PORT: port, SMTP_USER: user, SMTP_PASS: password, SMTP_FROM: from; under a name of your own, that name in upper case before the output.
   */
  readonly env?: {
    [k: string]: 'host' | 'port' | 'user' | 'password' | 'from' | null;
  } | null;
  /**
   * Whether the service works without it: then its failure does not count against availability. Default: false.
   */
  readonly optional?: boolean | null;
}
/**
 * How many replicas of the web process run. Default: by tier: critical 3 to 6, standard 2 to 4, background 1 to 2; by CPU at 70%.
 */
export interface ScaleOverride {
  /**
   * Fewest replicas. Default: by tier.
   */
  readonly min?: number | null;
  /**
   * Most replicas. Default: twice the fewest.
   */
  readonly max?: number | null;
  /**
   * CPU utilisation of the request to hold. Default: 70%.
   */
  readonly cpu?: Percentage | null;
  /**
   * Memory utilisation of the request to hold. Default: not looked at, since a heap does not shrink with load.
   */
  readonly memory?: Percentage | null;
}
/**
 * What the service promises to its users, over 30 days. Each becomes burn-rate alerts; one that cannot be kept or measured is refused. Default: no promise.
 */
export interface ObjectivesOverride {
  /**
   * Share of requests that do not fail with a 5xx status. Unit: %.
   */
  readonly availability?: Percentage | null;
  /**
   * Time within which a share of the requests is answered, by percentile. Unit: ms or s.
   */
  readonly latency?: {
    [k: string]: Duration | null;
  } | null;
  /**
   * Requests that it answers at its peak. Guards the alerts at night, when one failed request is a large share.
   */
  readonly throughput?: Rate | null;
}
/**
 * What a disaster may cost at most. Default: no promise.
 */
export interface RecoveryOverride {
  /**
   * Recovery point objective: newest data that may be lost. Unit: s, m, h or d.
   */
  readonly rpo?: Duration | null;
  /**
   * Recovery time objective: longest time until it works again. Unit: s, m, h or d.
   */
  readonly rto?: Duration | null;
  /**
   * What a restore test asks the restored data beside the questions that it always asks, by name in kebab-case. Default: none.
   */
  readonly probes?: {
    [k: string]: RestoreProbeOverride | null;
  } | null;
}
/**
 * A question to restored data with one number or time as its answer, and the bound that it has to keep: exactly one of atLeast, atMost and newerThan.
 */
export interface RestoreProbeOverride {
  /**
   * The need that holds the data. Default: postgres.
   */
  readonly need?: string | null;
  /**
   * One SELECT of one value, without a semicolon or backslash.
   */
  readonly sql?: string | null;
  /**
   * The answer is this number or more.
   */
  readonly atLeast?: number | null;
  /**
   * The answer is this number or less.
   */
  readonly atMost?: number | null;
  /**
   * The answer is a time that lies at most so long before the backup. Unit: s, m, h or d.
   */
  readonly newerThan?: Duration | null;
}
/**
 * One of ratio, rate or value, with a bound above or below.
 */
export interface BusinessAlertOverride {
  /**
   * Share of two counters over 5 minutes: FAILED / ALL.
   */
  readonly ratio?: MetricRatio | null;
  /**
   * How fast a counter grows; the bound carries the unit of time.
   */
  readonly rate?: MetricName | null;
  /**
   * A gauge, or the share of two.
   */
  readonly value?: (MetricName | MetricRatio) | null;
  /**
   * Fires above this.
   */
  readonly above?: Bound | null;
  /**
   * Fires below this.
   */
  readonly below?: Bound | null;
  /**
   * How long the bound must be crossed. Default: 5m.
   */
  readonly for?: Duration | null;
  /**
   * critical pages, warning makes a ticket, info is only shown. Default: warning.
   */
  readonly severity?: ('critical' | 'warning' | 'info') | null;
  /**
   * One line for the person on call. Default: made from the name and the bound.
   */
  readonly summary?: OneLine | null;
}
/**
 * Commands of the workflow's checks; false leaves one out. Default: the package's scripts lint, typecheck and test.
 */
export interface ChecksOverride {
  /**
   * Lint. Default: npm run lint.
   */
  readonly lint?: (Command | false) | null;
  /**
   * Type check. Default: npm run typecheck; none for JavaScript.
   */
  readonly types?: (Command | false) | null;
  /**
   * Tests. Default: npm test.
   */
  readonly test?: (Command | false) | null;
}
/**
 * A JSON Patch on one generated object.
 */
export interface Override {
  /**
   * Which artifact.
   */
  readonly artifact: 'compose' | 'kubernetes' | 'workflow' | 'rules';
  /**
   * Kubernetes: KIND/NAME of the object. Default: the artifact's only object.
   */
  readonly target?: string;
  /**
   * Operations after RFC 6902.
   *
   * @minItems 1
   */
  readonly patch: PatchOperation[];
}
/**
 * One operation after RFC 6902.
 */
export interface PatchOperation {
  /**
   * Operation.
   */
  readonly op: 'add' | 'replace' | 'remove' | 'test';
  /**
   * JSON Pointer.
   */
  readonly path: string;
  /**
   * Value; not for remove.
   */
  readonly value?: {
    [k: string]: unknown;
  };
}
