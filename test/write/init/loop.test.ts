// A drafted declaration generates, and provides exactly what the code that it was drafted from reads.
import { describe, expect, it } from 'vitest';
import { isError } from '../../../src/diagnostics';
import { generate } from '../../../src/generate';
import { compareEnvironment } from '../../../src/source/compare-environment';
import { injectedVariables } from '../../../src/source/injected-variables';
import { readEnvironmentUses } from '../../../src/source/read-environment-uses';
import { drafted } from './drafted';
import { DOCUMENT, DOCUMENT_FOLDER, FINANCIAL, type Files, FRONTEND, WEATHER } from './projects';

const PROJECTS: readonly [name: string, files: Files, folder: string, waiting: readonly string[]][] = [
  ['financial-service', FINANCIAL, '', ['UPLOAD_PATH']],
  ['document-service', DOCUMENT, DOCUMENT_FOLDER, []],
  ['frontend-app', FRONTEND, '', ['VITE_MAP_KEY']],
  ['weather-service', WEATHER, '', []],
];

describe.each(PROJECTS)('%s', (_, files, folder, waiting) => {
  const { declaration } = drafted(files, folder);
  const { plan, files: generated, diagnostics } = generate({ service: declaration, platform: null });

  it('generates without a refusal', () => {
    expect(diagnostics.filter(isError)).toEqual([]);
    expect(generated.length).toBeGreaterThan(5);
  });

  it('provides all that the code reads, but for what waits for a value', () => {
    // A vite.config.ts runs when the site is built: what it reads is not the site's.
    const sources = Object.entries(files).filter(([path]) => !path.startsWith('vite.config'));
    const { uses } = readEnvironmentUses(sources.map(([path, text]) => ({ path, text })));
    const found =
      plan === null
        ? []
        : compareEnvironment(
            uses,
            injectedVariables(plan, null, () => null),
          );
    const missing = found.filter(isError).map(({ message }) => message.split(' ')[3]?.replace(',', ''));
    expect(missing).toEqual(waiting);
    // Only PORT may be left unread, by code that names its port otherwise.
    const unread = found.filter((each) => !isError(each)).map(({ message }) => message.split(' ')[2]?.replace(',', ''));
    expect(unread.filter((name) => name !== 'PORT')).toEqual([]);
  });
});
