// Finds the package's own hook, which makes Node read TypeScript: beside lib/, and further up from the sources.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function registerHook(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const hook = join(folder, 'register.cjs');
    if (existsSync(hook)) return hook;
    if (folder === dirname(folder)) throw new Error('BUG: the package holds no register.cjs');
  }
}
