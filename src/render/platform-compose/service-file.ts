// Turns one service of the platform into services/SERVICE.yaml: its web container, workers, migration and jobs.
import { posix } from 'node:path';
import type { ServicePlan } from '../../plan/types';
import type { LaptopPlan, LaptopServicePlan, PlatformServicePlan } from '../../plan/types/platform';
import { applicationServices } from '../shared/compose/application';
import { secretsFolder } from '../shared/compose/fixed';
import { networksInto } from '../shared/compose/networks';
import { unlessEmpty } from '../shared/compose/service';
import type { GeneratedFile } from '../shared/generated-file';
import type { YamlComments } from '../shared/yaml';
import { composeFile, networksOf, rootFromServices } from './layout';
import { serviceNeighbours } from './neighbours';

/** `financial-service` → `FINANCIAL_SERVICE_TAG`. */
const tagVariable = (service: string): string => `${service.toUpperCase().replaceAll('-', '_')}_TAG`;

/** The image with the tag that the caller's environment names, or else the one that the service's declaration does. */
const taggedImage = ({ identity, image }: ServicePlan): string =>
  `${image.repository}:\${${tagVariable(identity.name)}:-${image.tag}}`;

/** From services/ to the folder that the image is built from. */
const contextOf = ({ build }: ServicePlan, folder: string): string =>
  posix.join(rootFromServices, folder, build.contextFromFolder);

interface Image {
  readonly first: Readonly<Record<string, unknown>>;
  readonly others: Readonly<Record<string, unknown>>;
  /** Whether the tag is the caller's to choose. */
  readonly isPulled: boolean;
}

/** Built by one container only, since all of them run the same image; the others wait for it and never ask a registry for it. */
function imageOf(laptop: LaptopPlan, service: PlatformServicePlan, plan: ServicePlan): Image {
  if (laptop.images === 'registry' || service.folder === null) return { first: {}, others: {}, isPulled: true };
  return {
    first: { build: { context: contextOf(plan, service.folder), dockerfile: plan.delivery.dockerfile } },
    others: { pull_policy: 'never' },
    isPulled: false,
  };
}

const commentsOf = (own: readonly string[], hasOverrides: boolean): YamlComments => ({
  ...(own.length > 0
    ? {
        networks:
          'One for each caller: who is on none cannot reach it. Where it calls itself, the network is in the file of that.',
      }
    : {}),
  ...(hasOverrides
    ? {
        services:
          "Overrides for `compose` are about the service's own compose.yaml, whose ports and data stores are others: not applied here.",
      }
    : {}),
});

export function serviceFile(
  laptop: LaptopPlan,
  service: PlatformServicePlan,
  { environment }: LaptopServicePlan,
  plan: ServicePlan,
): GeneratedFile {
  const { isPulled, ...image } = imageOf(laptop, service, plan);
  const services = applicationServices(plan, environment, {
    image: { name: `${plan.image.repository}:${plan.image.tag}`, ...image },
    secretsFolder: `../${secretsFolder}`,
    // The proxy is the one way in: two services can never ask for the same port of the host.
    publishedPort: null,
    neighbours: (component) => serviceNeighbours(laptop, service.name, component),
    networksInto: (workload) => networksInto(laptop.networks, workload),
  });
  const own = environment.workloads
    .filter(({ port }) => port !== null)
    .flatMap(({ name }) => networksInto(laptop.networks, name));
  const hasOverrides = environment.overrides.some(({ artifact }) => artifact === 'compose');
  return composeFile(
    laptop,
    `services/${service.name}.yaml`,
    { services, networks: unlessEmpty(networksOf(laptop, own)) },
    commentsOf(own, hasOverrides),
    isPulled ? Object.fromEntries(Object.keys(services).map((name) => [name, taggedImage(plan)])) : {},
  );
}
