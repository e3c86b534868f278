// Runs .projenrc.ts in another folder, so that projen changes nothing in the repository.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { registerHook } from '../declared/register-hook';
import { repositoryVariable } from '../projen/repository-folder';

export function inScratchFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'groundwork-projen-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `folder` is an empty one, which gets what projen writes. */
export function runProjenrc(
  projenrc: string,
  folder: string,
  variables: Readonly<Record<string, string>> = {},
): { readonly status: number | null; readonly stderr: string } {
  const repository = dirname(projenrc);
  const manifest = join(repository, 'package.json');
  if (existsSync(manifest)) copyFileSync(manifest, join(folder, 'package.json'));
  // projen behaves differently under tests; and it must not install packages into the empty folder.
  const { NODE_ENV: _, ...inherited } = process.env;
  const env = { ...inherited, PROJEN_DISABLE_POST: 'true', [repositoryVariable]: repository, ...variables };
  return spawnSync(process.execPath, ['-r', registerHook(), projenrc], { cwd: folder, encoding: 'utf8', env });
}
