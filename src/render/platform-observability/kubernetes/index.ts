// Turns what watches a cluster into the kustomization `monitoring` and the one of the dashboards.
import type { ClusterPlan, ObservabilityPlan, PlatformPlan } from '../../../plan/types/platform';
import type { GeneratedFile } from '../../shared/generated-file';
import type { Manifest } from '../../shared/kubernetes/manifest';
import { toYamlDocuments } from '../../shared/yaml';
import { alertmanagerFiles } from '../alertmanager';
import { lifecycle } from '../elastic';
import { jsonFile, yamlFile } from '../file';
import { dashboardFile, dashboardProviders, dataSources, providerComments } from '../grafana';
import { alertmanagerObjects, configurationSecret } from './alertmanager';
import { elasticObjects, lifecycleFile, lifecycleGenerator } from './elastic';
import { dashboardMap, dataSourceMap, grafanaObjects, providerMap } from './grafana';
import { monitorObjects } from './monitors';
import { networkObjects } from './network';
import { prometheusObjects } from './prometheus';
import { hasWatcher, type MonitoringScope, metadata, ownLabels } from './scope';

const header = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };

const documents = (folder: string, file: string, manifests: readonly Manifest[]): GeneratedFile => ({
  at: 'repository',
  path: `${folder}/${file}`,
  body: toYamlDocuments(
    manifests.filter((manifest) => manifest.file === file).map(({ object, comments }) => ({ value: object, comments })),
  ),
  comment: 'hash',
  executable: false,
});

/** Options of a generated ConfigMap; its name ends with a hash, so that a change starts new pods. */
const options = (scope: MonitoringScope) => {
  const { annotations } = metadata(scope, 'grafana', 'grafana', 'configure');
  return { labels: ownLabels(scope, 'grafana'), annotations };
};

function grafanaMaps(scope: MonitoringScope): object[] {
  const namespace = scope.watching.monitoringNamespace;
  return [
    { name: dataSourceMap, namespace, files: ['groundwork.yaml=grafana/datasources.yaml'], options: options(scope) },
    {
      name: providerMap,
      namespace,
      files: ['groundwork.yaml=grafana/dashboard-providers.yaml'],
      options: options(scope),
    },
  ];
}

function kustomization(
  scope: MonitoringScope,
  folder: string,
  files: readonly string[],
  hasGrafana: boolean,
): GeneratedFile {
  const { watching } = scope;
  const maps = [
    ...(hasGrafana ? grafanaMaps(scope) : []),
    ...(watching.elastic?.logging === true ? [lifecycleGenerator(scope)] : []),
  ];
  return yamlFile(
    `${folder}/kustomization.yaml`,
    {
      ...header,
      resources: [...files, ...(hasGrafana ? [`../../../dashboards/${watching.environment}`] : [])],
      secretGenerator: [
        {
          name: configurationSecret,
          namespace: watching.monitoringNamespace,
          files: ['alertmanager.yaml=alertmanager.yml'],
          options: {
            disableNameSuffixHash: true,
            labels: ownLabels(scope, 'alertmanager'),
            annotations: metadata(scope, configurationSecret, 'alertmanager', 'configure').annotations,
          },
        },
      ],
      ...(maps.length > 0 ? { configMapGenerator: maps } : {}),
      ...(hasGrafana ? { images: imagesOf(scope) } : {}),
    },
    {
      secretGenerator:
        'The operator wants a Secret; nothing in the file is secret, since the URLs are files of another one.',
      'secretGenerator.0.options.disableNameSuffixHash': 'The operator loads a changed one itself.',
      ...(hasGrafana ? { images: 'A digest is set here: kustomize edit set image, or an updater.' } : {}),
    },
  );
}

const imagesOf = ({ watching }: MonitoringScope): object[] =>
  watching.watchers
    .filter(({ name }) => name === 'grafana')
    .map(({ image }) => ({ name: image.repository, newTag: image.tag }));

/** platform/dashboards/ENVIRONMENT: for people to import, and ConfigMaps for the cluster's Grafana. */
function dashboards(scope: MonitoringScope): GeneratedFile[] {
  const { watching } = scope;
  const folder = `platform/dashboards/${watching.environment}`;
  const generator = watching.dashboards.map(({ name }) => ({
    name: dashboardMap(name),
    namespace: watching.monitoringNamespace,
    files: [`${name}.json`],
    options: options(scope),
  }));
  return [
    yamlFile(`${folder}/kustomization.yaml`, { ...header, configMapGenerator: generator }),
    ...watching.dashboards.map((dashboard) => dashboardFile(folder, dashboard)),
  ];
}

export function clusterFiles(plan: PlatformPlan, cluster: ClusterPlan, watching: ObservabilityPlan): GeneratedFile[] {
  const scope: MonitoringScope = { plan, cluster, watching };
  const folder = `platform/kubernetes/${cluster.name}/monitoring`;
  const hasGrafana = hasWatcher(scope, 'grafana');
  const manifests = [
    ...prometheusObjects(scope),
    ...monitorObjects(scope),
    ...alertmanagerObjects(scope),
    ...(hasGrafana ? grafanaObjects(scope) : []),
    ...elasticObjects(scope),
    ...networkObjects(scope),
  ];
  const files = [...new Set(manifests.map(({ file }) => file))];
  const url = `http://prometheus-operated.${watching.monitoringNamespace}.svc:9090`;
  return [
    kustomization(scope, folder, files, hasGrafana),
    ...files.map((file) => documents(folder, file, manifests)),
    ...alertmanagerFiles(watching, folder),
    ...(watching.elastic?.logging === true
      ? [jsonFile(`${folder}/elastic/${lifecycleFile}`, lifecycle(watching.elastic))]
      : []),
    ...(hasGrafana
      ? [
          yamlFile(`${folder}/grafana/datasources.yaml`, dataSources(watching, url)),
          yamlFile(`${folder}/grafana/dashboard-providers.yaml`, dashboardProviders(), providerComments),
          ...dashboards(scope),
        ]
      : []),
  ];
}
