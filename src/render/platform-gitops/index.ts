// Turns the plan of the platform into what Argo CD reads: projects, applications, and the scripts that promote and roll back.
import type { ServicePlan } from '../../plan/types';
import type { PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import type { Manifest } from '../shared/kubernetes/manifest';
import { renderTemplate } from '../shared/template';
import { toYaml, toYamlDocuments } from '../shared/yaml';
import { platformApplication, rootApplication, servicesApplicationSet } from './applications';
import type { GitopsScope } from './objects';
import { platformProject, rootProject, servicesProject } from './projects';
import { scriptView } from './script-view';
import { settings } from './settings';

const folder = 'platform/gitops';

/** Files below `platform/gitops`; none without Argo CD. */
export function renderPlatformGitops(plan: PlatformPlan, services: readonly ServicePlan[]): readonly GeneratedFile[] {
  if (plan.argo === null) return [];
  const scope: GitopsScope = { plan, argo: plan.argo };
  const followed = [
    servicesProject(scope),
    platformProject(scope),
    ...plan.argo.environments.flatMap((environment) => [
      platformApplication(scope, environment),
      ...(environment.services.length > 0 ? [servicesApplicationSet(scope, environment)] : []),
    ]),
  ];
  const byHand = [settings(scope), rootProject(scope, 'root.yaml'), rootApplication(scope, 'root.yaml', folder)];
  const view = scriptView(scope, services);
  return [
    file(
      'kustomization.yaml',
      toYaml({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        resources: filesOf(followed),
      }),
    ),
    ...[...filesOf(followed), ...filesOf(byHand)].map((name) => file(name, documents([...followed, ...byHand], name))),
    script('promote.sh', renderTemplate('platform-gitops/promote.sh', view)),
    script('rollback.sh', renderTemplate('platform-gitops/rollback.sh', view)),
  ];
}

const filesOf = (manifests: readonly Manifest[]): string[] => [...new Set(manifests.map((one) => one.file))];

function documents(manifests: readonly Manifest[], name: string): string {
  return toYamlDocuments(
    manifests.filter((one) => one.file === name).map(({ object, comments }) => ({ value: object, comments })),
  );
}

const file = (name: string, body: string): GeneratedFile => ({
  at: 'repository',
  path: `${folder}/${name}`,
  body,
  comment: 'hash',
  executable: false,
});

const script = (name: string, body: string): GeneratedFile => ({ ...file(name, body), executable: true });
