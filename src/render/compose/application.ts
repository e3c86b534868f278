// Turns the workloads, the migration and the jobs of the plan into services of a compose file.
import type {
  EnvironmentPlan,
  NameValue,
  ResourcesPlan,
  SecretText,
  ServicePlan,
  WorkloadPlan,
  WritableFolder,
} from '../../plan/types';
import { applicationDependencies } from './dependencies';
import { unprivileged } from './fixed';
import { applicationNetworks, type Component } from './networks';
import { applicationSecretsMount } from './secrets';
import { type ComposeService, healthcheck, laidOut, limits, tmpfs, unlessEmpty } from './service';

/** What a workload, a job and the migration have in common. */
interface Process {
  readonly name: string;
  readonly command: readonly string[] | null;
  readonly environment: readonly NameValue[];
  readonly resources: ResourcesPlan;
  readonly writableFolders: readonly WritableFolder[];
}

const hasSecrets = (environment: EnvironmentPlan): boolean => environment.variables.some(({ secret }) => secret);

const literal = (text: SecretText): string => text.map((part) => (part.kind === 'literal' ? part.text : '')).join('');

/** Plain variables as they are; a secret one as the path of its file, under the name that the accessor looks for. */
function variables(environment: EnvironmentPlan, own: readonly NameValue[]) {
  const shared = environment.variables.map(({ name, value, secret }) =>
    secret ? [`${name}_FILE`, `${environment.secretStore.mountPath}/${name}`] : [name, literal(value)],
  );
  return unlessEmpty(
    Object.fromEntries([...own.map(({ name, value }) => [name, value]), ...shared]) as Record<string, string>,
  );
}

function application(
  plan: ServicePlan,
  environment: EnvironmentPlan,
  component: Component,
  process: Process,
  workload: WorkloadPlan | null,
) {
  const user = `${plan.build.user.uid}:${plan.build.user.gid}`;
  const secrets = hasSecrets(environment);
  return {
    image: `${plan.image.repository}:${plan.image.tag}`,
    command: process.command ?? undefined,
    ...unprivileged,
    user,
    environment: variables(environment, process.environment),
    volumes: secrets ? [applicationSecretsMount(plan, environment)] : undefined,
    tmpfs: tmpfs(process.writableFolders, user),
    ...applicationNetworks(environment, component, workload),
    depends_on: applicationDependencies(environment, component, secrets),
    ...limits(environment, process.resources.request, process.resources.limit),
  };
}

/** Built by one service only, since all of them run the same image; the others wait for it and never ask a registry for it. */
const build = (plan: ServicePlan) => ({
  build: { context: plan.build.contextFromFolder, dockerfile: plan.delivery.dockerfile },
});
const builtElsewhere = { pull_policy: 'never' };

function workloadService(plan: ServicePlan, environment: EnvironmentPlan, workload: WorkloadPlan): ComposeService {
  const web = workload.component === 'web';
  const { publishedPort } = environment;
  const ports =
    web && publishedPort !== null && workload.port !== null
      ? [{ target: workload.port, published: String(publishedPort), host_ip: '127.0.0.1', protocol: 'tcp' }]
      : undefined;
  return laidOut({
    ...(web ? build(plan) : builtElsewhere),
    ...application(plan, environment, workload.component, workload, workload),
    ports,
    healthcheck: healthcheck(workload.healthCheck),
    restart: 'unless-stopped',
    stop_grace_period: `${workload.shutdown.terminationGraceSeconds}s`,
  });
}

const oneShot = (plan: ServicePlan, environment: EnvironmentPlan, component: Component, process: Process) => ({
  ...builtElsewhere,
  ...application(plan, environment, component, process, null),
  restart: 'no',
});

/** The service's own containers by name: web and workers, the migration, and the jobs under a profile of their own. */
export function applicationServices(
  plan: ServicePlan,
  environment: EnvironmentPlan,
): Readonly<Record<string, ComposeService>> {
  const { migration } = environment;
  return Object.fromEntries([
    ...environment.workloads.map((workload) => [workload.name, workloadService(plan, environment, workload)]),
    ...(migration === null ? [] : [[migration.name, laidOut(oneShot(plan, environment, 'migration', migration))]]),
    ...environment.jobs.map((job) => [
      job.name,
      laidOut({ profiles: ['jobs'], ...oneShot(plan, environment, 'job', job) }),
    ]),
  ]) as Readonly<Record<string, ComposeService>>;
}
