// Turns what Argo CD may touch into AppProjects: one for services, one for what the platform needs, one for the applications themselves.
import type { GitopsEnvironmentPlan } from '../../plan/types/platform';
import { type Manifest, manifest } from '../shared/kubernetes/manifest';
import { argoApi, type GitopsScope, metadata } from './objects';

const file = 'projects.yaml';

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** Every namespace of a list on its environment's cluster, once. */
function destinations(
  environments: readonly GitopsEnvironmentPlan[],
  namespaces: (environment: GitopsEnvironmentPlan) => readonly string[],
): object[] {
  const all = environments.flatMap((environment) =>
    namespaces(environment).map((namespace) => ({ ...environment.destination, namespace })),
  );
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/** Who is bound to it may do this much and no more. */
function role(project: string, name: string, description: string, actions: readonly string[]): object {
  return {
    name,
    description,
    policies: actions.map((action) => `p, proj:${project}:${name}, applications, ${action}, ${project}/*, allow`),
  };
}

export function servicesProject(scope: GitopsScope): Manifest {
  const { argo, plan } = scope;
  const name = argo.projects.services;
  return manifest(
    file,
    {
      apiVersion: argoApi,
      kind: 'AppProject',
      metadata: metadata(scope, name, 'projects'),
      spec: {
        description: `Services of ${plan.identity.name}`,
        sourceRepos: unique(argo.environments.flatMap(({ services }) => services.map((one) => one.repositoryUrl))),
        destinations: destinations(argo.environments, ({ namespace }) => [namespace]),
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: argo.serviceKinds,
        orphanedResources: argo.warnsOfOrphans ? { warn: true } : undefined,
        roles: [
          role(name, 'reader', 'Sees what runs', ['get']),
          role(name, 'release', 'Brings to a gated environment what git holds', ['get', 'sync']),
          role(name, 'rollback', 'Returns to the version before, for which automation is switched off', [
            'get',
            'sync',
            'update',
          ]),
        ],
      },
    },
    {
      'spec.sourceRepos': 'The repositories that services are declared in, and no other.',
      'spec.clusterResourceWhitelist': 'A service has nothing that belongs to the cluster.',
      'spec.namespaceResourceWhitelist':
        'Every kind that is made from a declaration. No quota, no role, no Secret with a value.',
      'spec.roles': 'Bound to nobody yet: argocd proj role add-group PROJECT ROLE GROUP.',
    },
  );
}

export function platformProject(scope: GitopsScope): Manifest {
  const { argo, plan } = scope;
  const name = argo.projects.platform;
  return manifest(
    file,
    {
      apiVersion: argoApi,
      kind: 'AppProject',
      metadata: metadata(scope, name, 'projects'),
      spec: {
        description: `What the services of ${plan.identity.name} stand on: namespaces, policies, data stores, monitoring`,
        sourceRepos: [argo.repositoryUrl],
        destinations: destinations(argo.environments, ({ namespaces }) => namespaces),
        clusterResourceWhitelist: argo.clusterKinds,
        namespaceResourceBlacklist: argo.deniedKinds,
        roles: [
          role(name, 'reader', 'Sees what runs', ['get']),
          role(name, 'release', 'Brings to a gated environment what git holds', ['get', 'sync']),
        ],
      },
    },
    {
      'spec.clusterResourceWhitelist': 'Exactly the kinds of platform/kubernetes that belong to no namespace.',
      'spec.namespaceResourceBlacklist': 'Addresses set by hand, and what could widen these projects themselves.',
    },
  );
}

/** Applied by hand, once, so it is no part of what it admits. */
export function rootProject(scope: GitopsScope, path: string): Manifest {
  const { argo, plan } = scope;
  return manifest(
    path,
    {
      apiVersion: argoApi,
      kind: 'AppProject',
      metadata: metadata(scope, argo.projects.root, 'projects'),
      spec: {
        description: `Projects and applications of ${plan.identity.name}`,
        sourceRepos: [argo.repositoryUrl],
        destinations: [{ server: 'https://kubernetes.default.svc', namespace: argo.namespace }],
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: ['AppProject', 'Application', 'ApplicationSet'].map((kind) => ({
          group: 'argoproj.io',
          kind,
        })),
      },
    },
    {
      spec: 'Whoever may merge into the platform decides what Argo CD may do: review it as you would a role.',
    },
  );
}
