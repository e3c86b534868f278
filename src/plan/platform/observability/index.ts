// Decides what watches each environment of the platform, in a cluster and on a laptop.

import { kinds } from '../../../catalog';
import type { PlatformFacts } from '../../../model/platform-facts';
import { grafanaAt, laptopGrafanaPort } from '../../grafana';
import { meshScrapeClass } from '../../mesh-scraping';
import { metricNames } from '../../promql/metric-names';
import { traceServer } from '../../tracing';
import type { SecretSource, ServicePlan } from '../../types';
import type {
  BackingInstancePlan,
  ClusterPlan,
  LaptopPlan,
  ObservabilityPlan,
  ResourceRunbookPlan,
} from '../../types/platform';
import type { PlannedService } from '../input';
import type { Channels } from './channels';
import { planReceivers } from './channels';
import { clusterWatchingEdges } from './cluster-edges';
import { platformDashboards, resourceAnchor, type ShownService } from './dashboards';
import { elasticWatchers, planElastic } from './elastic';
import { laptopServices } from './laptop-rules';
import { freePorts } from './ports';
import { planRouting } from './routing';
import { platformRules } from './rules';
import { dashboardUrl, type ObservabilityScope, resourceDashboard } from './scope';
import { filesOf, type WatcherSecret, watcherSecrets } from './secrets';
import { decideStorageMiB } from './storage';
import { componentsFor, kubeletPrefixes, laptopTargets, ownJobs, podsToRead, proxyJob } from './targets';
import { metricWatchers } from './watchers';

export interface ObservabilityInput {
  readonly facts: PlatformFacts;
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly services: readonly PlannedService[];
  readonly clusters: readonly ClusterPlan[];
  readonly laptops: readonly LaptopPlan[];
  readonly channels: Channels;
}

/** https://istio.io/latest/docs/ops/integrations/prometheus/#tls-settings */
const meshScraping: ObservabilityPlan['mesh'] = {
  scrapeClass: meshScrapeClass,
  written: '/etc/istio-output-certs',
  read: '/etc/prom-certs',
  // https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
  signer: { namespace: 'istio-system', labels: { app: 'istiod' }, port: 15012 },
};

// Prometheus's own default; rules are evaluated as often as new samples come.
const intervalSeconds = 30;
const evaluationInterval = '1m';

const runbookOf = (repository: string): string => `https://github.com/${repository}/blob/main/platform/runbook.md`;

function resourceRunbooks(scope: ObservabilityScope, instances: readonly BackingInstancePlan[]): ResourceRunbookPlan[] {
  return instances.map(({ name, kind, title, runs, host, uses, exporter }) => ({
    anchor: resourceAnchor(name),
    name,
    title,
    runs,
    host,
    users: [...new Set(uses.map(({ service }) => service))].sort(),
    dashboardUrl: exporter === null ? null : dashboardUrl(resourceDashboard(name), scope),
    alerts: (kinds[kind]?.alerts ?? [])
      .filter((alert) => alert.runs.includes(runs) && uses.some(({ values }) => alert.appliesTo(values)))
      .map(({ name: alert, severity, meaning, diagnosis, mitigation }) => ({
        name: alert,
        severity,
        meaning,
        diagnosis,
        mitigation,
      })),
  }));
}

const shared = (input: ObservabilityInput, scope: ObservabilityScope) => ({
  environment: scope.environment,
  runs: scope.runs,
  scrapeIntervalSeconds: intervalSeconds,
  evaluationIntervalSeconds: intervalSeconds,
  retentionSeconds: input.facts.observability.retentionSeconds,
  logRetentionSeconds: input.facts.observability.logRetentionSeconds,
  monitoringNamespace: scope.monitoringNamespace,
  evaluationInterval,
  routing: planRouting(input.channels, scope),
  runbookUrl: scope.runbookUrl,
  grafanaUrl: scope.grafanaUrl,
  grafanaCommand: scope.grafanaCommand,
});

