// Writes a first platform.yaml at the root of a monorepo, and a first service.yaml for each service in it.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { declarationIn } from '../declared/expand-pattern';
import { draftPlatform, type PlatformFindings, platformName, repositoryOf } from './draft-platform';
import { type InitResult, initService, writeNew } from './init-service';
import { readSnapshot } from './read-snapshot';
import { type Found, jsonObject, type ProjectSnapshot, packageFile } from './snapshot';

export interface InitPlatformResult extends InitResult {
  readonly services: readonly InitResult[];
}

/** Of `services` in the platform's schema. */
const isServiceFolder = (folder: string): boolean => /^[A-Za-z0-9_@][\w.@-]*(?:\/[A-Za-z0-9_@][\w.@-]*)*$/.test(folder);

/** What tells that a workspace is run, and not only imported by others. */
function signOfService(root: string, folder: string, text: string): string | null {
  if (declarationIn(join(root, folder)) !== null) return 'it has a declaration';
  if (packageFile(text)?.scripts.has('start') === true) return 'it has a start script';
  const file = ['Dockerfile', 'index.html'].find((name) => existsSync(join(root, folder, name)));
  return file === undefined ? null : `it has ${file === 'Dockerfile' ? 'a' : 'an'} ${file}`;
}

function servicesIn(root: string, { files }: ProjectSnapshot): Found<string>[] {
  return [...files]
    .flatMap(([path, text]): Found<string>[] => {
      if (!path.endsWith('/package.json')) return [];
      const folder = path.slice(0, -'/package.json'.length);
      const from = isServiceFolder(folder) ? signOfService(root, folder, text) : null;
      return from === null ? [] : [{ value: folder, from }];
    })
    .sort((a, b) => (a.value < b.value ? -1 : 1));
}

function findingsOf(folder: string, snapshot: ProjectSnapshot, services: readonly Found<string>[]): PlatformFindings {
  const manifest = snapshot.files.get('package.json');
  const ofPackage = platformName(packageFile(manifest)?.name ?? '');
  const repository = repositoryOf(jsonObject(manifest)?.repository);
  return {
    name:
      ofPackage === null
        ? { value: platformName(basename(folder)) ?? 'platform', from: 'from the name of the folder' }
        : { value: ofPackage, from: 'from package.json "name"' },
    repository: repository === null ? null : { value: repository, from: 'from package.json "repository"' },
    services,
  };
}

/** Null where the folder is not the root of a monorepo with services. */
export function initPlatform(folder: string): InitPlatformResult | null {
  const snapshot = readSnapshot(folder);
  const services = snapshot.folder === '' ? servicesIn(folder, snapshot) : [];
  if (services.length === 0) return null;
  const text = draftPlatform(findingsOf(folder, snapshot, services));
  const file = join(folder, 'platform.yaml');
  const isWritten = writeNew(file, text);
  const drafted = services
    .filter(({ value }) => declarationIn(join(folder, value)) === null)
    .map(({ value }) => initService(join(folder, value)));
  return { file, isWritten, text, remarks: [], services: drafted };
}
