// Turns a dashboard of the plan into Grafana's JSON model.
import type { DashboardPlan } from '../../../plan/types';
import { panelOf, rowOf, source } from './panel';

/** https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
export function grafanaDashboard(dashboard: DashboardPlan, runbookUrl: string): object {
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
        url: runbookUrl,
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
