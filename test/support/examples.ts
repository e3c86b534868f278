// The examples of the repository: declaration, plan and generated files.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readYaml } from '../../src/declaration/read-yaml';
import { generate, type Outcome } from '../../src/generate';
import { commandMarker, withMarker } from '../../src/write/marker';

export const examplesFolder = path.join(__dirname, '../../examples');

export const exampleNames: readonly string[] = readdirSync(examplesFolder)
  .filter((name) => existsSync(path.join(examplesFolder, name, 'service.yaml')))
  .sort();

/** The outcome of a service.yaml text without a platform. */
export function generateYaml(text: string, platform: unknown = null): Outcome {
  const document = readYaml(text, 'service.yaml');
  if (document.diagnostics.length > 0) return { plan: null, files: [], diagnostics: document.diagnostics };
  return generate({ service: document.value, platform });
}

export const exampleText = (name: string): string =>
  readFileSync(path.join(examplesFolder, name, 'service.yaml'), 'utf8');

/** Path → text of everything that an example's `expected` folder holds. */
export function expectedFiles(outcome: Outcome): Map<string, string> {
  const files = new Map<string, string>([['plan.json', `${JSON.stringify(outcome.plan, null, 2)}\n`]]);
  for (const file of outcome.files) files.set(file.path, withMarker(file, commandMarker('service.yaml')));
  return files;
}
