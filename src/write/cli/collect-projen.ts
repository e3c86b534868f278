// Takes the declarations out of a .projenrc.ts, of one service or of a platform: the command has no file to read.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Evaluated, evaluateLoaded } from '../declared/evaluate';
import {
  type EvaluatedPlatform,
  evaluateLoadedPlatform,
  type LoadedService,
  loadServices,
} from '../declared/evaluate-platform';
import { type LoadedDeclaration, loadYaml } from '../declared/load';
import { type CollectedDeclaration, type CollectedPlatform, collectVariable } from '../projen/collected';
import { inScratchFolder, runProjenrc } from './run-projenrc';

const typed = (value: unknown, shown: string): LoadedDeclaration => ({ value, shown, placeOf: null, diagnostics: [] });

const isYaml = (name: string): boolean => /\.ya?ml$/.test(name);

/** Declared in YAML, it has places. */
const loadedFrom = (folder: string, name: string, value: unknown): LoadedDeclaration =>
  isYaml(name) && existsSync(join(folder, name)) ? loadYaml(join(folder, name), name) : typed(value, name);

/** Every declaration that the file hands over, and what it printed. */
function collected<T>(projenrc: string, use: (declarations: readonly unknown[], stderr: string) => T): T {
  return inScratchFolder((scratch) => {
    const list = join(scratch, 'collected.jsonl');
    const { stderr } = runProjenrc(projenrc, scratch, { [collectVariable]: list });
    const lines = existsSync(list) ? readFileSync(list, 'utf8').trimEnd().split('\n') : [];
    return use(
      lines.map((line) => JSON.parse(line) as unknown),
      stderr,
    );
  });
}

/** The evaluated declaration, or why there is none. */
export function evaluateProjenrc(projenrc: string): Evaluated | string {
  const folder = dirname(projenrc);
  return collected(projenrc, (declarations, stderr) => {
    const [first, ...others] = declarations as CollectedDeclaration[];
    if (first === undefined) return `${projenrc} declares no service of Groundwork.\n${stderr}`;
    if (others.length > 0)
      return `${projenrc} declares ${declarations.length} services: put each into a YAML file, and name it with --file`;
    const { name, service, platform } = first;
    const loaded = loadedFrom(folder, name, service);
    return evaluateLoaded(loaded, platform === null ? null : typed(platform, 'platform'), folder, name);
  });
}

const isPlatform = (declaration: unknown): declaration is CollectedPlatform =>
  Array.isArray((declaration as { readonly services?: unknown }).services);

/** The evaluated platform, or why there is none. */
export function evaluateProjenrcPlatform(projenrc: string): EvaluatedPlatform | string {
  const folder = dirname(projenrc);
  return collected(projenrc, (declarations, stderr) => {
    const [first] = declarations.filter(isPlatform);
    if (first === undefined) return `${projenrc} declares no platform of Groundwork.\n${stderr}`;
    const { name, platform, services } = first;
    const loaded = loadedFrom(folder, name, platform);
    const inline = services.map(
      ({ value, ...service }): LoadedService => ({
        ...service,
        loaded: loadedFrom(folder, service.declaration, value),
      }),
    );
    const files = loadServices(loaded, folder);
    return evaluateLoadedPlatform(loaded, [...files.services, ...inline], files.notFound, folder, name);
  });
}
