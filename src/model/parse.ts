// Turns a declaration into the model, or into everything that is wrong with it. Never throws.
import { mergeDeclaration } from '../declaration/merge';
import type { PlatformDeclaration } from '../declaration/platform';
import { schemaDiagnostics } from '../declaration/schema-diagnostics';
import type { ServiceDeclaration } from '../declaration/service';
import { type Diagnostic, didYouMean, isError } from '../diagnostics';
import { validatePlatform } from '../generated/validate-platform';
import { validateService } from '../generated/validate-service';
import { fillSettings } from './fill';
import { type PlatformFacts, platformFacts } from './platform-facts';
import { platformWords } from './platform-words';
import type { ServiceModel } from './service-model';
import { wordDiagnostics } from './word-diagnostics';

/** A diagnostic that may be about a key itself: its place is the key's. */
export type LocatedDiagnostic = Diagnostic & { readonly atKey: boolean };

export interface Parsed<Model> {
  /** Null when an error refuses the declaration. */
  readonly model: Model | null;
  readonly diagnostics: readonly LocatedDiagnostic[];
}

// The hints are read only when there is something to say.
const hints = () => (require('../generated/schema-hints') as typeof import('../generated/schema-hints')).hints;

function checkShape(value: unknown): LocatedDiagnostic[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [
      {
        code: 'declaration-empty',
        severity: 'error',
        path: [],
        place: null,
        message: 'The declaration is not a map of keys.',
        fix: 'Begin with `name:` and `owner:`.',
        atKey: false,
      },
    ];
  }
  const errors = validateService(value);
  return errors.length === 0 ? [] : schemaDiagnostics(errors, value, hints().service);
}

/** Facts of a platform declaration, or what is wrong with it. */
export function parsePlatform(value: unknown): Parsed<PlatformFacts> {
  const errors = validatePlatform(value);
  if (errors.length > 0) return { model: null, diagnostics: schemaDiagnostics(errors, value, hints().platform) };
  const words = platformWords(value as PlatformDeclaration);
  return { model: words.length > 0 ? null : platformFacts(value as PlatformDeclaration), diagnostics: words };
}

/** The model of one service. `declaration` is the path shown in generated files. */
export function parseService(value: unknown, platform: PlatformFacts, declaration: string): Parsed<ServiceModel> {
  const shape = checkShape(value);
  if (shape.length > 0) return { model: null, diagnostics: shape };
  const declared = value as ServiceDeclaration;
  const diagnostics: LocatedDiagnostic[] = [...wordDiagnostics(declared)];
  const known = platform.environments.map((environment) => environment.name);
  for (const name of Object.keys(declared.environments ?? {})) {
    if (known.includes(name)) continue;
    const near = didYouMean(name, known);
    diagnostics.push({
      code: 'unknown-environment',
      severity: 'error',
      path: ['environments', name],
      place: null,
      message: `environments.${name}: the platform has no environment "${name}".`,
      fix: near === null ? `The environments are: ${known.join(', ')}.` : `Did you mean "${near}"?`,
      atKey: true,
    });
  }
  const { environments: overrides, ...base } = declared;
  const seen = new Set(diagnostics.map((found) => `${found.code} ${found.path.join('.')}`));
  const merged = platform.environments.map((facts) => {
    const override = overrides?.[facts.name];
    const environment = (override === undefined ? base : mergeDeclaration(base, override)) as ServiceDeclaration;
    if (override !== undefined) {
      const found = checkShape(environment);
      for (const problem of found.length > 0 ? found : wordDiagnostics(environment)) {
        if (seen.has(`${problem.code} ${problem.path.join('.')}`)) continue;
        diagnostics.push({
          ...problem,
          path: ['environments', facts.name, ...problem.path],
          message: `In ${facts.name}: ${problem.message}`,
        });
      }
    }
    return { facts, declared: environment };
  });
  if (diagnostics.some(isError)) return { model: null, diagnostics };
  return {
    model: {
      declaration,
      platform,
      settings: fillSettings(base),
      declared: base,
      environments: merged.map(({ facts, declared: environment }) => ({
        facts,
        declared: environment,
        settings: fillSettings(environment),
      })),
    },
    diagnostics,
  };
}
