// What npm is asked to do in a build.
import type { Installation, PackageManagerCommands } from './package-manager';

/** https://docs.npmjs.com/cli/commands/npm-ci: fails when package.json and the lock file differ. */
const ci = ({ workspaces, scripts, cacheFolder }: Installation, ...options: readonly string[]): readonly string[] => [
  'npm',
  'ci',
  ...options,
  ...(scripts ? [] : ['--ignore-scripts']),
  '--no-audit',
  '--no-fund',
  `--cache=${cacheFolder}`,
  ...workspaces.map((folder) => `--workspace=${folder}`),
];

export const npm: PackageManagerCommands = {
  name: 'npm',
  distribution: null,
  settings: ['.npmrc'],
  settingFolders: [],
  environment: () => [],
  secret: { id: 'npmrc', target: '/root/.npmrc' },
  // The compiler is often a dependency of the root.
  install: (installation) => [
    ...ci(installation),
    ...(installation.workspaces.length > 0 ? ['--include-workspace-root'] : []),
  ],
  production: (installation) => ci(installation, '--omit=dev'),
  execute: ['npx', '--no', '--'],
  buildWorkspace: (folder) => ['npm', 'run', 'build', '--if-present', `--workspace=${folder}`],
  lockEntry: null,
  runsOwnScripts: false,
};
