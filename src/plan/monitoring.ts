// Decides what is watched in one environment.
import { channelsFor, type EnvironmentFacts, type PlatformFacts } from '../model/platform-facts';
import type { ServiceSettings } from '../model/settings';
import { type AlertInput, planAlerts } from './alerts';
import { histogramBuckets } from './alerts/buckets';
import type { Use } from './bindings';
import { staticHealthPath } from './build-static';
import type { Decisions } from './decisions';
import { grafanaAt } from './grafana';
import { scrapeClassIn } from './mesh-scraping';
import { monitoringNamespace } from './network';
import type { ExposurePlan, JobPlan, MigrationPlan, MonitoringPlan, WorkloadPlan } from './types';

// Prometheus's own default; rate() over 5 minutes then sees ten samples.
export const scrapeIntervalSeconds = 30;
const histograms = {
  'prom-client': 'http_request_duration_seconds',
  opentelemetry: 'http_server_request_duration_seconds',
} as const;
const routeLabels = { 'prom-client': 'route', opentelemetry: 'http_route' } as const;

export function planMetrics(
  settings: ServiceSettings,
  decisions: Decisions,
  scrapeClass: string | null = null,
): MonitoringPlan['metrics'] {
  const metrics = settings.http?.metrics ?? null;
  if (metrics === null) return null;
  const thresholds = settings.objectives.latency.map(({ thresholdSeconds }) => thresholdSeconds);
  const bucketsSeconds = histogramBuckets(thresholds);
  decisions.decide(bucketsSeconds.length, {
    path: 'monitoring.metrics.bucketsSeconds',
    unit: 'buckets',
    from: 'objectives.latency',
    by: 'rule',
    why: `prom-client's own and each latency bound (${thresholds.join(', ') || 'none'}): a bound without a bucket cannot be measured`,
    source: 'https://github.com/siimon/prom-client#histogram',
  });
  return {
    library: metrics.library,
    job: settings.name,
    histogram: histograms[metrics.library],
    statusLabel: metrics.statusLabel,
    routeLabel: routeLabels[metrics.library],
    path: metrics.path,
    bucketsSeconds,
    scrapeIntervalSeconds,
    scrapeClass,
  };
}

export interface Watched {
  readonly workloads: readonly WorkloadPlan[];
  readonly jobs: readonly JobPlan[];
  readonly migration: MigrationPlan | null;
  readonly exposure: ExposurePlan | null;
  readonly uses: readonly Use[];
  readonly repository: string;
  readonly folder: string;
}

const measureOf = (alert: ServiceSettings['alerts'][number]): 'ratio' | 'rate' | 'value' =>
  alert.ratio !== null ? 'ratio' : alert.rate !== null ? 'rate' : 'value';

interface Links {
  readonly runbookUrl: string;
  readonly dashboardUrl: string;
  readonly dashboardUid: string;
}

/** What the alerts of one environment are made from. */
export function alertInput(
  settings: ServiceSettings,
  platform: PlatformFacts,
  environment: EnvironmentFacts,
  watched: Omit<Watched, 'repository' | 'folder'>,
  metrics: MonitoringPlan['metrics'],
  links: Links,
): AlertInput {
  const { exposure } = watched;
  const health =
    settings.http === null ? [] : [settings.http.livePath, settings.http.readyPath, settings.http.metrics?.path ?? ''];
  return {
    service: settings.name,
    owner: settings.owner,
    tier: settings.tier,
    platform: platform.name,
    environment: environment.name,
    namespace: environment.namespace,
    metrics,
    unmeasuredRoutes: [...new Set([...health, ...(settings.runtime.static === null ? [] : [staticHealthPath])])]
      .filter((route) => route !== '')
      .sort(),
    objectives: { ...settings.objectives, periodDays: 30 },
    workloads: watched.workloads,
    jobs: watched.jobs,
    migration: watched.migration,
    certificate:
      exposure === null
        ? null
        : {
            host: exposure.host,
            name: exposure.tls.secretName,
            namespace: exposure.kind === 'gateway' ? exposure.gateway.namespace : environment.namespace,
          },
    bindings: watched.uses.map((use) => ({
      key: use.need.key,
      kind: use.need.kind,
      instance: use.instance,
      runs: use.runs,
      values: use.values,
    })),
    business: settings.alerts.map((alert) => ({
      name: alert.name,
      measure: measureOf(alert),
      expression: alert.ratio ?? alert.rate ?? alert.value ?? '',
      above: alert.above,
      below: alert.below,
      forSeconds: alert.forSeconds,
      severity: alert.severity,
      summary: alert.summary,
    })),
    ...links,
  };
}

export function planMonitoring(
  settings: ServiceSettings,
  platform: PlatformFacts,
  environment: EnvironmentFacts,
  watched: Watched,
  decisions: Decisions,
): MonitoringPlan {
  const metrics = planMetrics(settings, decisions, scrapeClassIn(platform, environment));
  const path = watched.folder === '.' ? 'docs/runbook.md' : `${watched.folder}/docs/runbook.md`;
  const runbookUrl = `https://github.com/${watched.repository}/blob/main/${path}`;
  const dashboardUid = `${settings.name}-${environment.name}`.slice(0, 40);
  const grafana = grafanaAt(platform, environment.name);
  const dashboardUrl = `${grafana.url}/d/${dashboardUid}`;
  const common = {
    metrics,
    dashboardUid,
    dashboardUrl,
    dashboardCommand: grafana.command(monitoringNamespace),
    runbookUrl,
    channel: channelsFor(platform, settings.owner).warning,
    prometheusUrl:
      environment.runs === 'kubernetes' ? `http://prometheus-operated.${monitoringNamespace}.svc:9090` : null,
  };
  if (environment.runs === 'compose')
    return {
      ...common,
      objectives: [],
      groups: [],
      tests: [],
      evaluationInterval: '1m',
      neverFires: [],
      dashboard: null,
    };
  const { decisions: notes, ...planned } = planAlerts(
    alertInput(settings, platform, environment, watched, metrics, { runbookUrl, dashboardUrl, dashboardUid }),
  );
  for (const { value, ...note } of notes) {
    const { path: at, unit, from, by, why, source } = note;
    decisions.decide(value, {
      path: `monitoring.${at}`,
      why,
      by,
      ...(unit === null ? {} : { unit }),
      ...(from === null ? {} : { from }),
      ...(source === null ? {} : { source }),
    });
  }
  return { ...common, ...planned };
}
