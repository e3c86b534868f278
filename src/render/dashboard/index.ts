// Turns the dashboard of each Kubernetes environment into Grafana's JSON.
import type { EnvironmentPlan, MonitoringPlan, ServicePlan } from '../../plan/types';
import { grafanaDashboard } from '../shared/dashboard';
import type { GeneratedFile } from '../shared/generated-file';
import { toJson } from '../shared/json';

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
  body: toJson(grafanaDashboard(dashboard, environment.monitoring.runbookUrl)),
  comment: 'none',
  executable: false,
});
