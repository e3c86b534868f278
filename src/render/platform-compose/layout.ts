// Says where the files of one environment are and how one of them is made.
import type { LaptopPlan } from '../../plan/types/platform';
import { withoutInterpolation } from '../shared/compose/interpolation';
import { platformNetworks } from '../shared/compose/networks';
import type { ComposeService } from '../shared/compose/service';
import type { CommentStyle, GeneratedFile } from '../shared/generated-file';
import { toYaml, type YamlComments } from '../shared/yaml';

/** From the root of the repository. */
export const environmentFolder = ({ name }: LaptopPlan): string => `platform/compose/${name}`;

/** From `services/` of an environment to the root of the repository. */
export const rootFromServices = '../../../..';

/** Folder of the files that backing containers mount, beside backing.yaml. */
export const backingFolder = 'backing';

/** Folder of what the one-shot generator runs and reads, beside secrets.yaml. */
export const generatorFolder = 'generator';

/** Folder of nginx' configuration, beside proxy.yaml. */
export const proxyFolder = 'nginx';

export const environmentFile = (
  laptop: LaptopPlan,
  path: string,
  body: string,
  comment: CommentStyle,
): GeneratedFile => ({
  at: 'repository',
  path: `${environmentFolder(laptop)}/${path}`,
  body,
  comment,
  executable: false,
});

export interface ComposeDocument {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks?: Readonly<Record<string, unknown>> | undefined;
  readonly volumes?: Readonly<Record<string, unknown>> | undefined;
}

/** The networks' declarations with their addresses. */
export const networksOf = ({ addresses }: LaptopPlan, names: readonly string[]) => platformNetworks(addresses, names);

/** A compose file in which nothing is interpolated but what the caller writes so: `images` by service, and addresses of networks. */
export function composeFile(
  laptop: LaptopPlan,
  path: string,
  document: ComposeDocument,
  comments: YamlComments,
  images: Readonly<Record<string, string>> = {},
): GeneratedFile {
  const { networks, ...others } = document;
  const plain = withoutInterpolation(others) as ComposeDocument;
  const services = Object.fromEntries(
    Object.entries(plain.services).map(([name, service]) => [
      name,
      images[name] === undefined ? service : { ...service, image: images[name] },
    ]),
  );
  return environmentFile(laptop, path, toYaml({ services, networks, volumes: plain.volumes }, comments), 'hash');
}
