// Decides what both shapes of image have in common.
import type { ServiceModel } from '../model/service-model';
import type { Decisions } from './decisions';
import { repositoryOf } from './identity';
import type { BuildCommon } from './types';

const lockFiles = { npm: 'package-lock.json', pnpm: 'pnpm-lock.yaml', yarn: 'yarn.lock' } as const;
// Where each keeps its downloads as root in the build: https://docs.npmjs.com/cli/using-npm/config#cache, https://pnpm.io/npmrc#store-dir, https://yarnpkg.com/configuration/yarnrc#cacheFolder
const cacheFolders = { npm: '/root/.npm', pnpm: '/root/.local/share/pnpm/store', yarn: '/root/.cache/yarn' } as const;

/** `backend/services/x` → `../../..`. */
const upward = (folder: string): string =>
  folder === '.'
    ? '.'
    : folder
        .split('/')
        .map(() => '..')
        .join('/');

export function commonBuild(model: ServiceModel, decisions: Decisions): Omit<BuildCommon, 'user'> {
  const { runtime, name, description } = model.settings;
  const folder = runtime.workspace ?? '.';
  const full = runtime.nativeModules || runtime.prisma;
  return {
    builder: {
      repository: 'node',
      tag: decisions.decide(full ? `${runtime.node}-trixie` : `${runtime.node}-trixie-slim`, {
        path: 'builder.tag',
        from: runtime.nativeModules ? 'runtime.nativeModules' : runtime.prisma ? 'runtime.prisma' : 'runtime.node',
        why: runtime.nativeModules
          ? 'the full image has python3, make and g++ for packages that compile'
          : runtime.prisma
            ? 'Prisma chooses its engine by the OpenSSL that it finds while it generates: the full image has the one that runs'
            : 'the same system as at run time, so that what is installed here runs there',
        source: 'https://github.com/nodejs/docker-node',
      }),
      digest: runtime.buildDigest,
    },
    packageManager: decisions.decide(runtime.packageManager, {
      path: 'packageManager',
      from: 'runtime.packageManager',
      why: 'npm comes with Node.js',
      whyDefault: true,
    }),
    packageManagerVersion: runtime.packageManagerVersion,
    lockFile: lockFiles[runtime.packageManager],
    cacheFolder: cacheFolders[runtime.packageManager],
    folder,
    contextFromFolder: upward(folder),
    workspaces: runtime.workspaces.map((path) => ({ path })),
    buildCommand: runtime.build,
    environment: [{ name: 'NODE_ENV', value: 'production' }],
    // https://github.com/opencontainers/image-spec/blob/main/annotations.md
    labels: [
      { name: 'org.opencontainers.image.title', value: name },
      { name: 'org.opencontainers.image.description', value: description === '' ? name : description },
      { name: 'org.opencontainers.image.source', value: `https://github.com/${repositoryOf(model)}` },
      { name: 'org.opencontainers.image.vendor', value: model.platform.name },
    ],
  };
}
