// Turns the plan of the platform into compose files: everything on one laptop, by one `docker compose up`.
import type { ServicePlan } from '../../plan/types';
import type { LaptopPlan, PlatformPlan } from '../../plan/types/platform';
import type { PlatformRenderer } from '../platform';
import { outsideNetwork, publishedNetwork } from '../shared/compose/fixed';
import type { GeneratedFile } from '../shared/generated-file';
import { toYaml } from '../shared/yaml';
import { backingFiles } from './backing-files';
import { generatorFiles } from './generator-files';
import { environmentFile, environmentFolder, networksOf } from './layout';
import { proxyFiles } from './proxy-files';
import { recoveryFiles } from './recovery-files';
import { serviceFile } from './service-file';

function serviceFiles(plan: PlatformPlan, laptop: LaptopPlan, services: readonly ServicePlan[]): GeneratedFile[] {
  return laptop.services.map((there) => {
    const service = plan.services.find(({ name }) => name === there.name);
    const own = services.find(({ identity }) => identity.name === there.name);
    if (service === undefined || own === undefined) throw new Error(`BUG: nobody planned ${there.name}`);
    return serviceFile(laptop, service, there, own);
  });
}

/** The files of what watches the environment, which are rendered beside these: one for each part that has a server. */
function watchingFiles({ monitoring }: PlatformPlan, laptop: LaptopPlan): readonly string[] {
  const watchers = monitoring.find(
    ({ environment, runs }) => environment === laptop.name && runs === 'compose',
  )?.watchers;
  return [...new Set((watchers ?? []).map(({ part }) => `${part}.yaml`))];
}

function environmentFiles(plan: PlatformPlan, laptop: LaptopPlan, services: readonly ServicePlan[]): GeneratedFile[] {
  const parts = [
    ...generatorFiles(laptop),
    ...serviceFiles(plan, laptop, services),
    ...backingFiles(laptop),
    ...recoveryFiles(laptop),
    ...proxyFiles(laptop),
  ];
  const folder = `${environmentFolder(laptop)}/`;
  const isCompose = /^(?:services\/)?[^/]+\.yaml$/;
  const included = parts.map(({ path }) => path.slice(folder.length)).filter((path) => isCompose.test(path));
  const body = toYaml(
    {
      name: laptop.project,
      include: [...included, ...watchingFiles(plan, laptop)].sort(),
      networks: networksOf(laptop, [outsideNetwork, publishedNetwork]),
    },
    {
      networks: `Another platform on this machine, or other machines, may have ${laptop.addresses.prefix}.x.x: then set ${laptop.addresses.variable} to two other numbers.`,
      include: 'A name is declared in one of these files only; each may refer to what another one declares.',
      [`networks.${outsideNetwork}`]: 'Leads out, for the containers that a declaration lets reach other hosts.',
      [`networks.${publishedNetwork}`]:
        'Leads in from this machine; packets out leave with an address that nobody outside answers to.',
    },
  );
  return [environmentFile(laptop, 'compose.yaml', body, 'hash'), ...parts];
}

/** `docker compose up` at the root of the repository starts the first environment. */
function rootFile({ laptops: [first] }: PlatformPlan): GeneratedFile[] {
  if (first === undefined) return [];
  const body = toYaml({ name: first.project, include: [`${environmentFolder(first)}/compose.yaml`] });
  return [{ at: 'repository', path: 'compose.yaml', body, comment: 'hash', executable: false }];
}

export const renderPlatformCompose: PlatformRenderer = (plan, services) => [
  ...rootFile(plan),
  ...plan.laptops.flatMap((laptop) => environmentFiles(plan, laptop, services)),
];
