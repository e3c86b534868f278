// Turns secret texts into the manifest that development secrets are generated from, and the service that generates them.
import type { ServerCertificatePlan } from '../../../catalog/facts';
import type {
  DevelopmentAuthorityPlan,
  EnvironmentPlan,
  ImageReference,
  SecretSource,
  SecretText,
} from '../../../plan/types';
import { secretsFolder, secretsService, unprivileged } from './fixed';
import { bind, type ComposeService, imageName, type LaptopLimits, laidOut, limits } from './service';

/** What one set of containers reads: the same secrets as the same user. */
export interface ManifestFolder {
  readonly name: string;
  readonly files: readonly { readonly name: string; readonly content: readonly unknown[] }[];
}

/** A literal part is its text; a secret part names its source. */
export const content = (text: SecretText): readonly unknown[] =>
  text.map((part) => (part.kind === 'literal' ? part.text : { secret: part.secret, encoding: part.encoding }));

/** The folder of a service: a file for each secret variable. */
export const applicationSecrets = (name: string, environment: EnvironmentPlan): ManifestFolder => ({
  name,
  files: environment.variables
    .filter(({ secret }) => secret)
    .map((variable) => ({ name: variable.name, content: content(variable.value) })),
});

/** The folder of a backing container. */
export const backingSecrets = (container: {
  readonly name: string;
  readonly secretFiles: readonly { readonly name: string; readonly content: SecretText }[];
}): ManifestFolder => ({
  name: container.name,
  files: container.secretFiles.map((file) => ({ name: file.name, content: content(file.content) })),
});

/** What secrets.mjs reads; null when nothing here has a secret. */
export function secretsManifest(sources: readonly SecretSource[], all: readonly ManifestFolder[]) {
  const folders = all.filter(({ files }) => files.length > 0);
  if (folders.length === 0) return null;
  return {
    sources: sources.map(({ id, description, generatedLength, developmentValue }) => ({
      id,
      description,
      length: generatedLength,
      value: developmentValue,
    })),
    folders,
  };
}

/** The folder of one container's secrets, and nothing else of them. Its source is made by the time the container starts. */
export const secretsMount = (from: string, folder: string, target: string) =>
  bind(`${from}/files/${folder}`, target, true);

/** What certificates.mjs signs and for how long. */
export function certificatesManifest(
  authority: DevelopmentAuthorityPlan,
  servers: readonly { readonly name: string; readonly certificate: ServerCertificatePlan | null }[],
) {
  return {
    authority: authority.name,
    days: authority.lifetimeDays,
    renewDaysBefore: authority.renewDaysBefore,
    folders: servers.flatMap(({ name, certificate }) =>
      certificate === null
        ? []
        : [{ name, hosts: [...certificate.dnsNames, ...certificate.addresses], usages: certificate.usages }],
    ),
  };
}

/** A server's own certificate with its authority's. */
export const certificateMount = (from: string, server: string, target: string) =>
  bind(`${from}/certificates/${server}`, target, true);

/** The authority's certificate alone. */
export const authorityMount = (from: string, target: string) => bind(`${from}/authority`, target, true);

const scriptFolder = '/opt/groundwork';
const amounts = { cpuMillis: 500, memoryMiB: 128, ephemeralStorageMiB: 0 };

/** The generator's files, in a folder beside the compose file: what is started, and what that imports. */
export interface GeneratorFiles {
  readonly folder: string;
  readonly program: string;
  readonly modules: readonly string[];
}

/** The one-shot that generates the secrets, by the Node.js that services are built with. */
export function secretsGenerator(
  laptop: LaptopLimits,
  image: ImageReference,
  { folder, program, modules }: GeneratorFiles,
): ComposeService {
  return laidOut({
    image: imageName(image),
    entrypoint: ['node', `${scriptFolder}/${program}`, `${scriptFolder}/secrets.json`, '/secrets'],
    ...unprivileged,
    user: '0:0',
    cap_add: ['CHOWN', 'DAC_OVERRIDE'],
    network_mode: 'none',
    volumes: [
      ...[program, ...modules, 'secrets.json'].map((file) =>
        bind(`./${folder}/${file}`, `${scriptFolder}/${file}`, false),
      ),
      { type: 'bind', source: `./${secretsFolder}`, target: '/secrets', bind: { create_host_path: false } },
    ],
    restart: 'no',
    ...limits(laptop, amounts, amounts),
  });
}

/** Why the service is as it is; by path, for the comments of the file. */
export const secretsComments: Readonly<Record<string, string>> = {
  [`services.${secretsService}`]: [
    `Generates the development secrets into ${secretsFolder}/, which git ignores: each value once, then kept.`,
    "Compose's own `secrets: file:` cannot do it: the engine wants those files before the first container starts.",
  ].join('\n'),
  [`services.${secretsService}.user`]: [
    'The folder belongs to whoever checked the repository out, with a user id that no image knows. DAC_OVERRIDE lets root',
    'write into it all the same; CHOWN gives what it wrote back to that person, who can then remove it.',
  ].join('\n'),
};
