// Hands the declarations of a .projenrc.ts to the `groundwork` command, which has no other way to see them.
import { appendFileSync } from 'node:fs';

/** Set by the command to the file that each declaration is appended to, as one line of JSON. */
export const collectVariable = 'GROUNDWORK_COLLECT';

export interface CollectedDeclaration {
  readonly service: unknown;
  readonly platform: unknown;
  readonly name: string;
}

/** True when the command asked for it. */
export function collect(declaration: CollectedDeclaration): boolean {
  const file = process.env[collectVariable];
  if (file === undefined) return false;
  appendFileSync(file, `${JSON.stringify(declaration)}\n`);
  return true;
}
