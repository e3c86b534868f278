// Finds the platform that a service in a monorepo belongs to: the declaration further up that names its folder.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findPlatformIn } from './find';
import { findServices, type ServiceFile } from './find-services';
import { type LoadedDeclaration, loadDeclaration } from './load';

export interface PlatformAbove {
  /** With names and ports in place of the other services' folders: what one service must know of them. */
  readonly platform: LoadedDeclaration;
  /** The service's folder from the platform's. */
  readonly workspace: string;
}

interface NameAndPort {
  readonly name: string;
  readonly port?: number;
}

async function nameAndPort({ file, declaration }: ServiceFile): Promise<NameAndPort[]> {
  const { value } = await loadDeclaration(file, declaration);
  const { name, http } = (value ?? {}) as {
    readonly name?: unknown;
    readonly http?: { readonly port?: unknown } | null;
  };
  if (typeof name !== 'string') return [];
  return [typeof http?.port === 'number' ? { name, port: http.port } : { name }];
}

/** What the platform says of services that are declared nowhere near. */
function namedOnly(value: unknown): unknown[] {
  const { services } = value as { readonly services?: readonly unknown[] };
  return (services ?? []).filter((item) => typeof item === 'object' && item !== null && !('package' in item));
}

async function withNames(platform: LoadedDeclaration, others: readonly ServiceFile[]): Promise<LoadedDeclaration> {
  const known = new Map<string, NameAndPort>();
  for (const other of others) for (const one of await nameAndPort(other)) known.set(one.name, one);
  return {
    ...platform,
    value: { ...(platform.value as object), services: [...namedOnly(platform.value), ...known.values()] },
  };
}

/** Null when no platform up to the root of the repository names the service's folder. `shown` tells how a file is shown. */
export async function platformAbove(
  serviceFile: string,
  shown: (file: string) => string,
): Promise<PlatformAbove | null> {
  const isRepository = (folder: string): boolean => existsSync(join(folder, '.git'));
  for (let folder = dirname(serviceFile); !isRepository(folder) && folder !== dirname(folder); ) {
    folder = dirname(folder);
    const file = findPlatformIn(folder);
    if (file === null) continue;
    const platform = await loadDeclaration(file, shown(file));
    const { files } = findServices(platform.value, folder);
    const own = files.find((one) => one.file === serviceFile);
    if (own === undefined || own.folder === null) continue;
    const others = files.filter((one) => one !== own);
    return { platform: await withNames(platform, others), workspace: own.folder };
  }
  return null;
}
