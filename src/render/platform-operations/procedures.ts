// Lays out who is told, how a change goes, what backups are worth and what to look at.
import type { ServicePlan } from '../../plan/types';
import type { BackingInstancePlan, ClusterPlan, LaptopPlan, PlatformPlan } from '../../plan/types/platform';
import { below, linkTo, orDash } from './links';

type View = Readonly<Record<string, unknown>>;

const instancesOf = ({ clusters, laptops }: PlatformPlan): readonly BackingInstancePlan[] =>
  [...clusters, ...laptops].flatMap(({ instances }) => instances);

/** Whether anything is backed up: then there are documents of recovery. */
const hasRecovery = (plan: PlatformPlan): boolean => instancesOf(plan).some(({ recovery }) => recovery !== null);

const common = (plan: PlatformPlan): View => ({
  name: plan.identity.name,
  isWatched: plan.monitoring.length > 0,
  hasRecovery: hasRecovery(plan),
  operations: plan.operations,
});

function rollbacks({ argo, clusters, deployment, services }: PlatformPlan): string[] {
  const last = clusters.at(-1);
  const service = services.find(({ shape }) => shape === 'node')?.name ?? services[0]?.name ?? '';
  const [target, environment] =
    last === undefined ? ['docker', deployment.environments[0]?.name ?? ''] : ['kubernetes', last.name];
  return [
    `scripts/deploy.sh -e ${environment} -t ${target} --rollback --service ${service}`,
    ...(argo === null || last === undefined ? [] : [`platform/gitops/rollback.sh ${service} ${last.name}`]),
  ];
}

export function incidents(plan: PlatformPlan, services: readonly ServicePlan[]): View {
  const watched = new Set(
    services
      .filter(({ environments }) =>
        environments.some(({ runs, monitoring }) => runs === 'kubernetes' && monitoring.groups.length > 0),
      )
      .map(({ identity }) => identity.name),
  );
  const last = plan.clusters.at(-1);
  return {
    ...common(plan),
    owners: plan.channels.map(({ owner, critical, warning, info }) => ({
      owner,
      critical,
      warning,
      info,
      services: orDash(plan.services.filter((service) => service.owner === owner).map(({ name }) => name)),
    })),
    rollbacks: rollbacks(plan),
    logs:
      last === undefined
        ? `docker compose --file ${plan.deployment.environments[0]?.docker?.file ?? 'compose.yaml'} logs SERVICE`
        : `kubectl --namespace ${last.namespace} logs POD --previous`,
    runbooks: plan.services.flatMap(({ name, owner, folder }) =>
      folder === null || !watched.has(name) ? [] : [{ name, owner, link: linkTo(below(folder, 'docs/runbook.md')) }],
    ),
  };
}

const backWords = {
  rolling: 'pod by pod, as it came',
  'blue-green': 'at once, while the old pods are kept',
  canary: 'at once while it is still a share; by its analysis without a person',
} as const;

export function changes(plan: PlatformPlan): View {
  const { clusters, deployment, maintenance, argo, loadTests } = plan;
  const last = deployment.environments.filter(({ kubernetes }) => kubernetes !== null).at(-1);
  return {
    ...common(plan),
    environments: deployment.environments.map(({ name, gated, kubernetes }) => ({
      name,
      gated,
      runs:
        kubernetes === null ? 'compose' : `Kubernetes${kubernetes.cluster === null ? '' : `: ${kubernetes.cluster}`}`,
      command: `scripts/deploy.sh -e ${name} -t ${kubernetes === null ? 'docker' : 'kubernetes'}`,
    })),
    first: clusters[0]?.name ?? deployment.environments[0]?.name ?? '',
    last: last?.name ?? '',
    hasLoadTests: loadTests.length > 0,
    isDelivered: argo !== null,
    strategies: (last?.kubernetes?.services ?? []).map(({ service, strategy }) => ({
      service,
      strategy,
      back: backWords[strategy],
    })),
    hasScan: maintenance !== null,
    hasTerraform: deployment.environments.some(({ terraform }) => terraform !== null),
  };
}

function backupRows(instances: readonly BackingInstancePlan[]): object[] {
  return instances.flatMap(({ name, title, recovery }) => {
    if (recovery === null) return [];
    const { method, dumped, restoreTest } = recovery;
    return [
      {
        name: `${name} (${title})`,
        method: dumped === null ? method : `${method}; ${dumped.what}: ${dumped.schedule} (UTC)`,
        test: restoreTest === null ? 'in the drill' : `${restoreTest.job}: ${restoreTest.schedule} (UTC)`,
        probes: orDash((restoreTest?.probes ?? []).map((probe) => probe.name)),
      },
    ];
  });
}

/** The jobs that restore beside the running server, as a person starts them. */
function testCommands(place: ClusterPlan | LaptopPlan): string[] {
  const jobs = place.instances.flatMap(({ recovery }) =>
    (recovery?.jobs ?? []).filter(({ purpose }) => purpose === 'restore-test'),
  );
  return jobs.map(({ name }) =>
    'proxy' in place
      ? `docker compose --file platform/compose/${place.name}/compose.yaml --profile backup run --rm ${name}`
      : `kubectl --namespace ${place.dataNamespace} create job ${name}-by-hand --from=cronjob/${name}`,
  );
}

export function backups(plan: PlatformPlan): View {
  const inClusters = new Set(plan.clusters.map(({ name }) => name));
  const places = [...plan.laptops.filter(({ name }) => !inClusters.has(name)), ...plan.clusters];
  return {
    ...common(plan),
    environments: places.flatMap((place) => {
      const rows = backupRows(place.instances);
      return rows.length === 0 ? [] : [{ name: place.name, rows, commands: testCommands(place) }];
    }),
    drill: plan.maintenance?.drill ?? null,
  };
}

export function trouble(plan: PlatformPlan): View {
  const docker = plan.deployment.environments[0]?.docker ?? null;
  return {
    ...common(plan),
    laptop: docker,
    clusters: plan.clusters.map(({ name, namespace, dataNamespace, gateway }) => ({
      name,
      namespace,
      dataNamespace,
      gatewayNamespace: gateway.namespace,
      application: plan.argo?.environments.find((each) => each.name === name)?.application ?? null,
    })),
  };
}
