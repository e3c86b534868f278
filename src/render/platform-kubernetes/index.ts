// Turns each cluster of the platform's plan into manifests: one kustomization for the environment, one below it for each concern.
import type { ClusterPlan, PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import type { Manifest } from '../shared/kubernetes/manifest';
import { toYaml, toYamlDocuments, type YamlComments } from '../shared/yaml';
import { certificates } from './certificates';
import { data } from './data';
import { gateway } from './gateway';
import { mesh } from './mesh';
import { namespaces } from './namespaces';
import { network } from './network';
import { recovery } from './recovery';
import type { ClusterScope, Concern } from './scope';
import { secretStore } from './secret-store';

const header = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };

/** Files below `platform/kubernetes/ENVIRONMENT`. */
export const renderPlatformKubernetes = (plan: PlatformPlan): readonly GeneratedFile[] =>
  plan.clusters.flatMap((cluster) => clusterFiles(plan, cluster));

/** Everything of an environment, in the order in which it is listed. */
export function concernsOf(scope: ClusterScope): Concern[] {
  const all = [namespaces, secretStore, network, certificates, gateway, data, recovery, mesh].map((render) =>
    render(scope),
  );
  return all.filter((concern): concern is Concern => concern !== null && concern.manifests.length > 0);
}

function clusterFiles(plan: PlatformPlan, cluster: ClusterPlan): GeneratedFile[] {
  const folder = `platform/kubernetes/${cluster.name}`;
  const concerns = concernsOf({ plan, cluster });
  const isWatched = plan.monitoring.some(
    ({ environment, runs }) => environment === cluster.name && runs === 'kubernetes',
  );
  // The folder of what watches is written beside these, by the artifact of observability.
  const folders = [...concerns.map((concern) => concern.folder), ...(isWatched ? ['monitoring'] : [])];
  return [
    file(`${folder}/kustomization.yaml`, toYaml({ ...header, resources: folders })),
    ...concerns.flatMap((concern) => concernFiles(`${folder}/${concern.folder}`, concern)),
  ];
}

function concernFiles(folder: string, { manifests, files, kustomization }: Concern): GeneratedFile[] {
  const names = [...new Set(manifests.map((manifest) => manifest.file))];
  return [
    file(
      `${folder}/kustomization.yaml`,
      toYaml({ ...header, resources: names, ...kustomization }, kustomizationComments(kustomization)),
    ),
    ...names.map((name) => file(`${folder}/${name}`, documents(manifests, name))),
    ...files.map((own) => ({ ...own, path: `${folder}/${own.path}` })),
  ];
}

const kustomizationComments = (kustomization: Concern['kustomization']): YamlComments =>
  'images' in kustomization ? { images: 'A digest is set here: kustomize edit set image, or an updater.' } : {};

function documents(manifests: readonly Manifest[], name: string): string {
  return toYamlDocuments(
    manifests.filter((manifest) => manifest.file === name).map(({ object, comments }) => ({ value: object, comments })),
  );
}

const file = (path: string, body: string): GeneratedFile => ({
  at: 'repository',
  path,
  body,
  comment: 'hash',
  executable: false,
});
