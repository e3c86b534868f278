// What pnpm is asked to do in a build.
import type { Installation, PackageManagerCommands } from './package-manager';

/** https://pnpm.io/filtering: braces select the workspace in exactly that folder. */
const only = (folder: string): string => `--filter={${folder === '.' ? '.' : `./${folder}`}}`;

const install = (
  { workspaces, scripts, cacheFolder }: Installation,
  ...options: readonly string[]
): readonly string[] => [
  'pnpm',
  'install',
  '--frozen-lockfile',
  ...options,
  ...(scripts ? [] : ['--ignore-scripts']),
  `--store-dir=${cacheFolder}`,
  ...workspaces.map(only),
];

export const pnpm: PackageManagerCommands = {
  name: 'pnpm',
  distribution: 'pnpm',
  settings: ['pnpm-workspace.yaml', '.npmrc', '.pnpmfile.cjs'],
  settingFolders: ['patches'],
  environment: () => [],
  secret: { id: 'npmrc', target: '/root/.npmrc' },
  // The compiler is often a dependency of the root.
  install: (installation) => [...install(installation), ...(installation.workspaces.length > 0 ? [only('.')] : [])],
  production: (installation) => install(installation, '--prod'),
  execute: ['pnpm', 'exec'],
  buildWorkspace: (folder) => ['pnpm', only(folder), 'run', '--if-present', 'build'],
  lockEntry: null,
  runsOwnScripts: false,
};
