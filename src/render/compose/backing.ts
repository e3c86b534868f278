// Turns a backing container of the plan into a service of a compose file.
import { createHash } from 'node:crypto';
import type { BackingContainerPlan, EnvironmentPlan } from '../../plan/types';
import { backingDependencies } from './dependencies';
import { fileMounts, mountedFiles } from './files';
import { unprivileged } from './fixed';
import { backingNetworks } from './networks';
import { backingSecretsMount } from './secrets';
import { type ComposeService, healthcheck, imageName, laidOut, limits, tmpfs, unlessEmpty } from './service';

/** Of what the container reads from mounted files and secrets, values of secrets apart. */
function configurationHash(container: BackingContainerPlan): string {
  const files = mountedFiles(container).map(({ path, body }) => ({ path, body }));
  return createHash('sha256')
    .update(JSON.stringify({ files, secrets: container.secretFiles }))
    .digest('hex')
    .slice(0, 16);
}

const hasMounts = ({ files, secretFiles }: BackingContainerPlan): boolean => files.length + secretFiles.length > 0;

export function backingService(environment: EnvironmentPlan, container: BackingContainerPlan): ComposeService {
  const mounts = [
    ...fileMounts(container),
    ...(container.secretFiles.length > 0 ? [backingSecretsMount(container.name)] : []),
    ...container.volumes.map(({ name, path }) => ({ type: 'volume', source: name, target: path })),
  ];
  return laidOut({
    image: imageName(container.image),
    entrypoint: container.entrypoint ?? undefined,
    command: container.command ?? undefined,
    ...unprivileged,
    read_only: container.readOnlyRootFileSystem,
    user: container.user,
    environment: unlessEmpty(Object.fromEntries(container.environment.map(({ name, value }) => [name, value]))),
    // A change of a mounted file does not reach a running container: this label makes compose create it anew.
    labels: hasMounts(container) ? { 'groundwork.configuration': configurationHash(container) } : undefined,
    volumes: unlessEmpty(mounts),
    tmpfs: tmpfs(container.writableFolders, container.user),
    ...backingNetworks(container),
    healthcheck: healthcheck(container.healthCheck),
    depends_on: backingDependencies(environment, container),
    restart: container.oneShot ? 'no' : 'unless-stopped',
    stop_grace_period: `${container.stopGraceSeconds}s`,
    ...limits(environment, container.request, container.limit),
  });
}