/** Several files are made from one secret. */
const sourcesOf = (secrets: readonly WatcherSecret[]): SecretSource[] =>
  secrets
    .map(({ source }) => source)
    .filter(({ id }, index, all) => all.findIndex((other) => other.id === id) === index);

const inEnvironment = (plan: ServicePlan, name: string) => plan.environments.find((found) => found.name === name);

function shownServices(services: readonly PlannedService[], environment: string): ShownService[] {
  return services.flatMap(({ plan }) => {
    const found = inEnvironment(plan, environment);
    if (found === undefined) return [];
    const { objectives, dashboard } = found.monitoring;
    return [{ name: plan.identity.name, objectives, dashboard }];
  });
}

function planInCluster(input: ObservabilityInput, cluster: ClusterPlan): ObservabilityPlan {
  const { facts, services } = input;
  const { monitoringNamespace, dataNamespace, namespace, instances } = cluster;
  const grafana = grafanaAt(facts, cluster.name);
  const scope: ObservabilityScope = {
    platform: facts.name,
    environment: cluster.name,
    runs: 'kubernetes',
    namespace,
    dataNamespace,
    monitoringNamespace,
    runbookUrl: runbookOf(input.repository),
    grafanaUrl: grafana.url,
    grafanaCommand: grafana.command(monitoringNamespace),
  };
  const hasGitops = facts.gitops !== 'none';
  const own = services.flatMap(({ plan }) => inEnvironment(plan, cluster.name)?.monitoring.groups ?? []);
  const hasDashboards = facts.observability.dashboards !== 'none';
  const jobs = ownJobs.map(({ job }) => job).filter((job) => job !== 'grafana' || hasDashboards);
  const first = platformRules({ scope, instances, jobs, hasGitops });
  const shown = shownServices(services, cluster.name);
  const panels = shown.flatMap(({ dashboard }) => dashboard?.rows.flatMap((row) => row.panels) ?? []);
  const used = [
    ...[...own, ...first.groups].flatMap(({ recording, alerts }) => [...recording, ...alerts]),
    ...panels.flatMap(({ queries }) => queries),
  ].flatMap(({ expr }) => metricNames(expr));
  const components = componentsFor(used);
  // The components are watched as well: once it is known which ones there are.
  const rules = platformRules({ scope, instances, jobs: [...jobs, ...components.map(({ name }) => name)], hasGitops });
  const receivers = planReceivers(input.channels);
  const secrets = watcherSecrets({ facts, environment: cluster.name, receivers, runs: 'kubernetes' });
  const elastic = planElastic(facts, cluster.name, cluster.gated, {
    monitoringNamespace,
    secretFiles: filesOf(secrets, traceServer),
  });
  const mesh = cluster.mesh === 'istio' ? meshScraping : null;
  const nodeMetrics = [...new Set(used)]
    .filter((name) => kubeletPrefixes.some((prefix) => name.startsWith(prefix)))
    .sort();
  return {
    ...shared(input, scope),
    storageMiB: decideStorageMiB(cluster.demand.pods, facts.observability.retentionSeconds, intervalSeconds),
    // Both send; Alertmanagers agree among each other on what was sent.
    replicas: { prometheus: 2, alertmanager: 2 },
    namespaces: [namespace, dataNamespace, monitoringNamespace],
    targets: [],
    components,
    reads: podsToRead(cluster),
    ...clusterWatchingEdges({
      cluster,
      hasDashboards,
      components,
      readsKubelets: nodeMetrics.length > 0,
      elastic,
      mesh,
    }),
    mesh,
    nodeMetrics,
    groups: rules.groups,
    tests: rules.tests,
    serviceRules: [],
    dashboards: hasDashboards
      ? [
          ...platformDashboards(scope, shown, instances),
          ...services.flatMap(({ plan }) => {
            const found = inEnvironment(plan, cluster.name)?.monitoring;
            return found?.dashboard == null
              ? []
              : [{ name: plan.identity.name, dashboard: found.dashboard, runbookUrl: found.runbookUrl }];
          }),
        ]
      : [],
    resources: resourceRunbooks(scope, instances),
    watchers: metricWatchers({
      retentionSeconds: facts.observability.retentionSeconds,
      hasDashboards,
      ports: { prometheus: 9090, grafana: 3000 },
      grafanaUrl: scope.grafanaUrl,
      secretFiles: (container) => filesOf(secrets, container),
    }),
    secretSources: sourcesOf(secrets),
    elastic,
  };
}

