// Turns what a compiled validator refuses into diagnostics that a person can act on.
import { type Diagnostic, didYouMean } from '../diagnostics';
import type { SchemaHint } from '../generated/schema-hints';
import { nameRule } from './name-rule';
import { pathOfPointer, type SchemaError } from './schema-error';

type Path = readonly (string | number)[];

interface Finding {
  readonly code: string;
  readonly path: Path;
  readonly message: string;
  readonly fix: string | null;
  /** True when the diagnostic is about the key, not about its value. */
  readonly atKey: boolean;
}

/** The value at a path of the declaration; undefined when there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined),
    value,
  );
}

function hintAt(hint: SchemaHint, path: Path): SchemaHint {
  const nothing: SchemaHint = { says: '' };
  return path.reduce<SchemaHint>((at, key) => {
    if (typeof key === 'number') return at.items ?? nothing;
    return at.keys?.[key] ?? at.any ?? nothing;
  }, hint);
}

const shown = (path: Path): string => (path.length === 0 ? 'the declaration' : path.join('.'));
const spelled = (value: unknown): string => JSON.stringify(value) ?? 'nothing';
const listed = (words: readonly string[]): string => words.join(', ');

function wanted(hint: SchemaHint): string {
  const example = hint.example === undefined ? '' : ` For example: ${spelled(hint.example)}.`;
  return `${hint.says}${example}`.trim();
}

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
  null: 'null',
};

function finding(error: SchemaError, path: Path, value: unknown, hint: SchemaHint): Finding {
  const found = valueAt(value, path);
  const keys = Object.keys(hint.keys ?? {}).filter((key) => key !== '$schema');
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty);
      const near = didYouMean(key, keys);
      return {
        code: 'unknown-key',
        path: [...path, key],
        message: `${shown([...path, key])}: there is no key "${key}"${path.length === 0 ? '' : ` in ${shown(path)}`}.`,
        fix: near === null ? `The keys are: ${listed(keys)}.` : `Did you mean "${near}"?`,
        atKey: true,
      };
    }
    case 'required':
      return {
        code: 'key-missing',
        path,
        message: `${shown(path)}: the key "${String(error.params.missingProperty)}" is missing.`,
        fix: wanted(hintAt(hint, [String(error.params.missingProperty)])) || null,
        atKey: false,
      };
    case 'propertyNames': {
      const key = String(error.params.propertyName);
      return {
        code: 'name-malformed',
        path: [...path, key],
        message: `${shown([...path, key])}: the name "${key}" does not follow the rule of such names: ${nameRule(hint.names ?? '')}.`,
        fix: wanted(hint) || null,
        atKey: true,
      };
    }
    case 'discriminator': {
      const kinds = hint.kinds ?? [];
      const kind = String(error.params.tagValue ?? '');
      const near = didYouMean(kind || String(path.at(-1) ?? ''), kinds);
      return {
        code: 'unknown-kind',
        path,
        message:
          kind === ''
            ? `${shown(path)}: "${String(path.at(-1))}" is no kind, and the need does not say its kind.`
            : `${shown(path)}: there is no kind "${kind}".`,
        fix:
          near === null
            ? `The kinds are: ${listed(kinds)}. Under a name of your own, say kind: …`
            : `Did you mean "${near}"?`,
        atKey: kind === '',
      };
    }
    case 'enum': {
      const allowed = (error.params.allowedValues as readonly unknown[]).map(String);
      const near = typeof found === 'string' ? didYouMean(found, allowed) : null;
      return {
        code: 'value-not-allowed',
        path,
        message: `${shown(path)}: ${spelled(found)} is not one of ${listed(allowed)}.`,
        fix: near === null ? wanted(hint) || null : `Did you mean "${near}"?`,
        atKey: false,
      };
    }
    case 'type': {
      const types = [error.params.type].flat().map(String);
      return {
        code: 'wrong-type',
        path,
        message: `${shown(path)}: ${spelled(found)} is not ${types.map((type) => nouns[type] ?? type).join(' or ')}.`,
        fix: wanted(hint) || null,
        atKey: false,
      };
    }
    case 'pattern':
      return {
        code: 'value-malformed',
        path,
        message: `${shown(path)}: ${spelled(found)} does not have the form that belongs here.`,
        fix: wanted(hint) || null,
        atKey: false,
      };
    default:
      return {
        code: 'value-out-of-range',
        path,
        message: `${shown(path)}: ${spelled(found)} ${error.message ?? 'is not allowed'}.`,
        fix: wanted(hint) || null,
        atKey: false,
      };
  }
}

/** Keeps, of the errors of a choice (anyOf), those of the form that the value was meant to have. */
function withoutOtherForms(errors: readonly SchemaError[], value: unknown): SchemaError[] {
  const choices = new Set(errors.filter((error) => error.keyword === 'anyOf').map((error) => error.instancePath));
  return errors.filter((error) => {
    if (error.keyword === 'anyOf') return false;
    if (!choices.has(error.instancePath)) return true;
    const found = valueAt(value, pathOfPointer(error.instancePath));
    // A list of words says nothing to a map.
    const otherForm = error.keyword === 'enum' && typeof found === 'object';
    if (error.keyword !== 'type' && error.keyword !== 'const' && !otherForm) return true;
    // A type error of the other form says nothing when a form of the right type has an error of its own.
    const inside = errors.some(
      (other) =>
        other !== error &&
        other.keyword !== 'anyOf' &&
        other.keyword !== 'type' &&
        other.keyword !== 'const' &&
        (other.instancePath === error.instancePath || other.instancePath.startsWith(`${error.instancePath}/`)),
    );
    if (inside) return false;
    const deeper =
      typeof found === 'object' && errors.some((other) => other.instancePath.startsWith(`${error.instancePath}/`));
    return !deeper;
  });
}

/** Diagnostics for everything that the schema refuses; places are filled in by the caller, who knows the file. */
export function schemaDiagnostics(
  errors: readonly SchemaError[],
  value: unknown,
  hints: SchemaHint,
): (Diagnostic & { readonly atKey: boolean })[] {
  const seen = new Set<string>();
  const result: (Diagnostic & { readonly atKey: boolean })[] = [];
  for (const error of withoutOtherForms(errors, value)) {
    // ajv reports a bad name twice: once by the rule of names, once as the rule of keys.
    if (error.propertyName !== undefined) continue;
    const path = pathOfPointer(error.instancePath);
    const hint = hintAt(hints, path);
    // A need without a kind is told by its discriminator.
    if (error.keyword === 'required' && error.params.missingProperty === 'kind' && path.length === 2) continue;
    const { atKey, ...found } = finding(error, path, value, hint);
    const key = `${found.code} ${found.path.join('.')}`;
    if (seen.has(key)) continue;
    seen.add(key);
    result.push({ ...found, severity: 'error', place: null, atKey });
  }
  return result;
}
