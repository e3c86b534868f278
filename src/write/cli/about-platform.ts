// Tells whether a command is about a whole platform, without loading what only platforms need.
import { readFileSync } from 'node:fs';
import { findPlatformAlone } from '../declared/find';
import type { Arguments } from './arguments';
import { ownedByProjen } from './open';

/** The .projenrc.ts that declares a platform; null where there is none, or another kind of project. */
export function projenrcOfPlatform(args: Arguments, folder: string): string | null {
  const projenrc = ownedByProjen(args, folder);
  if (projenrc === null) return null;
  return /\b(?:PlatformProject|GroundworkPlatform)\b/.test(readFileSync(projenrc, 'utf8')) ? projenrc : null;
}

/** Its declaration is named, or is here and no service's is. */
export function isAboutPlatform(args: Arguments, folder: string): boolean {
  return projenrcOfPlatform(args, folder) !== null || findPlatformAlone(folder, args.file) !== null;
}
