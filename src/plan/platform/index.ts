// Turns the platform's facts and its services' plans into the plan of the platform.
import { createDecisions } from '../decisions';
import { frozen } from '../frozen';
import { imageRepository, repositoryOf } from '../identity';
import type { Decision } from '../types';
import type { ClusterPlan, LaptopPlan, PlatformPlan, PlatformServicePlan, PublicRoutePlan } from '../types/platform';
import { planCluster } from './cluster';
import { planDeployment } from './deployment';
import { planGitops } from './gitops';
import type { PlannedService, PlatformPlanInput } from './input';
import { planLaptop } from './laptop';
import { planLoadTests } from './load-tests';
import { planMaintenance } from './maintenance';
import { planObservability } from './observability';
import { planChannels } from './observability/channels';
import { operations } from './operations';
import { planDrills } from './recovery/drills';

export type { PlannedService, PlatformPlanInput } from './input';

const inFolder = (folder: string | null, path: string): string =>
  folder === null || folder === '.' ? path : `${folder}/${path}`;

function planServiceEntry({ model, plan, folder, declaration, published }: PlannedService): PlatformServicePlan {
  const { identity, build } = plan;
  return {
    name: identity.name,
    owner: identity.owner,
    tier: identity.tier,
    description: identity.description,
    folder,
    declaration,
    published,
    shape: build.shape,
    port: build.port,
    repository: repositoryOf(model),
    overlays: inFolder(model.settings.runtime.workspace, 'deploy/overlays'),
    imageRepository: imageRepository(model),
  };
}

const routesThere = (environment: ClusterPlan | LaptopPlan): readonly PublicRoutePlan[] =>
  'routes' in environment ? environment.routes : environment.proxy.routes;

/** The plan of a platform: plain JSON, frozen. */
export function planPlatform({ facts, declared, declaration, services }: PlatformPlanInput): PlatformPlan {
  const notes: Decision[] = [];
  const ports: Record<string, number> = { ...facts.servicePorts };
  const decisionsFor = (name: string) => createDecisions(`environments.${name}`, declared, notes);
  const names = new Set(services.map(({ plan }) => plan.identity.name));
  const repository = facts.repository ?? `${facts.name}/${facts.name}`;
  const channels = planChannels(facts, services);
  const clusters = facts.environments
    .filter(({ runs }) => runs === 'kubernetes')
    .map((environment) => planCluster(facts, environment, services, ports, decisionsFor(environment.name)));
  const laptops = facts.environments.map((environment) =>
    planLaptop(facts, environment, services, ports, decisionsFor(`${environment.name}.laptop`)),
  );
  const entries = services.map(planServiceEntry);
  const argo = planGitops(facts, repository, clusters, entries, services);
  const tried = clusters.filter(({ gated }) => !gated).at(-1) ?? laptops[0];
  return frozen({
    format: 1,
    asOf: facts.asOf,
    identity: {
      name: facts.name,
      domain: facts.domain,
      registry: facts.registry,
      repository,
      declaration,
    },
    services: entries,
    foreignServices: facts.services.flatMap((source) =>
      source.kind === 'facts' && !names.has(source.name) ? [{ name: source.name, port: source.port }] : [],
    ),
    channels,
    observability: facts.observability,
    gitops: facts.gitops,
    argo,
    drills: planDrills(facts),
    clusters,
    laptops,
    deployment: planDeployment({ clusters, laptops, argo, entries, services }),
    loadTests: planLoadTests(services, tried?.name ?? null, tried === undefined ? [] : routesThere(tried)),
    maintenance: planMaintenance({ facts, services, argo, places: [...clusters, ...laptops] }),
    operations,
    monitoring: planObservability({ facts, repository, services, clusters, laptops, channels }),
    facts: {
      ...declared,
      services: [
        ...services.map(({ plan }) => ({ name: plan.identity.name, port: ports[plan.identity.name] ?? 3000 })),
        ...facts.services.flatMap((source) =>
          source.kind === 'facts' && !names.has(source.name) ? [{ name: source.name, port: source.port }] : [],
        ),
      ],
    },
    decisions: notes,
  });
}
