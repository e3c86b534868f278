// Decides one environment of the platform in a cluster: namespaces, quota, priorities, certificates, and what runs beside the services.

import { kubernetesEndOfLife } from '../../catalog/kubernetes';
import type { EnvironmentFacts, PlatformFacts } from '../../model/platform-facts';
import { backingNamespace } from '../bindings';
import type { Decisions } from '../decisions';
import { monitoringNamespace, podIdentityAgent, privateRanges } from '../network';
import type {
  CertificatePlan,
  ClusterDemandPlan,
  ClusterPlan,
  GatewayPlan,
  IssuerPlan,
  LimitRangePlan,
  NamespacePlan,
  NamespaceQuotaPlan,
  PriorityClassPlan,
  PublicRoutePlan,
} from '../types/platform';
import { amounts } from './amounts';
import { planAuthority } from './authority';
import { planAws } from './aws';
import { planCost } from './cost';
import { planDemand } from './demand';
import { planEdges } from './edges';
import { type PlannedService, servicesIn } from './input';
import { planInstances } from './instances';
import { decideLimitRange } from './limit-range';
import { planRoutes } from './routes';
import { planRunning } from './running';

const upTo = (step: number, value: number): number => Math.ceil(value / step) * step;

/** As declared; otherwise what the services need at most, rounded up to whole cores and GiB. */
function decideQuota(facts: EnvironmentFacts, demand: ClusterDemandPlan, decisions: Decisions): NamespaceQuotaPlan {
  const { quota } = facts;
  const decide = (what: 'cpu' | 'memory', step: number, unit: string) => {
    const declared = (what === 'cpu' ? quota?.cpuMillis : quota?.memoryMiB) ?? null;
    const sum = what === 'cpu' ? demand.cpuMillis : demand.memoryMiB;
    const amount = (which: 'request' | 'limit') =>
      decisions.decide(declared?.[which] ?? upTo(step, sum[which]), {
        path: `quota.${what}.${which}`,
        unit,
        from: `environments.${facts.name}.quota.${what}`,
        why: `the sum of every pod at maximum scale, ${sum[which]}${unit}, rounded up`,
        whyDefault: true,
      });
    return { request: amount('request'), limit: amount('limit') };
  };
  return {
    cpuMillis: decide('cpu', 1000, 'm'),
    memoryMiB: decide('memory', 1024, 'Mi'),
    volumes: quota?.volumes ?? null,
  };
}

// Below a thousand million, which user classes may not exceed: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
const priorities = [
  { tier: 'critical', value: 1_000_000, preempts: true, description: 'Services whose failure stops the business' },
  { tier: 'standard', value: 100_000, preempts: true, description: 'Services that people use' },
  { tier: 'background', value: 10_000, preempts: false, description: 'Work that can wait: takes no place from others' },
] as const;

const planPriorities = (platform: string): PriorityClassPlan[] =>
  priorities.map(({ tier, ...priority }) => ({ name: `${platform}-${tier}`, ...priority }));

function planNamespaces(
  facts: EnvironmentFacts,
  platform: PlatformFacts,
  quota: NamespaceQuotaPlan,
  limitRange: LimitRangePlan,
): NamespacePlan[] {
  const fixed = { podSecurity: 'restricted' as const, quota: null, limitRange: null };
  return [
    { ...fixed, name: facts.namespace, holds: 'services', quota, limitRange, why: 'the services' },
    {
      ...fixed,
      name: backingNamespace(platform),
      holds: 'data',
      why: 'data stores that run in the cluster: apart, so that nobody who may deploy a service may touch its data',
    },
    {
      ...fixed,
      name: monitoringNamespace,
      holds: 'monitoring',
      why: 'Prometheus, Alertmanager, Grafana and exporters',
    },
    {
      ...fixed,
      name: platform.gateway.namespace,
      holds: 'gateway',
      why: 'the proxies that public requests come through',
    },
  ];
}

// https://letsencrypt.org/docs/staging-environment/
const directories = {
  production: 'https://acme-v02.api.letsencrypt.org/directory',
  staging: 'https://acme-staging-v02.api.letsencrypt.org/directory',
} as const;

const issuerName = (directory: 'staging' | 'production'): string => `letsencrypt-${directory}`;

