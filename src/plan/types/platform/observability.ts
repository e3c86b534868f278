// What watches one environment of the platform: targets, rules and their proofs, routes of alerts, dashboards, and the servers that do it.
import type {
  HealthCheckPlan,
  ImageReference,
  NameValue,
  ResourceAmounts,
  SecretFilePlan,
  SecretSource,
  WritableFolder,
} from '../../../catalog/facts';
import type { AlertSeverity, RuleGroupPlan, RuleTestPlan } from '../alerts';
import type { DashboardPlan } from '../dashboard';
import type { WatchingEdgePlan, WatchingEndPlan } from './watching-edge';

/** What Prometheus reads on a laptop. In a cluster PodMonitors say it. */
export interface ScrapeTargetPlan {
  /** Value of the label `job`. */
  readonly job: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** Put on every series: what the alerts select by. */
  readonly labels: Readonly<Record<string, string>>;
  readonly why: string;
}

/** Pods of a component of the cluster whose metrics the alerts read. */
export interface ComponentMonitorPlan {
  readonly name: string;
  readonly namespace: string;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** Number of the container port: its name differs between a project's own manifests and charts. */
  readonly port: number;
  /** Whether its own labels win: kube-state-metrics says `namespace` of what it reports on. */
  readonly keepsLabels: boolean;
  readonly why: string;
}

/** Pods at a port. */
export interface ReadPodsPlan {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly port: number;
  readonly why: string;
}

export interface ServiceRulesPlan {
  readonly service: string;
  readonly groups: readonly RuleGroupPlan[];
  readonly tests: readonly RuleTestPlan[];
  readonly evaluationInterval: string;
}

/** A Slack channel: an incoming webhook of a Slack app posts to one channel only, so each has its own. */
export interface ReceiverPlan {
  readonly name: string;
  readonly channel: string;
  /** File name of the secret that holds the webhook's URL. */
  readonly secretFile: string;
}

export interface AlertRoutePlan {
  readonly owner: string;
  readonly severity: AlertSeverity;
  readonly receiver: string;
  readonly repeatSeconds: number;
}

/** While an alert of `source` fires, those of `target` with the same labels `equal` are not sent. */
export interface InhibitionPlan {
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly equal: readonly string[];
  readonly why: string;
}

export interface AlertRoutingPlan {
  readonly receivers: readonly ReceiverPlan[];
  /** Receiver of what nobody owns. */
  readonly fallback: string;
  readonly routes: readonly AlertRoutePlan[];
  /** The alert that always fires; its receiver tells when it stops. `secretFile` is null where nobody outside listens. */
  readonly watchdog: {
    readonly alert: string;
    readonly receiver: string;
    readonly secretFile: string | null;
    readonly repeatSeconds: number;
  };
  readonly groupBy: readonly string[];
  readonly groupWaitSeconds: number;
  readonly groupIntervalSeconds: number;
  readonly inhibitions: readonly InhibitionPlan[];
  /** Texts of the message, as Alertmanager's Go templates. */
  readonly message: { readonly title: string; readonly text: string };
  /** Folder of the secret files in the container. */
  readonly secretsPath: string;
}

/** A server that watches, as a container of a laptop; its image, user and amounts hold in a cluster too. */
export interface WatcherPlan {
  readonly name: string;
  /** Which file of the compose project it belongs to. */
  readonly part: 'observability' | 'logging' | 'tracing';
  /** Profiles that start it; empty: it always starts. */
  readonly profiles: readonly string[];
  readonly image: ImageReference;
  /** `uid:gid`. */
  readonly user: string;
  readonly capabilities: readonly string[];
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
  readonly environment: readonly NameValue[];
  /** Files and folders of the environment's folder, mounted read-only. */
  readonly mounts: readonly { readonly source: string; readonly target: string }[];
  /** Paths of the host, mounted read-only. */
  readonly hostMounts: readonly { readonly source: string; readonly target: string }[];
  readonly volumes: readonly { readonly name: string; readonly path: string }[];
  readonly writableFolders: readonly WritableFolder[];
  readonly secretFiles: readonly SecretFilePlan[];
  readonly port: number | null;
  /** Port of the host at 127.0.0.1; null = none. */
  readonly publishedPort: number | null;
  readonly healthCheck: HealthCheckPlan | null;
  readonly request: ResourceAmounts;
  readonly limit: ResourceAmounts;
  readonly stopGraceSeconds: number;
  readonly oneShot: boolean;
  /** Servers that must be healthy, or done when one-shot, first. */
  readonly after: readonly string[];
  readonly why: string;
}

