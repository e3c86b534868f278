// Decides who the service is: names, repository, image.
import type { ServiceModel } from '../model/service-model';
import type { IdentityPlan } from './types';

/** `owner/name` on GitHub: the platform's monorepo for a workspace, else a repository of the service's name. */
export function repositoryOf(model: ServiceModel): string {
  const { platform, settings } = model;
  return settings.runtime.workspace !== null && platform.repository !== null
    ? platform.repository
    : `${platform.name}/${settings.name}`;
}

export function planIdentity(model: ServiceModel): IdentityPlan {
  const { settings, platform } = model;
  return {
    name: settings.name,
    owner: settings.owner,
    description: settings.description,
    tier: settings.tier,
    platform: platform.name,
    domain: platform.domain,
    repository: repositoryOf(model),
    declaration:
      settings.runtime.workspace === null ? model.declaration : `${settings.runtime.workspace}/${model.declaration}`,
  };
}

export const imageRepository = (model: ServiceModel): string => `${model.platform.registry}/${model.settings.name}`;
