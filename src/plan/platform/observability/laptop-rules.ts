// Decides the rules and dashboards of the services on a laptop: those of a cluster whose metrics exist there.
import type { EnvironmentFacts, PlatformFacts } from '../../../model/platform-facts';
import { planAlerts } from '../../alerts';
import { laidOut } from '../../alerts/panel-layout';
import { usesOf } from '../../bindings';
import { alertInput } from '../../monitoring';
import { metricNames } from '../../promql/metric-names';
import type { DashboardPlan, ObjectivePlan, RuleGroupPlan } from '../../types';
import type { BackingInstancePlan, LaptopPlan, PlatformDashboardPlan, ServiceRulesPlan } from '../../types/platform';
import type { PlannedService } from '../input';
import type { ObservabilityScope } from './scope';
import { clusterPrefixes } from './targets';

const existsHere = (expr: string): boolean =>
  metricNames(expr).every((metric) => !clusterPrefixes.some((prefix) => metric.startsWith(prefix)));

const withoutCluster = (groups: readonly RuleGroupPlan[]): RuleGroupPlan[] =>
  groups
    .map((group) => ({ ...group, alerts: group.alerts.filter(({ expr }) => existsHere(expr)) }))
    .filter(({ alerts, recording }) => alerts.length + recording.length > 0);

const panelsHere = (dashboard: DashboardPlan): DashboardPlan => ({
  ...dashboard,
  rows: laidOut(
    dashboard.rows.map(({ title, panels }) => ({
      title,
      panels: panels.filter(({ queries }) => queries.every(({ expr }) => existsHere(expr))),
    })),
  ),
});

export interface LaptopService {
  readonly rules: ServiceRulesPlan;
  readonly dashboard: PlatformDashboardPlan;
  readonly objectives: readonly ObjectivePlan[];
}

/** Null where nothing of the service is measured. */
function laptopService(
  { model }: PlannedService,
  platform: PlatformFacts,
  laptop: LaptopPlan,
  scope: ObservabilityScope,
): LaptopService | null {
  const declared = model.environments.find(({ facts }) => facts.name === laptop.name);
  const planned = laptop.services.find(({ name }) => name === model.settings.name);
  if (declared === undefined || planned === undefined) return null;
  const { environment } = planned;
  const { settings } = declared;
  const facts: EnvironmentFacts = { ...declared.facts, runs: 'compose' };
  const { metrics, runbookUrl, dashboardUid } = environment.monitoring;
  if (metrics === null) return null;
  const input = alertInput(
    settings,
    platform,
    facts,
    {
      workloads: environment.workloads,
      jobs: environment.jobs,
      migration: environment.migration,
      exposure: null,
      uses: usesOf(settings, platform, facts),
    },
    metrics,
    { runbookUrl, dashboardUrl: `${scope.grafanaUrl}/d/${dashboardUid}`, dashboardUid },
  );
  const exported = new Map(
    laptop.instances.map((instance): [string, BackingInstancePlan] => [instance.name, instance]),
  );
  const bindings = input.bindings
    .filter(({ instance }) => exported.get(instance)?.exporter != null)
    // A container alone is watched as what a cloud runs: see resource-panels.ts.
    .map((binding) => ({ ...binding, runs: 'aws' as const }));
  const watched = planAlerts({ ...input, namespace: environment.namespace, bindings });
  const groups = withoutCluster(watched.groups);
  const alerts = new Set(groups.flatMap((group) => group.alerts.map(({ alert }) => alert)));
  return {
    rules: {
      service: settings.name,
      groups,
      tests: watched.tests.filter(({ alert }) => alerts.has(alert)),
      evaluationInterval: watched.evaluationInterval,
    },
    dashboard: { name: settings.name, dashboard: panelsHere(watched.dashboard), runbookUrl },
    objectives: watched.objectives,
  };
}

export const laptopServices = (
  services: readonly PlannedService[],
  platform: PlatformFacts,
  laptop: LaptopPlan,
  scope: ObservabilityScope,
): LaptopService[] =>
  services.flatMap((service) => {
    const made = laptopService(service, platform, laptop, scope);
    return made === null ? [] : [made];
  });
