// What Yarn is asked to do in a build: the classic line 1, and the line that began with 2.
import type { Installation, PackageManagerCommands } from './package-manager';

const isMonorepo = ({ workspaces }: Installation): boolean => workspaces.length > 0;

/** A plain install takes what package.json says where the lock file says nothing; `lockEntry` catches that. */
const classicInstall = (installation: Installation, ...options: readonly string[]): readonly string[] => [
  'yarn',
  'install',
  ...options,
  ...(installation.scripts ? [] : ['--ignore-scripts']),
  '--non-interactive',
];

export const yarnClassic: PackageManagerCommands = {
  name: 'yarn',
  distribution: 'yarn',
  settings: ['.npmrc', '.yarnrc'],
  settingFolders: [],
  environment: (cacheFolder) => [{ name: 'YARN_CACHE_FOLDER', value: cacheFolder }],
  secret: { id: 'npmrc', target: '/root/.npmrc' },
  // In a monorepo `--frozen-lockfile` checks the root only: https://github.com/yarnpkg/yarn/issues/5840
  install: (installation) => classicInstall(installation, ...(isMonorepo(installation) ? [] : ['--frozen-lockfile'])),
  production: (installation) => classicInstall(installation, '--production', '--frozen-lockfile'),
  execute: ['yarn', 'run'],
  // Yarn 1 has no option for a script that may be missing; npm runs scripts of any package.
  buildWorkspace: (folder) => ['npm', '--prefix', folder, 'run', 'build', '--if-present'],
  lockEntry: '^  resolved ',
  runsOwnScripts: false,
};

export const yarnModern: PackageManagerCommands = {
  name: 'yarn',
  distribution: '@yarnpkg/cli-dist',
  settings: ['.yarnrc.yml'],
  settingFolders: ['.yarn'],
  environment: (cacheFolder) => [
    { name: 'YARN_GLOBAL_FOLDER', value: cacheFolder },
    { name: 'YARN_ENABLE_GLOBAL_CACHE', value: 'true' },
    // The version that is installed here, not a copy in the repository.
    { name: 'YARN_IGNORE_PATH', value: '1' },
    // `node dist/index.js` finds packages in node_modules only: Plug'n'Play would need its loader.
    { name: 'YARN_NODE_LINKER', value: 'node-modules' },
    { name: 'YARN_ENABLE_TELEMETRY', value: 'false' },
  ],
  secret: { id: 'yarnrc', target: '/root/.yarnrc.yml' },
  // `--immutable` would refuse a lock file that names workspaces which are not in this build.
  install: (installation) => [
    'yarn',
    'install',
    isMonorepo(installation) ? '--no-immutable' : '--immutable',
    ...(installation.scripts ? [] : ['--mode=skip-build']),
  ],
  // https://yarnpkg.com/cli/workspaces/focus: the workspace in that folder and those that it depends on.
  production: ({ folder }) => ['yarn', '--cwd', folder, 'workspaces', 'focus', '--production'],
  execute: ['yarn', 'run'],
  buildWorkspace: (folder) => ['npm', '--prefix', folder, 'run', 'build', '--if-present'],
  lockEntry: '^  resolution: ',
  runsOwnScripts: true,
};
