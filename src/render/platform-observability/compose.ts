// Turns the watching servers of a laptop into a compose file that the project includes.
import { createHash } from 'node:crypto';
import type { LaptopPlan, ObservabilityPlan, WatcherPlan } from '../../plan/types/platform';
import { whenUp } from '../shared/compose/dependencies';
import {
  backingSecretsPath,
  publishedNetwork,
  secretsFolder,
  secretsService,
  unprivileged,
} from '../shared/compose/fixed';
import { withoutInterpolation } from '../shared/compose/interpolation';
import { joined, networksBetween, networksInto, platformNetworks } from '../shared/compose/networks';
import { secretsMount } from '../shared/compose/secrets';
import {
  bind,
  type ComposeService,
  healthcheck,
  imageName,
  laidOut,
  limits,
  tmpfs,
  unlessEmpty,
} from '../shared/compose/service';
import type { GeneratedFile } from '../shared/generated-file';
import type { YamlComments } from '../shared/yaml';
import { yamlFile } from './file';

/** Of the files below the folders that the server mounts. */
function configurationHash(
  { mounts, secretFiles }: WatcherPlan,
  files: readonly GeneratedFile[],
  folder: string,
): string {
  const own = files.filter(({ path }) => mounts.some(({ source }) => path.startsWith(`${folder}/${source}`)));
  return createHash('sha256')
    .update(JSON.stringify({ files: own.map(({ path, body }) => ({ path, body })), secrets: secretFiles }))
    .digest('hex')
    .slice(0, 16);
}

function dependencies({ after, secretFiles }: WatcherPlan, all: readonly WatcherPlan[]) {
  const others = after.map((name) => {
    const found = all.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`BUG: nothing watches by the name ${name}`);
    return found.oneShot
      ? { [name]: { condition: 'service_completed_successfully' } }
      : whenUp(name, found.healthCheck !== null);
  });
  const first = secretFiles.length > 0 ? [{ [secretsService]: { condition: 'service_completed_successfully' } }] : [];
  return unlessEmpty(Object.assign({}, ...first, ...others) as Record<string, object>);
}

function serviceOf(
  watcher: WatcherPlan,
  all: readonly WatcherPlan[],
  { limits: laptop, networks }: LaptopPlan,
  hash: string,
): ComposeService {
  const { name, port, publishedPort, user } = watcher;
  const volumes = [
    ...watcher.mounts.map(({ source, target }) => bind(`./${source}`, target, false)),
    ...watcher.hostMounts.map(({ source, target }) => bind(source, target, false)),
    ...(watcher.secretFiles.length > 0 ? [secretsMount(`./${secretsFolder}`, name, backingSecretsPath)] : []),
    ...watcher.volumes.map((volume) => ({ type: 'volume', source: volume.name, target: volume.path })),
  ];
  return laidOut({
    profiles: unlessEmpty(watcher.profiles),
    image: imageName(watcher.image),
    entrypoint: watcher.entrypoint ?? undefined,
    command: watcher.command ?? undefined,
    ...unprivileged,
    cap_add: unlessEmpty(watcher.capabilities),
    user,
    environment: unlessEmpty(Object.fromEntries(watcher.environment.map(({ name: key, value }) => [key, value]))),
    // A change of a mounted file does not reach a running container: this label makes compose create it anew.
    labels: watcher.mounts.length > 0 ? { 'groundwork.configuration': hash } : undefined,
    ports:
      port === null || publishedPort === null
        ? undefined
        : [{ target: port, published: String(publishedPort), host_ip: '127.0.0.1', protocol: 'tcp' }],
    ...joined([...networksBetween(networks, name), ...(publishedPort === null ? [] : [publishedNetwork])]),
    depends_on: dependencies(watcher, all),
    healthcheck: healthcheck(watcher.healthCheck),
    volumes: unlessEmpty(volumes),
    tmpfs: tmpfs(watcher.writableFolders, user),
    restart: watcher.oneShot ? 'no' : 'unless-stopped',
    stop_grace_period: `${watcher.stopGraceSeconds}s`,
    ...limits(laptop, watcher.request, watcher.limit),
  });
}

/** One file of the project: the servers of a part, with the networks and volumes that are theirs. `files` are what they mount. */
export function watchersFile(
  plan: ObservabilityPlan,
  laptop: LaptopPlan,
  part: WatcherPlan['part'],
  folder: string,
  files: readonly GeneratedFile[],
): GeneratedFile[] {
  const watchers = plan.watchers.filter((watcher) => watcher.part === part);
  if (watchers.length === 0) return [];
  const services = watchers.map((watcher) => [
    watcher.name,
    serviceOf(watcher, plan.watchers, laptop, configurationHash(watcher, files, folder)),
  ]);
  const own = watchers.flatMap(({ name }) => networksInto(laptop.networks, name));
  const comments: YamlComments = {
    ...Object.fromEntries(watchers.map(({ name, why }) => [`services.${name}`, why])),
    ...(own.length > 0
      ? { networks: 'Those that lead to these servers; the others are declared beside what they lead to.' }
      : {}),
  };
  const document = {
    ...(withoutInterpolation({ services: Object.fromEntries(services) }) as object),
    // What is interpolated here are addresses.
    networks: unlessEmpty(platformNetworks(laptop.addresses, own)),
    volumes: unlessEmpty(Object.fromEntries(watchers.flatMap(({ volumes }) => volumes.map(({ name }) => [name, {}])))),
  };
  return [yamlFile(`${folder}/${part}.yaml`, document, comments)];
}