const planIssuers = (platform: PlatformFacts): IssuerPlan[] =>
  (['staging', 'production'] as const).map((directory) => ({
    name: issuerName(directory),
    server: directories[directory],
    email: platform.certificateEmail,
    accountSecret: `${issuerName(directory)}-account`,
  }));

function planGateway(
  platform: PlatformFacts,
  facts: EnvironmentFacts,
  routes: readonly PublicRoutePlan[],
  decisions: Decisions,
): GatewayPlan {
  const hosts = [...new Set(routes.map(({ host }) => host))].sort();
  const issuer = decisions.decide(issuerName(facts.issuer), {
    path: 'gateway.issuer',
    from: `certificates.issuer.${facts.name}`,
    why: facts.gated
      ? 'a gated environment: browsers trust its certificates'
      : 'no gate: the limits of the staging directory are wide',
    whyDefault: true,
    source: 'https://letsencrypt.org/docs/staging-environment/',
  });
  return {
    name: platform.gateway.name,
    namespace: platform.gateway.namespace,
    className: 'envoy',
    section: platform.gateway.section,
    hosts,
    replicas: decisions.decide(facts.gated ? 2 : 1, {
      path: 'gateway.replicas',
      by: 'rule',
      why: facts.gated
        ? 'one proxy may be drained while another answers'
        : 'an environment without a gate may stop for a while',
    }),
    resources: { request: amounts(200, 256), limit: amounts(1000, 512) },
    tlsMinVersion: '1.2',
    requestReceivedSeconds: decisions.decide(Math.max(60, ...routes.map((route) => route.requestTimeoutSeconds)), {
      path: 'gateway.requestReceivedSeconds',
      unit: 's',
      by: 'rule',
      why: 'the longest timeout of any public route, at least a minute: slower clients are taken for an attack',
    }),
    // The load balancer closes silent connections after 350 s: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html
    idleSeconds: 350,
    certificates: hosts.map((host): CertificatePlan => {
      const name = `${host.replaceAll('.', '-')}-tls`;
      return { name, secretName: name, hosts: [host], issuer };
    }),
  };
}

export function planCluster(
  platform: PlatformFacts,
  facts: EnvironmentFacts,
  services: readonly PlannedService[],
  ports: Readonly<Record<string, number>>,
  decisions: Decisions,
): ClusterPlan {
  const there = servicesIn(services, facts.name);
  const demand = planDemand(there);
  const quota = decideQuota(facts, demand, decisions);
  const limitRange = decideLimitRange(there, decisions);
  const instances = planInstances(there, platform, facts, decisions);
  const routes = planRoutes(services, facts.name);
  const aws = planAws({ platform, facts, services: there, instances, demand, routes }, decisions);
  return {
    name: facts.name,
    cluster: facts.cluster,
    account: facts.account,
    region: facts.region,
    gated: facts.gated,
    kubernetes: facts.kubernetes,
    kubernetesEndOfLife: kubernetesEndOfLife[facts.kubernetes] ?? null,
    namespace: facts.namespace,
    dataNamespace: backingNamespace(platform),
    monitoringNamespace,
    namespaces: planNamespaces(facts, platform, quota, limitRange),
    priorityClasses: planPriorities(platform.name),
    nodes: facts.nodes,
    demand,
    cost: planCost({
      ...{ cluster: { ...facts, aws }, instances, services: there, decisions },
      budget: platform.aws.monthlyBudget[facts.name] ?? null,
    }),
    instances,
    edges: planEdges({
      services: there,
      instances,
      routes,
      ports,
      door: 'gateway',
      isWatched: platform.observability.metrics !== 'none',
      inCluster: true,
    }),
    routes,
    secretStore: { name: platform.name, kind: 'ClusterSecretStore', region: facts.region, refreshInterval: '1h' },
    addresses: {
      network: platform.network,
      outside: { cidr: '0.0.0.0/0', except: privateRanges },
      podIdentity: podIdentityAgent,
      metadata: '169.254.169.254/32',
    },
    issuers: planIssuers(platform),
    authority: planAuthority(platform, instances),
    gateway: planGateway(platform, facts, routes, decisions),
    running: planRunning(decisions),
    mesh: platform.mesh,
    calico: platform.calico,
    aws,
  };
}
