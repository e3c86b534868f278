// Turns the jobs of backups into recovery.yaml: services that a person starts by name or by a profile, with the volumes that they keep.
import type { BackingContainerPlan } from '../../plan/types';
import type { BackupJob, LaptopPlan } from '../../plan/types/platform';
import { backingService } from '../shared/compose/backing';
import { mountedFiles } from '../shared/compose/files';
import { joined } from '../shared/compose/networks';
import { type ComposeService, laidOut } from '../shared/compose/service';
import type { GeneratedFile } from '../shared/generated-file';
import { backingFolder, composeFile, environmentFolder } from './layout';
import { backingContainers, networksFrom } from './neighbours';

/** Nothing starts what is in a profile but its name or the profile; a restore is never a part of starting the others. */
const profileOf = ({ purpose }: BackupJob): string => (purpose === 'restore' ? 'restore' : 'backup');

const jobsOf = (laptop: LaptopPlan): readonly BackupJob[] =>
  laptop.instances.flatMap(({ recovery }) => recovery?.jobs ?? []);

/** Containers of all jobs: on a laptop each has one. */
export const recoveryContainers = (laptop: LaptopPlan): readonly BackingContainerPlan[] =>
  jobsOf(laptop).flatMap(({ stages }) => stages);

const protecting = (service: ComposeService, { readOnlyVolumes }: BackupJob): ComposeService => ({
  ...service,
  volumes: (service.volumes as readonly Readonly<Record<string, unknown>>[]).map((volume) =>
    readOnlyVolumes.includes(String(volume.source)) ? { ...volume, read_only: true } : volume,
  ),
});

export function recoveryFiles(laptop: LaptopPlan): readonly GeneratedFile[] {
  const jobs = jobsOf(laptop);
  if (jobs.length === 0) return [];
  const backing = backingContainers(laptop);
  const surroundings = { laptop: laptop.limits, backing, filesFolder: backingFolder };
  const known = new Set(backing.flatMap(({ volumes }) => volumes.map(({ name }) => name)));
  const services = jobs.flatMap((job) =>
    job.stages.map((container) => {
      const service = backingService(surroundings, container, joined(networksFrom(laptop, job.name)));
      return [container.name, laidOut({ ...protecting(service, job), profiles: [profileOf(job)] })] as const;
    }),
  );
  const own = recoveryContainers(laptop)
    .flatMap(({ volumes }) => volumes.map(({ name }) => name))
    .filter((name) => !known.has(name));
  return [
    composeFile(
      laptop,
      'recovery.yaml',
      {
        services: Object.fromEntries(services),
        volumes: Object.fromEntries([...new Set(own)].sort().map((name) => [name, {}])),
      },
      {
        ...Object.fromEntries(jobs.map(({ stages, why }) => [`services.${stages[0].name}`, why])),
        volumes: 'Beside the volumes of the servers, so that the loss of one is not the loss of both.',
      },
    ),
    ...recoveryContainers(laptop).flatMap((container) =>
      mountedFiles(container, 'repository', `${environmentFolder(laptop)}/${backingFolder}`),
    ),
  ];
}
