// Takes the declaration out of a .projenrc.ts: the repository has no service.yaml.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Evaluated, evaluateLoaded } from '../declared/evaluate';
import { type LoadedDeclaration, loadYaml } from '../declared/load';
import { type CollectedDeclaration, collectVariable } from '../projen/collected';
import { inScratchFolder, runProjenrc } from './run-projenrc';

const typed = (value: unknown, shown: string): LoadedDeclaration => ({ value, shown, placeOf: null, diagnostics: [] });

/** The evaluated declaration, or why there is none. */
export function evaluateProjenrc(projenrc: string): Evaluated | string {
  const folder = dirname(projenrc);
  return inScratchFolder((scratch) => {
    const list = join(scratch, 'collected.jsonl');
    const { stderr } = runProjenrc(projenrc, scratch, { [collectVariable]: list });
    const lines = existsSync(list) ? readFileSync(list, 'utf8').trimEnd().split('\n') : [];
    const [collected, ...others] = lines.map((line) => JSON.parse(line) as CollectedDeclaration);
    if (collected === undefined) return `${projenrc} declares no service of Groundwork.\n${stderr}`;
    if (others.length > 0)
      return `${projenrc} declares ${lines.length} services: put each into a YAML file, and name it with --file`;
    const { name, service, platform } = collected;
    // Declared in YAML, it has places.
    const loaded = /\.ya?ml$/.test(name) ? loadYaml(join(folder, name), name) : typed(service, name);
    return evaluateLoaded(loaded, platform === null ? null : typed(platform, 'platform'), folder, name);
  });
}
