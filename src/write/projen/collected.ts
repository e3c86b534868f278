// Hands the declarations of a .projenrc.ts to the `groundwork` command, which has no other way to see them.
import { appendFileSync } from 'node:fs';

/** Set by the command to the file that each declaration is appended to, as one line of JSON. */
export const collectVariable = 'GROUNDWORK_COLLECT';

export interface CollectedDeclaration {
  readonly service: unknown;
  readonly platform: unknown;
  readonly name: string;
}

export interface CollectedService {
  readonly value: unknown;
  /** As shown. */
  readonly declaration: string;
  readonly folder: string;
  readonly published: null;
}

/** A whole platform: its declaration, and those of services that are no files. */
export interface CollectedPlatform {
  readonly platform: unknown;
  readonly name: string;
  readonly services: readonly CollectedService[];
}

/** True when the command asked for it. */
export function collect(declaration: CollectedDeclaration | CollectedPlatform): boolean {
  const file = process.env[collectVariable];
  if (file === undefined) return false;
  appendFileSync(file, `${JSON.stringify(declaration)}\n`);
  return true;
}
