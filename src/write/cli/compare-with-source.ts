// Compares the environment that a plan injects with the one that the code in a folder reads.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
import type { ServicePlan } from '../../plan/types';
import { compareEnvironment } from '../../source/compare-environment';
import { injectedVariables } from '../../source/injected-variables';
import { readEnvironmentUses } from '../../source/read-environment-uses';
import type { LoadedDeclaration } from '../declared/load';
import { readSourceTexts } from '../init/read-source-texts';

/** Prisma reads its variables by its schema, which lies beside the code. */
function prismaTexts(source: string) {
  const folder = join(dirname(source), 'prisma');
  return existsSync(folder) ? readSourceTexts(folder, 'prisma').texts : [];
}

export function compareWithSource(
  plan: ServicePlan,
  environment: string | null,
  service: LoadedDeclaration,
  source: string,
  shown: string,
): Diagnostic[] {
  const { texts, isComplete } = readSourceTexts(source, shown === '.' ? '' : shown);
  const { uses, diagnostics } = readEnvironmentUses([...texts, ...prismaTexts(resolve(source))]);
  const injected = injectedVariables(plan, environment, (path) => service.placeOf?.(path, false) ?? null);
  const compared = compareEnvironment(uses, injected, { declaration: service.shown });
  // Where not every file was read, "never read" is not known.
  return [...diagnostics, ...compared.filter(({ code }) => isComplete || code !== 'environment-variable-never-read')];
}