function planOnLaptop(input: ObservabilityInput, laptop: LaptopPlan): ObservabilityPlan {
  const { facts, services } = input;
  const taken = [
    ...laptop.services.flatMap(({ environment }) => [
      environment.publishedPort,
      ...environment.workloads.map(({ port }) => port),
    ]),
    laptop.proxy.httpPort,
    laptop.proxy.httpsPort,
  ].flatMap((port) => (port === null ? [] : [port]));
  const [prometheus = 9090, grafana = laptopGrafanaPort, kibanaPort = 5601, apmPort = 8200] = freePorts(
    [9090, laptopGrafanaPort, 5601, 8200],
    taken,
  );
  const scope: ObservabilityScope = {
    platform: facts.name,
    environment: laptop.name,
    runs: 'compose',
    namespace: facts.name,
    dataNamespace: facts.name,
    monitoringNamespace: facts.name,
    runbookUrl: runbookOf(input.repository),
    grafanaUrl: `http://127.0.0.1:${grafana}`,
    grafanaCommand: null,
  };
  const hasDashboards = facts.observability.dashboards !== 'none';
  const own = laptopServices(services, facts, laptop, scope);
  const targets = laptopTargets(laptop, hasDashboards);
  const jobs = targets
    .map(({ job }) => job)
    .filter((job) => job === proxyJob || ownJobs.some((own) => own.job === job));
  const rules = platformRules({ scope, instances: laptop.instances, jobs, hasGitops: false });
  const secrets = watcherSecrets({
    facts,
    environment: laptop.name,
    receivers: planReceivers(input.channels),
    runs: 'compose',
  });
  const secretFiles = (container: string) => filesOf(secrets, container);
  const elastic = planElastic(facts, laptop.name, false, null);
  const shown = services.map(({ plan }): ShownService => {
    const found = own.find(({ rules: { service } }) => service === plan.identity.name);
    return {
      name: plan.identity.name,
      objectives: found?.objectives ?? [],
      dashboard: found?.dashboard.dashboard ?? null,
    };
  });
  return {
    ...shared(input, scope),
    storageMiB: 0,
    replicas: { prometheus: 1, alertmanager: 1 },
    namespaces: [],
    targets,
    components: [],
    reads: [],
    ends: [],
    edges: [],
    mesh: null,
    nodeMetrics: [],
    groups: rules.groups,
    tests: rules.tests,
    serviceRules: own.map(({ rules: found }) => found),
    dashboards: hasDashboards
      ? [...platformDashboards(scope, shown, laptop.instances), ...own.map(({ dashboard }) => dashboard)]
      : [],
    resources: resourceRunbooks(scope, laptop.instances),
    watchers: [
      ...metricWatchers({
        retentionSeconds: facts.observability.retentionSeconds,
        hasDashboards,
        ports: { prometheus, grafana },
        grafanaUrl: scope.grafanaUrl,
        secretFiles,
      }),
      ...elasticWatchers({ elastic, kibanaPort, apmPort, secretFiles }),
    ],
    secretSources: sourcesOf(secrets),
    elastic,
  };
}

/** Empty where the platform measures nothing. */
export function planObservability(input: ObservabilityInput): ObservabilityPlan[] {
  if (input.facts.observability.metrics === 'none') return [];
  return [
    ...input.clusters.map((cluster) => planInCluster(input, cluster)),
    ...input.laptops.map((laptop) => planOnLaptop(input, laptop)),
  ];
}
