// Turns the backing instances of an environment into backing.yaml: one server of each, what prepares it, and its exporter.
import type { BackingContainerPlan } from '../../plan/types';
import type { LaptopPlan } from '../../plan/types/platform';
import { backingService } from '../shared/compose/backing';
import { mountedFiles } from '../shared/compose/files';
import { joined, networksBetween, networksInto } from '../shared/compose/networks';
import { unlessEmpty } from '../shared/compose/service';
import type { GeneratedFile } from '../shared/generated-file';
import { backingFolder, composeFile, environmentFolder, networksOf } from './layout';
import { backingContainers, networksFrom } from './neighbours';

/** Containers of exporters; a server that serves its own metrics has none. */
export const exporterContainers = (laptop: LaptopPlan): readonly BackingContainerPlan[] =>
  laptop.instances.flatMap(({ exporter }) => (exporter?.container == null ? [] : [exporter.container]));

export function backingFiles(laptop: LaptopPlan): readonly GeneratedFile[] {
  const servers = backingContainers(laptop);
  const exporters = exporterContainers(laptop);
  const containers = [...servers, ...exporters];
  if (containers.length === 0) return [];
  const service = (container: BackingContainerPlan) =>
    backingService(
      { laptop: laptop.limits, backing: containers, filesFolder: backingFolder },
      container,
      joined([
        ...new Set([...networksBetween(laptop.networks, container.name), ...networksFrom(laptop, container.name)]),
      ]),
    );
  const volumes = containers.flatMap((container) => container.volumes.map(({ name }) => [name, {}]));
  const callees = containers.filter(({ oneShot }) => !oneShot).map(({ name }) => name);
  return [
    composeFile(
      laptop,
      'backing.yaml',
      {
        services: Object.fromEntries(containers.map((container) => [container.name, service(container)])),
        networks: networksOf(
          laptop,
          callees.flatMap((name) => networksInto(laptop.networks, name)),
        ),
        volumes: unlessEmpty(Object.fromEntries(volumes)),
      },
      {
        ...Object.fromEntries(containers.map(({ name, why }) => [`services.${name}`, why])),
        networks:
          'One for each pair of server and caller, without a way outside: callers of one server do not see each other.',
      },
    ),
    ...containers.flatMap((container) =>
      mountedFiles(container, 'repository', `${environmentFolder(laptop)}/${backingFolder}`),
    ),
  ];
}