/** What takes traces in a cluster. */
export interface TraceServerPlan {
  readonly name: string;
  readonly port: number;
  /** Names of its Service, for its certificate. */
  readonly hosts: readonly string[];
  /** What services show; the name is that of an entry of its key store. */
  readonly token: SecretFilePlan;
}

/** Elasticsearch for logs and traces, apart from what services use. */
export interface ElasticPlan {
  readonly version: string;
  readonly logging: boolean;
  readonly tracing: boolean;
  /** Null on a laptop, and where nothing is traced. */
  readonly traceServer: TraceServerPlan | null;
  /** Data streams that the logs are written to: `logs-PLATFORM-ENVIRONMENT`. */
  readonly dataStream: string;
  /** Index lifecycle: days until an index is deleted, and when a new one begins. */
  readonly retentionDays: number;
  readonly rolloverDays: number;
  readonly rolloverSize: string;
  /** In a cluster: of each node, and how many. */
  readonly nodes: number;
  readonly storageMiB: number;
  readonly request: ResourceAmounts;
  readonly limit: ResourceAmounts;
}

export interface PlatformDashboardPlan {
  /** File name without `.json`. */
  readonly name: string;
  readonly dashboard: DashboardPlan;
  readonly runbookUrl: string;
}

/** A section of the platform's runbook about a backing resource. */
export interface ResourceRunbookPlan {
  readonly anchor: string;
  readonly name: string;
  readonly title: string;
  readonly runs: string;
  readonly host: string;
  readonly users: readonly string[];
  readonly dashboardUrl: string | null;
  readonly alerts: readonly {
    readonly name: string;
    readonly severity: AlertSeverity;
    readonly meaning: string;
    readonly diagnosis: readonly string[];
    readonly mitigation: readonly string[];
  }[];
}

/** How Prometheus gets a certificate of the mesh, by a sidecar that carries none of its traffic. */
export interface MeshScrapingPlan {
  readonly scrapeClass: string;
  /** Folder of the certificates in the sidecar, and in Prometheus. */
  readonly written: string;
  readonly read: string;
  /** Control plane that signs them. */
  readonly signer: {
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly port: number;
  };
}

export interface ObservabilityPlan {
  readonly environment: string;
  readonly runs: 'compose' | 'kubernetes';
  readonly scrapeIntervalSeconds: number;
  readonly evaluationIntervalSeconds: number;
  readonly retentionSeconds: number;
  readonly logRetentionSeconds: number;
  /** Disk of each Prometheus, and where the number is from. */
  readonly storageMiB: number;
  readonly replicas: { readonly prometheus: number; readonly alertmanager: number };
  /** Namespaces whose rules and monitors Prometheus takes; empty on a laptop. */
  readonly namespaces: readonly string[];
  readonly monitoringNamespace: string;
  /** Empty in a cluster. */
  readonly targets: readonly ScrapeTargetPlan[];
  /** Pods that Prometheus may reach, by the declared edges; empty on a laptop. */
  readonly reads: readonly ReadPodsPlan[];
  /** Metrics of the kubelet and of cAdvisor that anything asks for: the others are dropped. */
  readonly nodeMetrics: readonly string[];
  /** Who talks to whom among what watches; empty on a laptop, whose edges are all in one list. */
  readonly ends: readonly WatchingEndPlan[];
  readonly edges: readonly WatchingEdgePlan[];
  /** Null where there is no mesh. */
  readonly mesh: MeshScrapingPlan | null;
  /** Empty on a laptop. */
  readonly components: readonly ComponentMonitorPlan[];
  /** The platform's own rules. */
  readonly groups: readonly RuleGroupPlan[];
  readonly tests: readonly RuleTestPlan[];
  readonly evaluationInterval: string;
  /** Rules of the services on a laptop; in a cluster each service brings its own. */
  readonly serviceRules: readonly ServiceRulesPlan[];
  readonly routing: AlertRoutingPlan;
  readonly dashboards: readonly PlatformDashboardPlan[];
  readonly resources: readonly ResourceRunbookPlan[];
  readonly watchers: readonly WatcherPlan[];
  /** What the watchers' secret files are made from. */
  readonly secretSources: readonly SecretSource[];
  /** What keeps logs and traces; null where neither is asked for. */
  readonly elastic: ElasticPlan | null;
  readonly runbookUrl: string;
  readonly grafanaUrl: string;
  /** Opens the way there in a cluster; null on a laptop, which has it open. */
  readonly grafanaCommand: string | null;
}
