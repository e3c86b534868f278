// What every container of a backing resource starts from: nothing allowed that is not asked for.
import type { ContainerInput } from './container-input';
import type { BackingContainerPlan, ImageReference, SecretFilePlan, SecretPart, WritableFolder } from './facts';

/** Folder that a container's secret files are mounted in. */
export const secretFolder = '/run/secrets';

/** Name of the secret file with the administrator's password. */
export const adminPasswordFile = 'admin.password';

/** Path of a secret file in the container. */
export const secretPath = (file: string): string => `${secretFolder}/${file}`;

/** The value of a secret as it is, a part of a secret file. */
export const secret = (id: string): SecretPart => ({ kind: 'secret', secret: id, encoding: 'none' });

/** A secret file of literal and secret parts. */
export const secretFile = (name: string, ...parts: readonly (string | SecretPart)[]): SecretFilePlan => ({
  name,
  content: parts.map((part) => (typeof part === 'string' ? { kind: 'literal', text: part } : part)),
});

/** The image of a supported version. */
export function imageOf(repository: string, tags: Readonly<Record<string, string>>, version: string): ImageReference {
  const tag = tags[version];
  if (tag === undefined) throw new Error(`BUG: no tag of ${repository} for version ${version}`);
  return { repository, tag, digest: null };
}

/** A folder in memory. It counts against the container's memory limit. */
export const scratch = (name: string, path: string, sizeMiB: number): WritableFolder => ({
  name,
  path,
  sizeMiB,
  executable: false,
});

type Fixed =
  | 'entrypoint'
  | 'command'
  | 'environment'
  | 'files'
  | 'secretFiles'
  | 'certificate'
  | 'verifies'
  | 'volumes'
  | 'ports'
  | 'healthCheck'
  | 'oneShot'
  | 'after';

const nothing: Pick<BackingContainerPlan, Fixed | 'readOnlyRootFileSystem'> = {
  entrypoint: null,
  command: null,
  environment: [],
  files: [],
  secretFiles: [],
  certificate: null,
  verifies: false,
  volumes: [],
  readOnlyRootFileSystem: true,
  ports: [],
  healthCheck: null,
  oneShot: false,
  after: [],
};

type Essential = 'name' | 'kind' | 'image' | 'user' | 'why';
type Optional = Exclude<keyof BackingContainerPlan, Essential | 'request' | 'limit' | 'oneShot' | 'after'>;
type Parts = Pick<BackingContainerPlan, Essential> & Partial<Pick<BackingContainerPlan, Optional>>;

const diskMiB = (folders: readonly WritableFolder[]): number => folders.reduce((sum, { sizeMiB }) => sum + sizeMiB, 0);

/** The server: up to its class's amounts, a quarter of the CPU and half of the memory kept for it. */
export function server(input: ContainerInput, parts: Parts): BackingContainerPlan {
  const folders = parts.writableFolders ?? [];
  const ephemeralStorageMiB = diskMiB(folders);
  return {
    ...nothing,
    // The engine kills what still runs after 10 s; a database that writes its memory to disk needs longer.
    stopGraceSeconds: 60,
    ...parts,
    writableFolders: folders,
    request: {
      cpuMillis: Math.ceil(input.cpuMillis / 4),
      memoryMiB: Math.ceil(input.memoryMiB / 2),
      ephemeralStorageMiB,
    },
    limit: { cpuMillis: input.cpuMillis, memoryMiB: input.memoryMiB, ephemeralStorageMiB },
  };
}

/** A one-shot container named `SERVER-setup` that makes the server's state what the services need, as often as it runs; half a core unless it says otherwise. */
export function preparation(
  of: BackingContainerPlan,
  memoryMiB: number,
  parts: Omit<Parts, Exclude<Essential, 'why'>>,
  cpuMillis = 500,
): BackingContainerPlan {
  const folders = parts.writableFolders ?? [];
  const amounts = { cpuMillis, memoryMiB, ephemeralStorageMiB: diskMiB(folders) };
  return {
    ...nothing,
    name: `${of.name}-setup`,
    kind: of.kind,
    image: of.image,
    user: of.user,
    stopGraceSeconds: 10,
    ...parts,
    writableFolders: folders,
    request: amounts,
    limit: amounts,
    oneShot: true,
    after: [of.name],
  };
}
