// Lays out the plan for the templates of the scripts.
import type { ServicePlan } from '../../plan/types';
import type { GitopsScope } from './objects';

const unique = <T>(values: readonly T[], key: (value: T) => string): T[] => [
  ...new Map(values.map((value) => [key(value), value])).values(),
];

export function scriptView(
  { plan, argo }: GitopsScope,
  plans: readonly ServicePlan[],
): Readonly<Record<string, unknown>> {
  const all = argo.environments.flatMap(({ services }) => services);
  return {
    platform: plan.identity.name,
    revision: argo.revision,
    sourceRef: `refs/heads/${argo.revision}`,
    upstream: `origin/${argo.revision}`,
    released: `origin/${argo.revision}:${argo.releases}`,
    releases: argo.releases,
    environments: argo.environments.map(({ name, automated }) => ({ name, automated })),
    services: unique(all, ({ service }) => service).map(({ service, imageRepository }) => ({
      service,
      image: imageRepository,
      repository: plan.services.find(({ name }) => name === service)?.repository ?? plan.identity.repository,
      workflow: plans.find(({ identity }) => identity.name === service)?.delivery.workflowFile ?? `${service}.yml`,
    })),
  };
}
