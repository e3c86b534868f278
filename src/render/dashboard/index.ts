// Turns the dashboard of each Kubernetes environment into Grafana's JSON.
import type { EnvironmentPlan, MonitoringPlan, ServicePlan } from '../../plan/types';
import type { GeneratedFile } from '../shared/generated-file';
import { toJson } from '../shared/json';
import { panelOf, rowOf, source } from './panel';

type Dashboard = NonNullable<MonitoringPlan['dashboard']>;

export function renderDashboard(plan: ServicePlan): GeneratedFile[] {
  return plan.environments.flatMap((environment) => {
    const { dashboard } = environment.monitoring;
    return environment.runs === 'kubernetes' && dashboard !== null ? [fileOf(environment, dashboard)] : [];
  });
}

const fileOf = (environment: EnvironmentPlan, dashboard: Dashboard): GeneratedFile => ({
  at: 'service',
  path: `monitoring/${environment.name}/dashboard.json`,
  body: toJson(dashboardOf(environment, dashboard)),
  comment: 'none',
  executable: false,
});

/** https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
function dashboardOf(environment: EnvironmentPlan, dashboard: Dashboard): object {
  // Ids count from 1 over rows and panels alike: unique in the dashboard, and the same at every generation.
  let id = 0;
  const next = (): number => {
    id += 1;
    return id;
  };
  return {
    uid: dashboard.uid,
    title: dashboard.title,
    tags: dashboard.tags,
    timezone: 'utc',
    // A change belongs in the declaration: what is edited here is lost at the next deployment.
    editable: false,
    // A crosshair shared by all panels.
    graphTooltip: 1,
    time: { from: 'now-6h', to: 'now' },
    refresh: '1m',
    schemaVersion: 42,
    annotations: { list: [] },
    templating: { list: [{ type: 'datasource', name: source, label: 'Prometheus', query: 'prometheus' }] },
    links: [
      {
        title: 'Runbook',
        type: 'link',
        icon: 'doc',
        tooltip: '',
        url: environment.monitoring.runbookUrl,
        tags: [],
        asDropdown: false,
        targetBlank: true,
        includeVars: false,
        keepTime: false,
      },
    ],
    panels: dashboard.rows.flatMap((row) => [rowOf(row, next()), ...row.panels.map((panel) => panelOf(panel, next()))]),
  };
}
