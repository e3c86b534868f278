// Decides how Argo CD brings the platform into its clusters: what it may touch, in which order, and who says go.
import type { PlatformFacts } from '../../model/platform-facts';
import type { EnvironmentPlan } from '../types';
import type { ClusterPlan, PlatformServicePlan } from '../types/platform';
import type { GitopsEnvironmentPlan, GitopsPlan, IgnoredDifferencePlan } from '../types/platform/gitops';
import { clusterKinds, deniedKinds, serviceKinds } from './gitops-kinds';
import { type PlannedService, servicesIn } from './input';

/** Argo CD's own cluster: https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters */
const ownCluster = 'https://kubernetes.default.svc';

const releases = 'platform/releases';

const urlOf = (repository: string): string => `https://github.com/${repository}.git`;

/** The number of replicas is somebody else's where an autoscaler or a Rollout sets it; the manifests leave it out there. */
function ignoredIn({ workloads }: EnvironmentPlan): IgnoredDifferencePlan[] {
  return workloads.flatMap(({ name, scale, rollout }): IgnoredDifferencePlan[] => {
    const isScaled = scale.signals.length > 0;
    const pointer = '/spec/replicas';
    const deployment = { group: 'apps', kind: 'Deployment', name, pointer };
    if (rollout.strategy === 'rolling')
      return isScaled ? [{ ...deployment, why: 'its autoscaler sets the number' }] : [];
    return [
      { ...deployment, why: 'its Rollout takes the pods over and sets it to 0' },
      ...(isScaled
        ? [{ group: 'argoproj.io', kind: 'Rollout', name, pointer, why: 'its autoscaler sets the number' }]
        : []),
    ];
  });
}

function planEnvironment(
  platform: string,
  repository: string,
  cluster: ClusterPlan,
  entries: readonly PlatformServicePlan[],
  services: readonly PlannedService[],
): GitopsEnvironmentPlan {
  const there = servicesIn(services, cluster.name);
  const names = new Set(there.map(({ service }) => service.plan.identity.name));
  return {
    name: cluster.name,
    automated: !cluster.gated,
    destination: cluster.cluster === null ? { server: ownCluster } : { name: cluster.cluster },
    namespace: cluster.namespace,
    namespaces: [
      ...cluster.namespaces.map(({ name }) => name),
      ...(cluster.authority === null ? [] : [cluster.authority.namespace]),
    ].sort(),
    application: `${platform}-${cluster.name}`,
    path: `platform/kubernetes/${cluster.name}`,
    applicationSet: `${platform}-${cluster.name}-services`,
    services: entries
      // What is in another repository its own workflow applies.
      .filter((entry) => names.has(entry.name) && entry.repository === repository)
      .map(({ name, overlays, imageRepository }) => ({
        service: name,
        application: `${platform}-${cluster.name}-${name}`,
        repositoryUrl: urlOf(repository),
        overlay: `${overlays}/${cluster.name}`,
        imageRepository,
        releaseFile: `${releases}/${cluster.name}/${name}.json`,
      })),
    ignored: there.flatMap(({ environment }) => ignoredIn(environment)),
  };
}

/** Null unless Argo CD is what delivers. */
export function planGitops(
  facts: PlatformFacts,
  repository: string,
  clusters: readonly ClusterPlan[],
  entries: readonly PlatformServicePlan[],
  services: readonly PlannedService[],
): GitopsPlan | null {
  if (facts.gitops === 'none' || clusters.length === 0) return null;
  return {
    namespace: 'argocd',
    repositoryUrl: urlOf(repository),
    revision: 'main',
    releases,
    projects: { services: facts.name, platform: `${facts.name}-platform`, root: `${facts.name}-gitops` },
    clusterKinds: clusterKinds(facts),
    deniedKinds,
    serviceKinds,
    warnsOfOrphans: entries.every((entry) => entry.repository === repository),
    retry: {
      limit: 5,
      firstSeconds: 30,
      factor: 2,
      longestSeconds: 480,
      why: '30 s, 1, 2, 4 and 8 min: a quarter of an hour, in which an operator brings up a data store that the first migration needs',
    },
    environments: clusters.map((cluster) => planEnvironment(facts.name, repository, cluster, entries, services)),
  };
}
