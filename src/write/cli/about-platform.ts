// Tells whether a command is about a whole platform, without loading what only platforms need.
import { readFileSync } from 'node:fs';
import { findPlatformAlone } from '../declared/find';
import type { Arguments } from './arguments';
import { ownedByProjen } from './open';

const declaresPlatform = /\b(?:PlatformProject|GroundworkPlatform)\b/;

/** The .projenrc.ts that declares a platform; null where there is none, or another kind of project. */
export function projenrcOfPlatform(args: Arguments, folder: string): string | null {
  const projenrc = ownedByProjen(args, folder);
  return projenrc !== null && declaresPlatform.test(readFileSync(projenrc, 'utf8')) ? projenrc : null;
}

/** Its declaration is named, or is here and no service's is. */
export function isAboutPlatform(args: Arguments, folder: string): boolean {
  const projenrc = ownedByProjen(args, folder);
  const text = projenrc === null ? '' : readFileSync(projenrc, 'utf8');
  if (declaresPlatform.test(text)) return true;
  // A service that is declared in .projenrc.ts may have its platform's declaration beside it.
  return !text.includes('groundwork') && findPlatformAlone(folder, args.file) !== null;
}
