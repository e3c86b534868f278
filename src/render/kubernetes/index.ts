// Turns a plan into Kubernetes manifests: a kustomize base and an overlay for each environment that runs in a cluster.
import type { EnvironmentPlan, ServicePlan } from '../../plan/types';
import type { GeneratedFile } from '../shared/generated-file';
import { toYamlDocuments } from '../shared/yaml';
import { configFile, configText } from './config-map';
import { baseKustomization, type ConfigChange, overlayKustomization } from './kustomization';
import type { Manifest } from './manifest';
import { manifestsOf } from './objects';
import { overlayDifference, sharedManifests } from './overlay';
import { configMapVariables } from './variables';

/** Files below the service's folder: `deploy/base` and `deploy/overlays/ENVIRONMENT`. Empty when nothing runs in a cluster. */
export function renderKubernetes(plan: ServicePlan): readonly GeneratedFile[] {
  const environments = plan.environments.filter(({ runs }) => runs === 'kubernetes');
  if (environments.length === 0) return [];
  const rendered = environments.map((environment) => ({ environment, manifests: manifestsOf(plan, environment) }));
  const shared = sharedManifests(
    manifestsOf(plan, plan.base),
    rendered.map(({ manifests }) => manifests),
  );
  return [
    ...baseFiles(plan, shared),
    ...rendered.flatMap(({ environment, manifests }) => overlayFiles(plan, environment, shared, manifests)),
  ];
}

function baseFiles(plan: ServicePlan, shared: readonly Manifest[]): GeneratedFile[] {
  const folder = 'deploy/base';
  const config = configText(configMapVariables(plan.base));
  const scope = { plan, environment: plan.base };
  return [
    file(`${folder}/kustomization.yaml`, baseKustomization(scope, fileNames(shared), config !== '')),
    ...manifestFiles(folder, shared),
    ...(config === '' ? [] : [file(`${folder}/${configFile}`, config)]),
  ];
}

function overlayFiles(
  plan: ServicePlan,
  environment: EnvironmentPlan,
  shared: readonly Manifest[],
  manifests: readonly Manifest[],
): GeneratedFile[] {
  const folder = `deploy/overlays/${environment.name}`;
  const difference = overlayDifference(shared, manifests);
  const config = configText(configMapVariables(environment));
  const change = configChange(configText(configMapVariables(plan.base)), config);
  const names = fileNames(difference.added);
  return [
    file(`${folder}/kustomization.yaml`, overlayKustomization({ plan, environment }, difference, names, change)),
    ...manifestFiles(folder, difference.added),
    ...(change === 'create' || change === 'replace' ? [file(`${folder}/${configFile}`, config)] : []),
  ];
}

function configChange(base: string, environment: string): ConfigChange {
  if (base === environment) return 'same';
  if (base === '') return 'create';
  return environment === '' ? 'remove' : 'replace';
}

function fileNames(manifests: readonly Manifest[]): string[] {
  return [...new Set(manifests.map((manifest) => manifest.file))];
}

function manifestFiles(folder: string, manifests: readonly Manifest[]): GeneratedFile[] {
  return fileNames(manifests).map((name) => {
    const documents = manifests
      .filter((manifest) => manifest.file === name)
      .map(({ object, comments }) => ({ value: object, comments }));
    return file(`${folder}/${name}`, toYamlDocuments(documents));
  });
}

function file(path: string, body: string): GeneratedFile {
  return { at: 'service', path, body, comment: 'hash', executable: false };
}
