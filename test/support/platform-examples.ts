// The example platforms of the repository: declarations and the outcome of all of them together.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readYaml } from '../../src/declaration/read-yaml';
import { generatePlatform, type PlatformOutcome, type ServiceInput } from '../../src/generate-platform';
import { markerFor } from '../../src/write/cli/platform/targets';
import { withMarker } from '../../src/write/marker';

export const examplesFolder = path.join(__dirname, '../../examples');

export const platformNames: readonly string[] = readdirSync(examplesFolder)
  .filter((name) => existsSync(path.join(examplesFolder, name, 'platform.yaml')))
  .sort();

const posix = (file: string): string => file.split(path.sep).join('/');

function declarationIn(file: string): unknown {
  const document = readYaml(readFileSync(file, 'utf8'), file);
  if (document.diagnostics.length > 0) throw new Error(`${file} does not parse`);
  return document.value;
}

/** Every service.yaml below a folder, but for generated ones. */
export function servicesBelow(root: string): ServiceInput[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === 'service.yaml')
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !posix(path.relative(root, file)).startsWith('expected/'))
    .map((file) => ({
      declaration: posix(path.relative(root, file)),
      value: declarationIn(file),
      folder: posix(path.relative(root, path.dirname(file))),
      published: null,
    }))
    .sort((a, b) => (a.declaration < b.declaration ? -1 : 1));
}

export function generateFolder(root: string): PlatformOutcome {
  return generatePlatform({
    platform: declarationIn(path.join(root, 'platform.yaml')),
    declaration: 'platform.yaml',
    services: servicesBelow(root),
  });
}

/** What stands as it is in rule files, their tests and dashboards: megabytes that nobody reads twice. */
const laidOutElsewhere = ['groups', 'tests', 'serviceRules', 'dashboards'];

function planText({ plan }: PlatformOutcome): string {
  const monitoring = plan?.monitoring.map((each) =>
    Object.fromEntries(Object.entries(each).filter(([key]) => !laidOutElsewhere.includes(key))),
  );
  return `${JSON.stringify({ ...plan, monitoring }, null, 2)}\n`;
}

/** Path → text of everything that a platform example's `expected` folder holds. */
export function expectedPlatformFiles(outcome: PlatformOutcome): Map<string, string> {
  const files = new Map<string, string>([['plan.json', planText(outcome)]]);
  const marker = markerFor('platform.yaml', outcome.services);
  for (const file of outcome.files) files.set(file.path, withMarker(file, marker(file.path)));
  return files;
}
