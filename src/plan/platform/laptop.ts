// Decides one environment of the platform run by compose.

import type { EnvironmentFacts, PlatformFacts } from '../../model/platform-facts';
import { createDecisions, type Decisions } from '../decisions';
import { planEnvironment } from '../environment';
import { developmentAuthority } from '../trust';
import type { LaptopPlan, ProxyPlan, PublicRoutePlan } from '../types/platform';
import { amounts } from './amounts';
import { planEdges } from './edges';
import type { PlannedService, ServiceThere } from './input';
import { planInstances } from './instances';
import { planAddresses } from './laptop-addresses';
import { planLaptopNetworks } from './laptop-networks';
import { planChannels, planReceivers } from './observability/channels';
import { laptopWatchingEdges } from './observability/laptop-edges';
import { filesOf, watcherSecrets } from './observability/secrets';
import { cacheMiB, keepAliveConnections, proxyTuning, temporaryMiB, workerConnections } from './proxy-tuning';
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

const image = (repository: string, tag: string) => ({ repository, tag, digest: null });

function planProxy(platform: PlatformFacts, routes: readonly PublicRoutePlan[], decisions: Decisions): ProxyPlan {
  const hosts = [...new Set(routes.map(({ host }) => host))].sort();
  const below = decisions.below('proxy');
  const port = (value: number, path: string): number =>
    below.decide(value, { path, by: 'rule', why: 'the first 1024 ports need privileges' });
  const listen = { http: 8080, https: 8443, status: 8082 };
  return {
    // https://github.com/nginx/docker-nginx-unprivileged
    image: image('nginxinc/nginx-unprivileged', '1.30.4-alpine'),
    user: '101:101',
    request: amounts(100, 64),
    limit: amounts(1000, 256),
    listen,
    exporter:
      platform.observability.metrics === 'none'
        ? null
        : {
            // https://github.com/nginx/nginx-prometheus-exporter
            image: image('nginx/nginx-prometheus-exporter', '1.5.1'),
            user: '10001:10001',
            port: 9113,
            request: amounts(10, 16),
            limit: amounts(100, 64),
          },
    httpPort: port(8080, 'httpPort'),
    httpsPort: port(8443, 'httpsPort'),
    routes,
    certificate: {
      dnsNames: [...new Set([...hosts, platform.domain, 'localhost'])],
      addresses: [],
      usages: ['server auth'],
    },
    ...{ workerConnections, keepAliveConnections, cacheMiB, temporaryMiB },
    healthCheck: {
      command: ['wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${listen.status}/healthz`],
      intervalSeconds: 10,
      // It answers from memory, and starts in less than a second; the rest is a busy machine's.
      timeoutSeconds: 3,
      startPeriodSeconds: 10,
      retries: 3,
    },
    stopGraceSeconds: below.decide(30, {
      path: 'stopGraceSeconds',
      unit: 's',
      by: 'rule',
      why: 'a laptop waits no longer, whatever a route allows',
    }),
    tuning: proxyTuning,
  };
}

/** Limits of compose that Kubernetes does not have, and an image with Node.js: those of the services. */
const fallback = { pidsLimit: 1024, logFileMB: 10, logFiles: 3 };

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
  const receivers = planReceivers(planChannels(platform, services));
  const watching = watcherSecrets({ facts: platform, environment: facts.name, receivers, runs: 'compose' });
  const watchers = [...new Set(watching.map(({ container }) => container))];
  const renamed = there.map(({ name, environment }) => ({ name, environment: withPlatformSecrets(name, environment) }));
  const project = declared.runs === 'compose' ? platform.name : `${platform.name}-${facts.name}`;
  const proxy = planProxy(platform, routes, decisions);
  const edges = [
    ...planEdges({
      services: there,
      instances,
      routes,
      ports,
      door: 'proxy',
      isWatched: platform.observability.metrics !== 'none',
      inCluster: false,
    }),
    ...laptopWatchingEdges(platform, proxy),
  ];
  const networks = planLaptopNetworks({ services: renamed, instances, edges });
  return {
    name: facts.name,
    project,
    images: declared.runs === 'compose' ? 'build' : 'registry',
    services: renamed,
    instances,
    secretSources: uniqueSources([
      ...renamed.flatMap(({ environment }) => environment.secretSources),
      ...instances.flatMap(({ secretSources }) => secretSources),
      ...watching.map(({ source }) => source),
    ]),
    limits: there[0]?.environment.laptop ?? fallback,
    authority: developmentAuthority(project),
    generator: services[0]?.plan.build.builder ?? image('node', '24-trixie-slim'),
    containerSecrets: watchers.map((container) => ({ container, files: filesOf(watching, container) })),
    edges,
    proxy,
    networks,
    addresses: planAddresses(networks.map(({ name }) => name)),
  };
}
