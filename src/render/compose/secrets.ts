// Turns secret texts into the manifest that development secrets are generated from, and the service that generates them.
import type { EnvironmentPlan, ImageReference, SecretText, ServicePlan } from '../../plan/types';
import { backingSecretsPath, filesFolder, secretsFolder, unprivileged } from './fixed';
import { bind, type ComposeService, imageName, laidOut, limits } from './service';

interface ManifestFolder {
  readonly name: string;
  readonly files: readonly { readonly name: string; readonly content: readonly unknown[] }[];
}

/** A literal part is its text; a secret part names its source. */
const content = (text: SecretText): readonly unknown[] =>
  text.map((part) => (part.kind === 'literal' ? part.text : { secret: part.secret, encoding: part.encoding }));

/** One folder per set of containers that read the same secrets as the same user: the service, and each backing container. */
function foldersOf(plan: ServicePlan, environment: EnvironmentPlan): readonly ManifestFolder[] {
  const variables = environment.variables.filter(({ secret }) => secret);
  const own = {
    name: plan.identity.name,
    files: variables.map(({ name, value }) => ({ name, content: content(value) })),
  };
  const backing = environment.backing.map((container) => ({
    name: container.name,
    files: container.secretFiles.map((file) => ({ name: file.name, content: content(file.content) })),
  }));
  return [own, ...backing].filter(({ files }) => files.length > 0);
}

/** What compose/secrets.mjs reads; null when nothing here has a secret. */
export function secretsManifest(plan: ServicePlan, environment: EnvironmentPlan) {
  const folders = foldersOf(plan, environment);
  if (folders.length === 0) return null;
  const sources = environment.secretSources.map(({ id, description, generatedLength, developmentValue }) => ({
    id,
    description,
    length: generatedLength,
    value: developmentValue,
  }));
  return { sources, folders };
}

/** The folder of one container's secrets, and nothing else of them. Its source is made by the time the container starts. */
const secretsMount = (folder: string, target: string) => bind(`./${secretsFolder}/files/${folder}`, target, true);

export const applicationSecretsMount = (plan: ServicePlan, environment: EnvironmentPlan) =>
  secretsMount(plan.identity.name, environment.secretStore.mountPath);

export const backingSecretsMount = (container: string) => secretsMount(container, backingSecretsPath);

const scriptFolder = '/opt/groundwork';
const amounts = { cpuMillis: 500, memoryMiB: 128, ephemeralStorageMiB: 0 };

/** The one-shot that generates the secrets, by the Node.js that the service is built with. */
export function secretsGenerator(environment: EnvironmentPlan, image: ImageReference): ComposeService {
  return laidOut({
    image: imageName(image),
    entrypoint: ['node', `${scriptFolder}/secrets.mjs`, `${scriptFolder}/secrets.json`, '/secrets'],
    ...unprivileged,
    user: '0:0',
    cap_add: ['CHOWN', 'DAC_OVERRIDE'],
    network_mode: 'none',
    volumes: [
      bind(`./${filesFolder}/secrets.mjs`, `${scriptFolder}/secrets.mjs`, false),
      bind(`./${filesFolder}/secrets.json`, `${scriptFolder}/secrets.json`, false),
      { type: 'bind', source: `./${secretsFolder}`, target: '/secrets', bind: { create_host_path: false } },
    ],
    restart: 'no',
    ...limits(environment, amounts, amounts),
  });
}

/** Why the service is as it is; by path, for the comments of the file. */
export const secretsComments = (service: string) => ({
  [service]: [
    `Generates the development secrets into ${secretsFolder}/, which git ignores: each value once, then kept.`,
    "Compose's own `secrets: file:` cannot do it: the engine wants those files before the first container starts.",
  ].join('\n'),
  [`${service}.user`]: [
    'The folder belongs to whoever checked the repository out, with a user id that no image knows. DAC_OVERRIDE lets root',
    'write into it all the same; CHOWN gives what it wrote back to that person, who can then remove it.',
  ].join('\n'),
});
