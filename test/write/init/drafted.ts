// Drafts a declaration and checks it by everything that comes after it but rendering.
import { expect } from 'vitest';
import type { ServiceDeclaration } from '../../../src/declaration/service';
import { isError } from '../../../src/diagnostics';
import { validateService } from '../../../src/generated/validate-service';
import { parseService } from '../../../src/model/parse';
import { platformFacts } from '../../../src/model/platform-facts';
import { planService } from '../../../src/plan';
import { checkPlan } from '../../../src/refuse';
import { parsePlainYaml } from '../../../src/render/shared/yaml-document';
import { detect } from '../../../src/write/init/detect';
import { draft } from '../../../src/write/init/draft';
import type { Files } from './projects';

/** The draft for these files as text and as a value, which no check refuses, but for what it asks a person. */
export function drafted(files: Files, folder = ''): { text: string; declaration: ServiceDeclaration } {
  const snapshot = { folder, folderName: 'some-folder', files: new Map(Object.entries(files)) };
  const text = draft(detect(snapshot));
  const declaration = parsePlainYaml(text) as ServiceDeclaration;
  expect(validateService(declaration)).toEqual([]);
  const { model, diagnostics } = parseService(declaration, platformFacts(null), 'service.yaml');
  expect(diagnostics).toEqual([]);
  const refused = model === null ? null : checkPlan(planService(model)).filter(isError);
  // No file tells which version wrote a lock file: the draft asks a person, and is refused until it is answered.
  const asked = text.includes('add its exact version') ? ['package-manager-version-missing'] : [];
  expect(refused?.map(({ code }) => code)).toEqual(asked);
  return { text, declaration };
}
