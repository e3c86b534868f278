// Compares the environment that a plan injects with the one that the code in a folder reads.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
import type { ServicePlan, VariablePlan } from '../../plan/types';
import { compareEnvironment, type InjectedVariable } from '../../source/compare-environment';
import { readEnvironmentUses } from '../../source/read-environment-uses';
import type { LoadedDeclaration } from '../declared/load';
import { readSourceTexts } from '../init/read-source-texts';

/** Read by node itself: the code need not. */
const readByNode = ['NODE_ENV', 'NODE_OPTIONS', 'UV_THREADPOOL_SIZE', 'HOME', 'npm_config_cache'];

function fixedNames(plan: ServicePlan, environment: string | null): string[] {
  const environments = plan.environments.filter(({ name }) => environment === null || name === environment);
  const fixed = environments.flatMap(({ workloads, jobs, migration }) => [
    ...workloads.flatMap((workload) => workload.environment),
    ...jobs.flatMap((job) => job.environment),
    ...(migration?.environment ?? []),
  ]);
  return [
    ...new Set([...readByNode, ...fixed.map(({ name }) => name), ...plan.build.environment.map(({ name }) => name)]),
  ].sort();
}

function injectedOf(variable: VariablePlan, service: LoadedDeclaration): InjectedVariable {
  const declaredAt = service.placeOf?.(variable.declaredAt, false) ?? null;
  const origin = variable.declaredAt[0] === 'needs' ? variable.declaredAt.slice(0, 2).join('.') : variable.origin;
  return { name: variable.name, origin, declaredAt, consumedByPlatform: false };
}

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
  const chosen = plan.environments.find(({ name }) => name === environment)?.variables ?? plan.variables;
  const known = new Set(chosen.map(({ name }) => name));
  const injected = [
    ...chosen.map((variable) => injectedOf(variable, service)),
    ...fixedNames(plan, environment)
      .filter((name) => !known.has(name))
      .map((name): InjectedVariable => ({ name, origin: 'the platform', declaredAt: null, consumedByPlatform: true })),
  ];
  const compared = compareEnvironment(uses, injected, { declaration: service.shown });
  // Where not every file was read, "never read" is not known.
  return [...diagnostics, ...compared.filter(({ code }) => isComplete || code !== 'environment-variable-never-read')];
}
