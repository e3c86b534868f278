// Turns the planned dashboards into what Grafana reads at its start: data source, provider and dashboards.
import type { ObservabilityPlan, PlatformDashboardPlan } from '../../plan/types/platform';
import { grafanaDashboard } from '../shared/dashboard';
import type { GeneratedFile } from '../shared/generated-file';
import { jsonFile, yamlFile } from './file';

/** Where Grafana finds the dashboards in its container. */
export const dashboardsPath = '/etc/grafana/dashboards';

/** https://grafana.com/docs/grafana/latest/administration/provisioning/ */
export const dataSources = ({ scrapeIntervalSeconds }: ObservabilityPlan, url: string): object => ({
  apiVersion: 1,
  prune: true,
  datasources: [
    {
      name: 'Prometheus',
      uid: 'prometheus',
      type: 'prometheus',
      access: 'proxy',
      url,
      isDefault: true,
      editable: false,
      jsonData: { httpMethod: 'POST', timeInterval: `${scrapeIntervalSeconds}s` },
    },
  ],
});

export const dashboardProviders = (): object => ({
  apiVersion: 1,
  providers: [
    {
      name: 'groundwork',
      type: 'file',
      disableDeletion: true,
      allowUiUpdates: false,
      updateIntervalSeconds: 60,
      options: { path: dashboardsPath },
    },
  ],
});

export const dashboardFile = (folder: string, { name, dashboard, runbookUrl }: PlatformDashboardPlan): GeneratedFile =>
  jsonFile(`${folder}/${name}.json`, grafanaDashboard(dashboard, runbookUrl));

export const providerComments = {
  'providers.0.allowUiUpdates': 'A change belongs in the declaration: what is edited by hand is lost.',
};

/** The folder of Grafana in a compose project. */
export const grafanaFiles = (plan: ObservabilityPlan, folder: string, prometheusUrl: string): GeneratedFile[] => [
  yamlFile(`${folder}/provisioning/datasources/groundwork.yaml`, dataSources(plan, prometheusUrl)),
  yamlFile(`${folder}/provisioning/dashboards/groundwork.yaml`, dashboardProviders(), providerComments),
  ...plan.dashboards.map((dashboard) => dashboardFile(`${folder}/dashboards`, dashboard)),
];
