// Turns every secret of an environment into secrets.yaml, the manifest that its generator reads, and the generator itself.
import type { SecretSource } from '../../plan/types';
import type { LaptopPlan } from '../../plan/types/platform';
import { secretsFolder, secretsService } from '../shared/compose/fixed';
import {
  applicationSecrets,
  backingSecrets,
  certificatesManifest,
  type ManifestFolder,
  secretsComments,
  secretsGenerator,
  secretsManifest,
} from '../shared/compose/secrets';
import type { GeneratedFile } from '../shared/generated-file';
import { toJson } from '../shared/json';
import { plainFile } from '../shared/template';
import { exporterContainers } from './backing-files';
import { composeFile, environmentFile, generatorFolder } from './layout';
import { backingContainers } from './neighbours';
import { proxyService } from './proxy-files';
import { recoveryContainers } from './recovery-files';

/** One property of one entry of the secret store is one value: services that share it have the same one here too. */
function sharedIds(sources: readonly SecretSource[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  return new Map(
    sources.map(({ id, remoteKey, remoteProperty }) => {
      const entry = JSON.stringify([remoteKey, remoteProperty]);
      const known = first.get(entry) ?? id;
      first.set(entry, known);
      return [id, known];
    }),
  );
}

function withSharedIds(folders: readonly ManifestFolder[], ids: ReadonlyMap<string, string>): ManifestFolder[] {
  const shared = (part: unknown): unknown => {
    const { secret } = part as { readonly secret?: string };
    return typeof part === 'string' || secret === undefined
      ? part
      : { ...(part as object), secret: ids.get(secret) ?? secret };
  };
  return folders.map(({ name, files }) => ({
    name,
    files: files.map((file) => ({ ...file, content: file.content.map(shared) })),
  }));
}

function manifestOf(laptop: LaptopPlan) {
  const ids = sharedIds(laptop.secretSources);
  const folders = [
    ...laptop.services.map(({ name, environment }) => applicationSecrets(name, environment)),
    ...backingContainers(laptop).map(backingSecrets),
    ...exporterContainers(laptop).map(backingSecrets),
    ...recoveryContainers(laptop)
      .filter(({ secretFiles }) => secretFiles.length > 0)
      .map(backingSecrets),
    ...laptop.containerSecrets.map(({ container, files }) => backingSecrets({ name: container, secretFiles: files })),
  ];
  const manifest = secretsManifest(
    laptop.secretSources.filter(({ id }) => ids.get(id) === id),
    withSharedIds(folders, ids),
  );
  return {
    ...(manifest ?? { sources: [], folders: [] }),
    certificates: certificatesManifest(laptop.authority, [
      { name: proxyService, certificate: laptop.proxy.certificate },
      ...backingContainers(laptop),
    ]),
  };
}

export const generatorFiles = (laptop: LaptopPlan): readonly GeneratedFile[] => [
  composeFile(
    laptop,
    'secrets.yaml',
    {
      services: {
        [secretsService]: secretsGenerator(laptop.limits, laptop.generator, {
          folder: generatorFolder,
          program: 'certificates.mjs',
          modules: ['secrets.mjs'],
        }),
      },
    },
    secretsComments,
  ),
  environmentFile(laptop, `${secretsFolder}/.gitignore`, '*\n!.gitignore\n', 'hash'),
  environmentFile(laptop, `${generatorFolder}/secrets.json`, toJson(manifestOf(laptop)), 'none'),
  environmentFile(laptop, `${generatorFolder}/secrets.mjs`, plainFile('compose/secrets.mjs'), 'slash'),
  environmentFile(laptop, `${generatorFolder}/certificates.mjs`, plainFile('compose/certificates.mjs'), 'slash'),
];
