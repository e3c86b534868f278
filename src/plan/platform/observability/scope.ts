// What the platform's own alerts of one environment share: names, links and the input that their builders take.
import type { AlertInput } from '../../alerts';

export interface ObservabilityScope {
  readonly platform: string;
  readonly environment: string;
  readonly runs: 'compose' | 'kubernetes';
  readonly namespace: string;
  readonly dataNamespace: string;
  readonly monitoringNamespace: string;
  /** Without anchor. */
  readonly runbookUrl: string;
  readonly grafanaUrl: string;
  readonly grafanaCommand: string | null;
}

/** Owner of what belongs to no service; Alertmanager routes by it. */
export const platformOwner = 'platform';

/** Grafana takes 40 characters at most. */
export const dashboardUid = (name: string, { environment }: Pick<ObservabilityScope, 'environment'>): string =>
  `${name}-${environment}`.slice(0, 40);

export const dashboardUrl = (name: string, scope: ObservabilityScope): string =>
  `${scope.grafanaUrl}/d/${dashboardUid(name, scope)}`;

/** Name of the dashboard of a backing resource. */
export const resourceDashboard = (instance: string): string => `resource-${instance}`;
export const objectivesDashboard = 'objectives';
export const businessDashboard = 'business';

/** For the builders of rules, which know a service: the platform takes its place. */
export const ruleInput = (scope: ObservabilityScope, dashboard: string): AlertInput => ({
  service: platformOwner,
  owner: platformOwner,
  tier: 'standard',
  platform: scope.platform,
  environment: scope.environment,
  namespace: scope.namespace,
  metrics: null,
  unmeasuredRoutes: [],
  objectives: { availability: null, latency: [], throughputPerSecond: null, periodDays: 30 },
  workloads: [],
  jobs: [],
  migration: null,
  certificate: null,
  bindings: [],
  business: [],
  runbookUrl: scope.runbookUrl,
  dashboardUrl: dashboardUrl(dashboard, scope),
  dashboardUid: dashboardUid(dashboard, scope),
});
