// Turns the workloads, the migration and the jobs of the plan into services of a compose file.
import type {
  EnvironmentPlan,
  NameValue,
  ResourcesPlan,
  SecretText,
  ServicePlan,
  WorkloadPlan,
  WritableFolder,
} from '../../../plan/types';
import { after, allOf, type Dependencies, secretsFirst } from './dependencies';
import { serviceLabel, unprivileged } from './fixed';
import { type Component, joined } from './networks';
import { authorityMount, secretsMount } from './secrets';
import { type ComposeService, healthcheck, laidOut, limits, tmpfs, unlessEmpty } from './service';

/** What a component reaches: networks beside its own, and what has to be there before it starts. */
export interface Neighbours {
  readonly networks: readonly string[];
  readonly after: Dependencies;
}

/** What is around the containers of a service in the file that they are written to. */
export interface ApplicationSurroundings {
  readonly image: {
    readonly name: string;
    /** Of the container that makes the image, and of the others, which run the same one. */
    readonly first: ComposeService;
    readonly others: ComposeService;
  };
  /** Folder of the generated secrets, relative to the file. */
  readonly secretsFolder: string;
  /** Port of the host that the web container is reached by at 127.0.0.1; null = none. */
  readonly publishedPort: number | null;
  readonly neighbours: (component: Component) => Neighbours;
  /** The networks by which a workload that listens is reached. */
  readonly networksInto: (workload: string) => readonly string[];
}

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
  surroundings: ApplicationSurroundings,
  component: Component,
  process: Process,
  workload: WorkloadPlan | null,
) {
  const user = `${plan.build.user.uid}:${plan.build.user.gid}`;
  const secrets = hasSecrets(environment);
  const { trust } = environment;
  const own = workload !== null && workload.port !== null ? surroundings.networksInto(workload.name) : [];
  const neighbours = surroundings.neighbours(component);
  const migration = component === 'migration' ? null : environment.migration;
  return {
    image: surroundings.image.name,
    command: process.command ?? undefined,
    ...unprivileged,
    user,
    labels: { [serviceLabel]: plan.identity.name },
    environment: variables(environment, process.environment),
    volumes: unlessEmpty([
      ...(secrets
        ? [secretsMount(surroundings.secretsFolder, plan.identity.name, environment.secretStore.mountPath)]
        : []),
      ...(trust === null ? [] : [authorityMount(surroundings.secretsFolder, trust.folder)]),
    ]),
    tmpfs: tmpfs(process.writableFolders, user),
    ...joined([...own, ...neighbours.networks]),
    depends_on: unlessEmpty(
      allOf([
        secretsFirst(secrets || trust !== null),
        neighbours.after,
        migration === null ? {} : after(migration.name, 'service_completed_successfully'),
      ]),
    ),
    ...limits(environment.laptop, process.resources.request, process.resources.limit),
  };
}

function workloadService(
  plan: ServicePlan,
  environment: EnvironmentPlan,
  surroundings: ApplicationSurroundings,
  workload: WorkloadPlan,
): ComposeService {
  const web = workload.component === 'web';
  const { image, publishedPort } = surroundings;
  const ports =
    web && publishedPort !== null && workload.port !== null
      ? [{ target: workload.port, published: String(publishedPort), host_ip: '127.0.0.1', protocol: 'tcp' }]
      : undefined;
  return laidOut({
    ...(web ? image.first : image.others),
    ...application(plan, environment, surroundings, workload.component, workload, workload),
    ports,
    healthcheck: healthcheck(workload.healthCheck),
    restart: 'unless-stopped',
    stop_grace_period: `${workload.shutdown.terminationGraceSeconds}s`,
  });
}

const oneShot = (
  plan: ServicePlan,
  environment: EnvironmentPlan,
  surroundings: ApplicationSurroundings,
  component: Component,
  process: Process,
) => ({
  ...surroundings.image.others,
  ...application(plan, environment, surroundings, component, process, null),
  restart: 'no',
});

/** The service's own containers by name: web and workers, the migration, and the jobs under a profile of their own. */
export function applicationServices(
  plan: ServicePlan,
  environment: EnvironmentPlan,
  surroundings: ApplicationSurroundings,
): Readonly<Record<string, ComposeService>> {
  const { migration } = environment;
  return Object.fromEntries([
    ...environment.workloads.map((workload) => [
      workload.name,
      workloadService(plan, environment, surroundings, workload),
    ]),
    ...(migration === null
      ? []
      : [[migration.name, laidOut(oneShot(plan, environment, surroundings, 'migration', migration))]]),
    ...environment.jobs.map((job) => [
      job.name,
      laidOut({ profiles: ['jobs'], ...oneShot(plan, environment, surroundings, 'job', job) }),
    ]),
  ]) as Readonly<Record<string, ComposeService>>;
}
