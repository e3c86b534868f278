// Decides one environment of the platform run by compose.
import type { EnvironmentFacts, PlatformFacts } from '../../model/platform-facts';
import { createDecisions, type Decisions } from '../decisions';
import { planEnvironment } from '../environment';
import type { LaptopPlan, ProxyPlan, PublicRoutePlan } from '../types/platform';
import { planEdges } from './edges';
import type { PlannedService, ServiceThere } from './input';
import { planInstances } from './instances';
import { planRoutes } from './routes';
import { uniqueSources, withPlatformSecrets } from './secrets';

/** An environment that runs in a cluster, as compose would run it: the same settings, one of everything. */
function composed({ model, plan }: PlannedService, facts: EnvironmentFacts) {
  const planned = plan.environments.find(({ name }) => name === facts.name);
  if (planned?.runs === 'compose') return planned;
  const environment = model.environments.find((found) => found.facts.name === facts.name);
  if (environment === undefined) return null;
  return planEnvironment(model, { ...environment, facts }, createDecisions('', environment.declared));
}

function planProxy(platform: PlatformFacts, routes: readonly PublicRoutePlan[], decisions: Decisions): ProxyPlan {
  const hosts = [...new Set(routes.map(({ host }) => host))].sort();
  const below = decisions.below('proxy');
  return {
    // Ports below 1024 belong to root on most laptops.
    httpPort: below.decide(8080, { path: 'httpPort', by: 'rule', why: 'the first 1024 ports need privileges' }),
    httpsPort: below.decide(8443, { path: 'httpsPort', by: 'rule', why: 'the first 1024 ports need privileges' }),
    routes,
    hosts: [...new Set([...hosts, platform.domain, 'localhost'])],
    workerConnections: 1024,
    keepAliveConnections: 32,
    cacheMiB: 128,
  };
}

export function planLaptop(
  platform: PlatformFacts,
  declared: EnvironmentFacts,
  services: readonly PlannedService[],
  ports: Readonly<Record<string, number>>,
  decisions: Decisions,
): LaptopPlan {
  const facts: EnvironmentFacts = { ...declared, runs: 'compose' };
  const there = services.flatMap((service): ServiceThere[] => {
    const environment = composed(service, facts);
    return environment === null ? [] : [{ service, name: service.plan.identity.name, environment }];
  });
  const instances = planInstances(there, platform, facts, decisions);
  const routes = planRoutes(services, facts.name);
  const renamed = there.map(({ name, environment }) => ({ name, environment: withPlatformSecrets(name, environment) }));
  return {
    name: facts.name,
    project: declared.runs === 'compose' ? platform.name : `${platform.name}-${facts.name}`,
    images: declared.runs === 'compose' ? 'build' : 'registry',
    services: renamed,
    instances,
    secretSources: uniqueSources([
      ...renamed.flatMap(({ environment }) => environment.secretSources),
      ...instances.flatMap(({ secretSources }) => secretSources),
    ]),
    edges: planEdges({
      services: there,
      instances,
      routes,
      ports,
      door: 'proxy',
      isWatched: platform.observability.metrics !== 'none',
    }),
    proxy: planProxy(platform, routes, decisions),
  };
}
