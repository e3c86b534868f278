// Decides how one command brings the platform into each environment: order, tools, tests, waiting, and what is asked afterwards.
import type { ServicePlan } from '../types';
import type {
  BackingInstancePlan,
  ClusterPlan,
  DeploymentEnvironmentPlan,
  DeploymentPlan,
  DeploymentTestPlan,
  DockerDeploymentPlan,
  GitopsPlan,
  KubernetesDeploymentPlan,
  KubernetesServicePlan,
  LaptopPlan,
  PlatformServicePlan,
  PublicCheckPlan,
  PublicRoutePlan,
} from '../types/platform';
import { deploymentTools } from './deployment-tools';
import { type PlannedService, servicesIn } from './input';

/** Of one service on a laptop: the slowest start of a container's health check (start period and retries) with room for a pull. */
const dockerWaitSeconds = 300;
/** A database of the default class dumps in minutes; a longer one has its own schedule. */
const backupSeconds = 1800;
/** The servers that tests use: a search engine on a small machine takes the longest. The workflow waits as long. */
const testServersSeconds = 180;

/** Below the folder of the service: its workflow starts the same servers. */
const testServersFile = 'scripts/ci/test-services.compose.yaml';

/** Called services before their callers, otherwise by name; a cycle is entered at its first name. */
function inOrderOfCalls(names: readonly string[], laptop: LaptopPlan): string[] {
  const calls = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const { from, to } of laptop.edges)
    if (from.kind === 'service' && to.kind === 'service') calls.get(from.name)?.push(to.name);
  const done = new Set<string>();
  const visit = (name: string): void => {
    if (done.has(name) || !calls.has(name)) return;
    done.add(name);
    for (const called of [...(calls.get(name) ?? [])].sort()) visit(called);
    ordered.push(name);
  };
  const ordered: string[] = [];
  for (const name of names) visit(name);
  return ordered;
}

/** Jobs that take a backup and end; what archives all the time does so anyway. */
const backupsOf = (instances: readonly BackingInstancePlan[]): string[] =>
  instances.flatMap(({ recovery }) =>
    (recovery?.jobs ?? []).filter(({ purpose, isServer }) => purpose === 'backup' && !isServer).map(({ name }) => name),
  );

function planDocker(laptop: LaptopPlan): DockerDeploymentPlan {
  const folder = `platform/compose/${laptop.name}`;
  return {
    project: laptop.project,
    file: `${folder}/compose.yaml`,
    images: laptop.images,
    services: inOrderOfCalls(
      laptop.services.map(({ name }) => name),
      laptop,
    ),
    waitSeconds: dockerWaitSeconds,
    httpsPort: laptop.proxy.httpsPort,
    authority: `${folder}/.secrets/ca.crt`,
    backups: backupsOf(laptop.instances),
  };
}

function planService(
  { name, folder, imageRepository }: PlatformServicePlan,
  plan: ServicePlan,
  environment: string,
  argo: GitopsPlan | null,
): KubernetesServicePlan[] {
  const there = plan.environments.find((each) => each.name === environment);
  const stage = plan.delivery.stages.find((each) => each.environment === environment);
  if (there === undefined || stage === undefined) return [];
  const delivered = argo?.environments
    .find((each) => each.name === environment)
    ?.services.find(({ service }) => service === name);
  const web = there.workloads.find(({ component }) => component === 'web');
  return [
    {
      service: name,
      strategy: web?.rollout.strategy ?? 'rolling',
      image: imageRepository,
      application: delivered?.application ?? null,
      releaseFile: delivered?.releaseFile ?? null,
      folder,
      variables: [
        { name: 'IMAGE', value: imageRepository },
        { name: 'NAMESPACE', value: stage.namespace },
        { name: 'OVERLAY', value: stage.overlay },
        { name: 'DEPLOYMENTS', value: stage.deployments.join(' ') },
        { name: 'ROLLOUTS', value: stage.rollouts.join(' ') },
        { name: 'ROLLOUT_SECONDS', value: String(stage.rolloutTimeoutSeconds) },
        { name: 'MIGRATION', value: stage.migration ?? '' },
        { name: 'MIGRATION_SECONDS', value: String(stage.migrationTimeoutSeconds) },
        { name: 'SMOKE_URL', value: stage.smoke?.url ?? '' },
        { name: 'SMOKE_SERVICE', value: stage.smoke?.service ?? '' },
        { name: 'SMOKE_PATH', value: stage.smoke?.path ?? '' },
        { name: 'SMOKE_SECONDS', value: String(stage.smoke?.timeoutSeconds ?? 0) },
      ],
      hasMigration: stage.migration !== null,
      waitSeconds: stage.rolloutTimeoutSeconds + stage.migrationTimeoutSeconds,
    },
  ];
}

