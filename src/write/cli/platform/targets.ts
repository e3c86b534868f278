// Decides where a platform's files go, under which first line, and what was written there last time.
import { posix, resolve } from 'node:path';
import type { EvaluatedPlatform } from '../../declared/evaluate-platform';
import { type AdoptedLock, readPlatformLock } from '../../disk/adopt-locks';
import type { Marker } from '../../disk/compare';
import type { Folders } from '../../disk/folders';
import { commandMarker, platformMarker } from '../../marker';
import type { Arguments } from '../arguments';
import type { Terminal } from '../terminal';

export interface PlatformTarget {
  readonly folders: Folders;
  readonly marker: Marker;
  readonly readLock: () => AdoptedLock;
}

/** A file in a service's folder is that service's: its first line says so, as when the service is generated alone. */
export function markerFor(name: string, services: EvaluatedPlatform['services']): (path: string) => string {
  const own = new Map(
    services.flatMap(({ folder, plan }) =>
      folder === null ? [] : [[folder, commandMarker(plan.identity.declaration)] as const],
    ),
  );
  const platform = platformMarker(name);
  return (path) => {
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
      const marker = own.get(folder);
      if (marker !== undefined) return marker;
    }
    return platform;
  };
}

export function platformTarget(
  evaluated: EvaluatedPlatform,
  name: string,
  { out, force }: Arguments,
  terminal: Terminal,
): PlatformTarget {
  const root = out === null ? evaluated.folder : resolve(terminal.folder, out);
  const folders = evaluated.services.flatMap(({ folder }) => (folder === null ? [] : [folder]));
  return {
    folders: { service: root, repository: root },
    marker: markerFor(name, evaluated.services),
    readLock: () => readPlatformLock(root, folders, force),
  };
}
