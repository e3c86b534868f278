// The whole way of the data: declaration → model → plan → refusals → files. Pure: no clock, no environment, no disk.
import { type Diagnostic, isError, sortDiagnostics } from './diagnostics';
import { parsePlatform, parseService } from './model/parse';
import { type PlatformFacts, platformFacts } from './model/platform-facts';
import { planService } from './plan';
import type { ServicePlan } from './plan/types';
import { checkPlan } from './refuse';
import { renderAll } from './render';
import type { GeneratedFile } from './render/shared/generated-file';
import { isOverrideError } from './render/shared/json-patch';

export interface GenerateInput {
  /** The service's declaration: a plain value of the shape of schemas/service.schema.json. */
  readonly service: unknown;
  /** The platform's declaration; null = documented defaults. */
  readonly platform: unknown;
  /** Path of the declaration as shown in generated files. Default: service.yaml. */
  readonly declaration?: string;
}

export interface Outcome {
  /** Null when the declaration has no valid shape. */
  readonly plan: ServicePlan | null;
  /** Empty when an error refuses the declaration. */
  readonly files: readonly GeneratedFile[];
  /** Everything found, by place. `atKey` tells that the place is the key's, not the value's. */
  readonly diagnostics: readonly (Diagnostic & { readonly atKey?: boolean; readonly in?: 'platform' })[];
}

/** Patches are known to apply only when the objects are there: renderers find it out. */
export const overrideDiagnostic = (message: string): Diagnostic => ({
  code: 'override-does-not-apply',
  severity: 'error',
  path: ['overrides'],
  place: null,
  message,
  fix: 'Look at the generated file for the path as it is now; `op: add` makes what is not there yet.',
});

/** Everything of one service, or everything that is wrong with its declaration. Never throws for a bad declaration. */
export function generate(input: GenerateInput): Outcome {
  const platform =
    input.platform === null ? { model: platformFacts(null), diagnostics: [] } : parsePlatform(input.platform);
  const platformFound = platform.diagnostics.map((found) => ({ ...found, in: 'platform' as const }));
  const facts: PlatformFacts = platform.model ?? platformFacts(null);
  const { model, diagnostics } = parseService(input.service, facts, input.declaration ?? 'service.yaml');
  if (model === null || platform.model === null)
    return { plan: null, files: [], diagnostics: sortDiagnostics([...platformFound, ...diagnostics]) };
  const plan = planService(model);
  const found = [...platformFound, ...diagnostics, ...checkPlan(plan)];
  if (found.some(isError)) return { plan, files: [], diagnostics: sortDiagnostics(found) };
  try {
    return { plan, files: renderAll(plan), diagnostics: sortDiagnostics(found) };
  } catch (error) {
    if (!isOverrideError(error)) throw error;
    return { plan, files: [], diagnostics: sortDiagnostics([...found, overrideDiagnostic(error.message)]) };
  }
}