function planKubernetes(
  cluster: ClusterPlan,
  argo: GitopsPlan | null,
  entries: readonly PlatformServicePlan[],
  services: readonly PlannedService[],
): KubernetesDeploymentPlan {
  const there = new Map(
    servicesIn(services, cluster.name).map(({ name, service }): [string, ServicePlan] => [name, service.plan]),
  );
  const planned = entries.flatMap((entry) => {
    const plan = there.get(entry.name);
    return plan === undefined ? [] : planService(entry, plan, cluster.name, argo);
  });
  return {
    cluster: cluster.cluster,
    account: cluster.account,
    region: cluster.region,
    delivery: argo === null ? 'kubectl' : 'argo-cd',
    dataNamespace: cluster.dataNamespace,
    manifests: `platform/kubernetes/${cluster.name}`,
    application: argo?.environments.find(({ name }) => name === cluster.name)?.application ?? null,
    revision: argo?.revision ?? null,
    gateway: { name: cluster.gateway.name, namespace: cluster.gateway.namespace },
    services: planned,
    waitSeconds: Math.max(900, ...planned.map(({ waitSeconds }) => waitSeconds)),
    backups: backupsOf(cluster.instances),
  };
}

const checksOf = (routes: readonly PublicRoutePlan[]): PublicCheckPlan[] =>
  routes
    // A socket is opened by its own protocol: a plain request says nothing about it.
    .filter(({ websockets }) => !websockets)
    .flatMap(({ service, host, path, samples, isStatic }): PublicCheckPlan[] =>
      samples.length > 0
        ? samples.map((sample) => ({ service, host, path: sample, wants: 'success' as const }))
        : [{ service, host, path, wants: isStatic ? 'success' : 'answer' }],
    );

/** As the workflow of the service runs them; a service of a package has its tests elsewhere. */
function planTests(entries: readonly PlatformServicePlan[], services: readonly PlannedService[]): DeploymentTestPlan[] {
  return services.flatMap(({ plan: { identity, delivery } }) => {
    const folder = entries.find(({ name }) => name === identity.name)?.folder ?? null;
    if (folder === null || delivery.testCommand === null) return [];
    return [
      {
        service: identity.name,
        folder,
        command: delivery.testCommand,
        servers: delivery.testContainers.length === 0 ? null : testServersFile,
        serversSeconds: testServersSeconds,
        variables: delivery.testContainers.flatMap(({ variables }) => variables),
      },
    ];
  });
}

export interface DeploymentInput {
  readonly clusters: readonly ClusterPlan[];
  readonly laptops: readonly LaptopPlan[];
  readonly argo: GitopsPlan | null;
  readonly entries: readonly PlatformServicePlan[];
  readonly services: readonly PlannedService[];
}

export function planDeployment({ clusters, laptops, argo, entries, services }: DeploymentInput): DeploymentPlan {
  const names = [...new Set([...laptops, ...clusters].map(({ name }) => name))];
  return {
    // util.parseArgs with its choices, and fetch-free TLS with names: what the oldest supported line has.
    nodeMinimum: '20.0.0',
    tools: deploymentTools,
    tests: planTests(entries, services),
    verification: {
      seconds: 120,
      intervalSeconds: 2,
      successes: 3,
      why: 'as long as the smoke test of a workflow waits; three in a row, since the old version may answer the first',
    },
    backupSeconds,
    environments: names.map((name): DeploymentEnvironmentPlan => {
      const cluster = clusters.find((each) => each.name === name);
      const laptop = laptops.find((each) => each.name === name);
      return {
        name,
        gated: cluster?.gated ?? false,
        before: clusters[clusters.findIndex((each) => each.name === name) - 1]?.name ?? null,
        docker: laptop === undefined ? null : planDocker(laptop),
        kubernetes: cluster === undefined ? null : planKubernetes(cluster, argo, entries, services),
        terraform: (cluster?.aws ?? null) === null ? null : `platform/terraform/environments/${name}`,
        checks: checksOf(cluster?.routes ?? laptop?.proxy.routes ?? []),
      };
    }),
  };
}
