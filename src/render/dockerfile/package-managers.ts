// Chooses the definition of a plan's package manager by its name and version.
import type { BuildCommon } from '../../plan/types';
import { npm } from './npm';
import type { PackageManagerCommands } from './package-manager';
import { pnpm } from './pnpm';
import { yarnClassic, yarnModern } from './yarn';

/** Yarn 2 changed lock file, options and the package that it comes in; its name stayed. */
const isClassic = (version: string | null): boolean => version?.startsWith('1.') ?? false;

export function commandsOf({ packageManager, packageManagerVersion }: BuildCommon): PackageManagerCommands {
  if (packageManager === 'yarn') return isClassic(packageManagerVersion) ? yarnClassic : yarnModern;
  return { npm, pnpm }[packageManager];
}

/** `pnpm@10.20.0`, as npm installs it; null when it comes with Node.js. */
export function toolOf(build: BuildCommon): string | null {
  const { distribution, name } = commandsOf(build);
  if (distribution === null) return null;
  if (build.packageManagerVersion === null) throw new Error(`BUG: the plan lacks the version of ${name}`);
  return `${distribution}@${build.packageManagerVersion}`;
}
