// Turns each environment into the Application of what the platform needs there, and the ApplicationSet of its services.
import type { GitopsEnvironmentPlan } from '../../plan/types/platform';
import { type Manifest, manifest } from '../shared/kubernetes/manifest';
import {
  argoApi,
  type GitopsScope,
  metadata,
  serverSideDiff,
  syncOptions,
  syncPolicy,
  syncPolicyComments,
} from './objects';

export function platformApplication(scope: GitopsScope, environment: GitopsEnvironmentPlan): Manifest {
  const { argo } = scope;
  return manifest(
    `${environment.name}/platform.yaml`,
    {
      apiVersion: argoApi,
      kind: 'Application',
      metadata: metadata(scope, environment.application, 'platform', serverSideDiff),
      spec: {
        project: argo.projects.platform,
        source: { repoURL: argo.repositoryUrl, targetRevision: argo.revision, path: environment.path },
        destination: { ...environment.destination, namespace: environment.namespace },
        syncPolicy: syncPolicy(scope, environment.automated),
      },
    },
    {
      metadata: 'Without a finalizer: whoever deletes this Application does not delete the data stores with it.',
      ...syncPolicyComments(scope, 'spec.syncPolicy', environment.automated),
    },
  );
}

/** Values come from the lists, never from the text of a template: Argo CD puts them in as data. */
const value = (name: string): string => `{{ .${name} }}`;

function generators(scope: GitopsScope, { services, name }: GitopsEnvironmentPlan): object[] {
  const { argo } = scope;
  return [
    {
      matrix: {
        generators: [
          {
            list: {
              elements: services.map(({ service, application, repositoryUrl, overlay, imageRepository }) => ({
                service,
                application,
                repository: repositoryUrl,
                overlay,
                image: imageRepository,
              })),
            },
          },
          {
            git: {
              repoURL: argo.repositoryUrl,
              revision: argo.revision,
              files: [{ path: `${argo.releases}/${name}/${value('service')}.json` }],
            },
          },
        ],
      },
    },
  ];
}

function template(scope: GitopsScope, environment: GitopsEnvironmentPlan): object {
  const { argo, plan } = scope;
  return {
    metadata: {
      name: value('application'),
      labels: {
        'app.kubernetes.io/name': value('service'),
        'app.kubernetes.io/part-of': plan.identity.name,
        'app.kubernetes.io/managed-by': 'groundwork',
      },
      annotations: serverSideDiff,
    },
    spec: {
      project: argo.projects.services,
      source: {
        repoURL: value('repository'),
        targetRevision: argo.revision,
        path: value('overlay'),
        kustomize: { images: [`${value('image')}@${value('digest')}`] },
      },
      destination: { ...environment.destination, namespace: environment.namespace },
      ignoreDifferences: environment.ignored.map(({ group, kind, name, pointer }) => ({
        group,
        kind,
        name,
        jsonPointers: [pointer],
      })),
      syncPolicy: syncPolicy(scope, environment.automated),
    },
  };
}

export function servicesApplicationSet(scope: GitopsScope, environment: GitopsEnvironmentPlan): Manifest {
  const { automated, ignored, applicationSet, name } = environment;
  const matrix = 'spec.generators.0.matrix.generators';
  return manifest(
    `${name}/services.yaml`,
    {
      apiVersion: argoApi,
      kind: 'ApplicationSet',
      metadata: metadata(scope, applicationSet, 'services'),
      spec: {
        goTemplate: true,
        goTemplateOptions: ['missingkey=error'],
        generators: generators(scope, environment),
        ignoreApplicationDifferences: [{ jsonPointers: ['/spec/syncPolicy/automated'] }],
        syncPolicy: { applicationsSync: 'sync', preserveResourcesOnDeletion: !automated },
        template: template(scope, environment),
      },
    },
    {
      [`${matrix}.1`]: 'A service runs here from the day on which its digest is promoted: no image runs by a tag.',
      'spec.ignoreApplicationDifferences': 'So that a rollback may switch automation off until git has followed.',
      'spec.syncPolicy.preserveResourcesOnDeletion': automated
        ? 'A service that is taken out of the declaration goes, with everything of it.'
        : 'A service that is taken out of the declaration stays until somebody deletes it.',
      'spec.template.spec.source.kustomize.images':
        'The digest of the release file, in place of the tag of the overlay.',
      ...Object.fromEntries(
        ignored.map(({ kind, name: object, why }, index) => [
          `spec.template.spec.ignoreDifferences.${index}`,
          `${kind} ${object}: ${why}.`,
        ]),
      ),
      ...syncPolicyComments(scope, 'spec.template.spec.syncPolicy', automated),
    },
  );
}

/** The one Application that is applied by hand: everything else here comes from it. */
export function rootApplication(scope: GitopsScope, file: string, folder: string): Manifest {
  const { argo } = scope;
  return manifest(
    file,
    {
      apiVersion: argoApi,
      kind: 'Application',
      metadata: metadata(scope, argo.projects.root, 'projects', serverSideDiff),
      spec: {
        project: argo.projects.root,
        source: { repoURL: argo.repositoryUrl, targetRevision: argo.revision, path: folder },
        destination: { server: 'https://kubernetes.default.svc', namespace: argo.namespace },
        syncPolicy: { automated: { prune: false, selfHeal: true }, syncOptions },
      },
    },
    {
      'spec.syncPolicy.automated.prune': 'An Application that vanishes from git is deleted by a person.',
    },
  );
}
