// Decides the platform's dashboards: one per measured resource, the declared measures of all services, all objectives.
import { declaredAlertsRow } from '../../alerts/dashboard';
import { critical, laidOut, type Panel, panel, type Topic, warning } from '../../alerts/panel-layout';
import { equals, type Matcher, over, select } from '../../promql/expression';
import type { DashboardPlan, ObjectivePlan } from '../../types';
import type { BackingInstancePlan, PlatformDashboardPlan } from '../../types/platform';
import { resourcePanels } from './resource-panels';
import {
  businessDashboard,
  dashboardUid,
  type ObservabilityScope,
  objectivesDashboard,
  resourceDashboard,
} from './scope';

const hour = 3600;

/** What the dashboards show of one service. */
export interface ShownService {
  readonly name: string;
  readonly objectives: readonly ObjectivePlan[];
  /** Its own dashboard; null where nothing of it is measured. */
  readonly dashboard: DashboardPlan | null;
}

function dashboardOf(
  scope: ObservabilityScope,
  name: string,
  title: string,
  topics: readonly Topic[],
  anchor: string,
): PlatformDashboardPlan {
  return {
    name,
    dashboard: {
      uid: dashboardUid(name, scope),
      title: `${title} (${scope.environment})`,
      tags: [scope.platform, scope.environment, 'platform'],
      rows: laidOut(topics),
    },
    runbookUrl: anchor === '' ? scope.runbookUrl : `${scope.runbookUrl}#${anchor}`,
  };
}

/** Anchor of the runbook's section on an instance. */
export const resourceAnchor = (instance: string): string => `resource-${instance}`;

const panelsOf = (instance: BackingInstancePlan): readonly Panel[] =>
  instance.panels.length > 0
    ? instance.panels
    : resourcePanels({
        name: instance.name,
        kind: instance.kind,
        runs: instance.runs,
        values: instance.uses.map(({ values }) => values),
        isExported: instance.exporter !== null,
      });

/** Whether the exporter answers, beside what it measures. */
function exporterPanel({ name, exporter }: BackingInstancePlan): Panel {
  return panel({
    title: 'Measured',
    description: 'Whether the exporter answers: 1 or 0.',
    unit: 'count',
    queries: [
      {
        expr: select('up', [equals('job', exporter?.host ?? ''), equals('service', name)]),
        legend: '{{instance}}',
      },
    ],
    thresholds: [critical(1)],
    lowIsBad: true,
  });
}

const resourceDashboards = (scope: ObservabilityScope, instances: readonly BackingInstancePlan[]) =>
  instances
    .filter(({ exporter }) => exporter !== null)
    .map((instance) =>
      dashboardOf(
        scope,
        resourceDashboard(instance.name),
        `${instance.title}: ${instance.name}`,
        [{ title: instance.title, panels: [exporterPanel(instance), ...panelsOf(instance)] }],
        resourceAnchor(instance.name),
      ),
    );

const business = (scope: ObservabilityScope, services: readonly ShownService[]): PlatformDashboardPlan =>
  dashboardOf(
    scope,
    businessDashboard,
    'Business metrics',
    services.map(({ name, dashboard }) => ({
      title: name,
      panels: dashboard?.rows.find(({ title }) => title === declaredAlertsRow)?.panels ?? [],
    })),
    '',
  );

const environmentOf = ({ environment }: ObservabilityScope): Matcher[] => [equals('environment', environment)];

function overview(scope: ObservabilityScope): Panel[] {
  const legend = '{{service}} {{slo}}';
  return [
    panel({
      title: 'Error budget left',
      description: 'Share of each budget of 30 days that is left. Below 0 the promise is broken.',
      unit: 'ratio',
      queries: [{ expr: select('slo:period_error_budget_remaining:ratio', environmentOf(scope)), legend }],
      thresholds: [critical(0), warning(0.25)],
      lowIsBad: true,
    }),
    panel({
      title: 'Burn rate',
      description: 'How many times faster than allowed each budget burns.',
      unit: 'count',
      queries: [{ expr: select('slo:current_burn_rate:ratio', environmentOf(scope)), legend }],
      thresholds: [warning(1), critical(6)],
    }),
    panel({
      title: 'Burn rate over 30 days',
      description: '1 uses up the budget exactly.',
      unit: 'count',
      queries: [{ expr: select('slo:period_burn_rate:ratio', environmentOf(scope)), legend }],
      thresholds: [critical(1)],
    }),
  ];
}

/** The promise and what was kept of it, for one objective. */
function objectivePanels(scope: ObservabilityScope, service: string, objective: ObjectivePlan): Panel[] {
  const of = [...environmentOf(scope), equals('service', service), equals('slo', objective.name)];
  const remaining = select('slo:period_error_budget_remaining:ratio', of);
  return [
    panel({
      kind: 'stat',
      title: `${objective.name}: kept over ${objective.periodDays} d`,
      description: `Share of good requests; ${objective.objectiveText} is promised.`,
      unit: 'ratio',
      queries: [
        { expr: `1 - ${select(`slo:sli_error:ratio_rate${objective.periodDays}d`, of)}`, legend: objective.name },
      ],
      thresholds: [critical(objective.objectiveRatio)],
      lowIsBad: true,
    }),
    panel({
      kind: 'stat',
      title: `${objective.name}: budget left`,
      description: `Of ${objective.budgetText} over ${objective.periodDays} days.`,
      unit: 'ratio',
      queries: [{ expr: remaining, legend: objective.name }],
      thresholds: [critical(0), warning(0.25)],
      lowIsBad: true,
    }),
    panel({
      title: `${objective.name}: requests an hour`,
      description: 'Requests that the objective is measured on: few of them say little.',
      unit: 'count',
      queries: [{ expr: requestsAnHour(objective, of), legend: objective.name }],
    }),
  ];
}

/** Recorded where a window of an hour alerts; else what the share is made of. */
function requestsAnHour({ burnRates, errorRatioExpr }: ObjectivePlan, of: readonly Matcher[]): string {
  return burnRates.some(({ longWindow }) => longWindow === '1h')
    ? select('slo:sli_total:increase1h', of)
    : errorRatioExpr;
}

function objectives(scope: ObservabilityScope, services: readonly ShownService[]): PlatformDashboardPlan {
  const platform: Panel[] = [
    ...overview(scope),
    panel({
      kind: 'stat',
      title: 'Alerts that fire',
      description: 'Watchdog always does.',
      unit: 'count',
      queries: [{ expr: `count by (severity) (ALERTS{alertstate="firing"})`, legend: '{{severity}}' }],
    }),
    panel({
      title: 'Rule evaluation failures',
      description: 'Failures an hour.',
      unit: 'count',
      queries: [
        {
          expr: over(
            'increase',
            select('prometheus_rule_evaluation_failures_total', [equals('job', 'prometheus')]),
            hour,
          ),
          legend: '{{rule_group}}',
        },
      ],
      thresholds: [warning(1)],
    }),
  ];
  const topics = services.map(({ name, objectives: promised }) => ({
    title: name,
    panels: promised.flatMap((objective) => objectivePanels(scope, name, objective)),
  }));
  return dashboardOf(
    scope,
    objectivesDashboard,
    'Objectives and error budgets',
    [{ title: 'Platform', panels: platform }, ...topics],
    '',
  );
}

export function platformDashboards(
  scope: ObservabilityScope,
  services: readonly ShownService[],
  instances: readonly BackingInstancePlan[],
): PlatformDashboardPlan[] {
  return [business(scope, services), objectives(scope, services), ...resourceDashboards(scope, instances)].filter(
    ({ dashboard }) => dashboard.rows.length > 0,
  );
}
