// Turns a backing container of the plan into a service of a compose file.
import { createHash } from 'node:crypto';
import { certificatesFolder } from '../../../catalog/certificates';
import type { BackingContainerPlan } from '../../../plan/types';
import { backingDependencies } from './dependencies';
import { fileMounts, mountedFiles } from './files';
import { backingSecretsPath, secretsFolder, unprivileged } from './fixed';
import { authorityMount, certificateMount, secretsMount } from './secrets';
import {
  type ComposeService,
  healthcheck,
  imageName,
  type LaptopLimits,
  laidOut,
  limits,
  tmpfs,
  unlessEmpty,
} from './service';

/** What is around a backing container. Folders are relative to the compose file. */
export interface BackingSurroundings {
  readonly laptop: LaptopLimits;
  /** Every container that it may have to wait for. */
  readonly backing: readonly BackingContainerPlan[];
  /** Folder of the files that containers mount. */
  readonly filesFolder: string;
}

/** Of what the container reads from mounted files and secrets, values of secrets apart. */
function configurationHash(container: BackingContainerPlan, filesFolder: string): string {
  const files = mountedFiles(container, 'service', filesFolder).map(({ path, body }) => ({ path, body }));
  return createHash('sha256')
    .update(JSON.stringify({ files, secrets: container.secretFiles, certificate: container.certificate ?? undefined }))
    .digest('hex')
    .slice(0, 16);
}

const hasMounts = ({ files, secretFiles, certificate }: BackingContainerPlan): boolean =>
  files.length + secretFiles.length > 0 || certificate !== null;

function certificates({ name, certificate, verifies }: BackingContainerPlan): readonly ComposeService[] {
  if (certificate !== null) return [certificateMount(`./${secretsFolder}`, name, certificatesFolder)];
  return verifies ? [authorityMount(`./${secretsFolder}`, certificatesFolder)] : [];
}

/** `networks` is what the container joins. */
export function backingService(
  { laptop, backing, filesFolder }: BackingSurroundings,
  container: BackingContainerPlan,
  networks: ComposeService,
): ComposeService {
  const mounts = [
    ...fileMounts(container, filesFolder),
    ...(container.secretFiles.length > 0
      ? [secretsMount(`./${secretsFolder}`, container.name, backingSecretsPath)]
      : []),
    ...certificates(container),
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
    labels: hasMounts(container)
      ? { 'groundwork.configuration': configurationHash(container, filesFolder) }
      : undefined,
    volumes: unlessEmpty(mounts),
    tmpfs: tmpfs(container.writableFolders, container.user),
    ...networks,
    healthcheck: healthcheck(container.healthCheck),
    depends_on: backingDependencies(backing, container),
    restart: container.oneShot ? 'no' : 'unless-stopped',
    stop_grace_period: `${container.stopGraceSeconds}s`,
    ...limits(laptop, container.request, container.limit),
  });
}
