// Decides what an environment has on AWS: network, cluster, nodes, identities, names, and where the state is kept.
import type { EnvironmentFacts, PlatformFacts } from '../../../model/platform-facts';
import type { Decisions } from '../../decisions';
import type { AwsPlan, BackingInstancePlan, ClusterDemandPlan, PublicRoutePlan } from '../../types/platform';
import type { ServiceThere } from '../input';
import { planIdentities } from './identities';
import { planAwsNetwork } from './network';
import { type Amounts, planNodeGroups } from './nodes';
import { planAwsSecrets } from './secrets';

// What pods and nodes of every cluster ask: image layers, tokens, logs, secrets, keys.
const endpoints = ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'eks-auth', 'kms', 'logs', 'secretsmanager', 'sts'];

const perFiveMinutes = { Second: 300, Minute: 5, Hour: 1 / 12 } as const;

/** The firewall stands before the routes: it may refuse no one whom the widest route lets in. */
function planRateLimit(routes: readonly PublicRoutePlan[]): AwsPlan['rateLimit'] {
  const limited = routes.flatMap(({ rateLimit, path, host }) =>
    rateLimit === null
      ? []
      : [{ where: `${host}${path}`, requests: Math.ceil(rateLimit.requests * perFiveMinutes[rateLimit.unit]) }],
  );
  if (limited.length === 0) return null;
  const sum = limited.reduce((total, { requests }) => total + requests, 0);
  // The least that a rate rule accepts: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-request-limiting.html
  return {
    requests: Math.max(10, sum),
    why: `what all limits of routes let one address send in five minutes: ${limited.map(({ where, requests }) => `${requests} ${where}`).join(' + ')} = ${sum}`,
  };
}

export interface AwsInput {
  readonly platform: PlatformFacts;
  readonly facts: EnvironmentFacts;
  readonly services: readonly ServiceThere[];
  readonly instances: readonly BackingInstancePlan[];
  readonly demand: ClusterDemandPlan;
  readonly routes: readonly PublicRoutePlan[];
}

const nothing: Amounts = { cpuMillis: 0, memoryMiB: 0 };

const operated = (instances: readonly BackingInstancePlan[]) =>
  instances.filter(({ runs, containers, objects }) => runs === 'operator' && containers.length + objects.length > 0);

/** What everything requests at maximum scale, apart where it prefers spot capacity. */
function requests(
  services: readonly ServiceThere[],
  instances: readonly BackingInstancePlan[],
  { cpuMillis, memoryMiB }: ClusterDemandPlan,
): { readonly general: Amounts; readonly spot: Amounts } {
  const onSpot = new Set(
    services
      .filter(({ environment }) => environment.spot !== null)
      .flatMap(({ environment: { workloads, jobs, migration } }) =>
        [...workloads, ...jobs, ...(migration === null ? [] : [migration])].map(({ name }) => name),
      ),
  );
  const sum = (terms: ClusterDemandPlan['cpuMillis']['terms'], isSpot: boolean) =>
    terms.filter(({ name }) => onSpot.has(name) === isSpot).reduce((total, { request }) => total + request, 0);
  const stores = operated(instances).reduce(
    (total, { cpuMillis: cpu, memoryMiB: memory, replicas }) => ({
      cpuMillis: total.cpuMillis + cpu * replicas,
      memoryMiB: total.memoryMiB + memory * replicas,
    }),
    nothing,
  );
  return {
    general: {
      cpuMillis: sum(cpuMillis.terms, false) + stores.cpuMillis,
      memoryMiB: sum(memoryMiB.terms, false) + stores.memoryMiB,
    },
    spot: { cpuMillis: sum(cpuMillis.terms, true), memoryMiB: sum(memoryMiB.terms, true) },
  };
}

/** The most that any pod may use, of each amount. */
function largestPodOf(services: readonly ServiceThere[], instances: readonly BackingInstancePlan[]): Amounts {
  const pods: readonly Amounts[] = [
    ...services.flatMap(({ environment: { workloads, jobs, migration } }) =>
      [...workloads, ...jobs, ...(migration === null ? [] : [migration])].map(({ resources }) => resources.limit),
    ),
    ...operated(instances),
  ];
  return pods.reduce(
    (most, { cpuMillis, memoryMiB }) => ({
      cpuMillis: Math.max(most.cpuMillis, cpuMillis),
      memoryMiB: Math.max(most.memoryMiB, memoryMiB),
    }),
    nothing,
  );
}

/** Its network costs next to nothing until a cluster is made in it: one way out, no endpoints that are paid by the hour. */
function planOtherRegion(
  declared: PlatformFacts['aws']['disasterRecovery'],
  bucket: string,
): AwsPlan['disasterRecovery'] {
  if (declared === null) return null;
  const { region } = declared;
  const network = planAwsNetwork(declared.network, region, false, []);
  const natGateways = 'one for all zones: nothing runs here until the region takes over';
  return { region, network: { ...network, why: { ...network.why, natGateways } }, bucket: `${bucket}-${region}` };
}

/** Null for an environment without an account. */
export function planAws(input: AwsInput, decisions: Decisions): AwsPlan | null {
  const { platform, facts, services, instances, demand, routes } = input;
  const { account, region } = facts;
  if (account === null) return null;
  const namePrefix = `${platform.name}-${facts.name}`;
  const { aws } = platform;
  const bucket = (platform.backups.bucket ?? `${platform.name}-{environment}-backups`).replace(
    '{environment}',
    facts.name,
  );
  return {
    account,
    region,
    namePrefix,
    tags: { platform: platform.name, environment: facts.name, 'managed-by': 'terraform' },
    state: { bucket: `${platform.name}-${facts.name}-${account}-terraform`, key: `${facts.name}.tfstate` },
    network: planAwsNetwork(platform.network, region, facts.gated, endpoints),
    cluster: {
      name: facts.cluster ?? namePrefix,
      version: facts.kubernetes,
      apiAccess: aws.apiAccess,
      administrators: aws.administrators.filter((arn) => arn.includes(`:${account}:`)),
      logDays: 365,
      // Outside of every network that the platform may have.
      serviceCidr: '172.20.0.0/16',
    },
    nodeGroups: planNodeGroups(
      {
        ...{ nodes: facts.nodes, gated: facts.gated, largestPod: largestPodOf(services, instances) },
        ...requests(services, instances, demand),
      },
      decisions,
    ),
    identities: planIdentities({
      services,
      instances,
      namespace: facts.namespace,
      prefix: namePrefix,
      account,
      region,
      platform: platform.name,
      environment: facts.name,
    }),
    secrets: planAwsSecrets(services, instances),
    domain: platform.domain,
    internalZone: `${facts.name}.${platform.name}.internal`,
    hosts: [...new Set(routes.map(({ host }) => host))].sort(),
    rateLimit: planRateLimit(routes),
    github: { repository: platform.repository ?? `${platform.name}/${platform.name}`, environment: facts.name },
    backups: { bucket },
    disasterRecovery: facts.gated ? planOtherRegion(aws.disasterRecovery, bucket) : null,
    alarmEmail: aws.alarmEmail,
    monthlyBudget: aws.monthlyBudget[facts.name] ?? null,
  };
}
