// Names package managers as projen names them.
import { javascript } from 'projen';

export const packageManagers = {
  npm: javascript.NodePackageManager.NPM,
  pnpm: javascript.NodePackageManager.PNPM,
  yarn: javascript.NodePackageManager.YARN_BERRY,
} as const;
