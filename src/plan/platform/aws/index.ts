// Decides what an environment has on AWS: network, cluster, nodes, identities, names, and where the state is kept.
import type { EnvironmentFacts, PlatformFacts } from '../../../model/platform-facts';
import type { Decisions } from '../../decisions';
import type { AwsPlan, BackingInstancePlan, ClusterDemandPlan, PublicRoutePlan } from '../../types/platform';
import type { ServiceThere } from '../input';
import { planIdentities } from './identities';
import { planAwsNetwork } from './network';
import { planNodeGroups } from './nodes';
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

/** What the pods of services ask that prefer spot capacity. */
function spotRequests(services: readonly ServiceThere[], spot: readonly string[], demand: ClusterDemandPlan) {
  const names = new Set(
    services
      .filter(({ service }) => spot.includes(service.plan.identity.tier))
      .flatMap(({ environment }) => [
        ...environment.workloads.map(({ name }) => name),
        ...environment.jobs.map(({ name }) => name),
      ]),
  );
  const sum = (terms: ClusterDemandPlan['cpuMillis']['terms']) =>
    terms.filter(({ name }) => names.has(name)).reduce((total, { request }) => total + request, 0);
  return { cpuMillis: sum(demand.cpuMillis.terms), memoryMiB: sum(demand.memoryMiB.terms) };
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
  const inCluster = instances
    .filter(({ runs }) => runs === 'operator')
    .reduce(
      (sum, { cpuMillis, memoryMiB, replicas }) => ({
        cpuMillis: sum.cpuMillis + cpuMillis * replicas,
        memoryMiB: sum.memoryMiB + memoryMiB * replicas,
      }),
      { cpuMillis: 0, memoryMiB: 0 },
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
      facts.nodes,
      demand,
      inCluster,
      spotRequests(services, aws.spot, demand),
      facts.gated,
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
