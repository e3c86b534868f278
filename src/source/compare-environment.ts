// Compares the environment variables that a service's code reads with those that its declaration provides.
import { type Diagnostic, didYouMean, type Place, sortDiagnostics } from '../diagnostics';
import type { EnvironmentUse } from './environment-use';
import { covers } from './library-names';
import { isSystemName } from './system-names';

/** One variable that the declaration, or the platform, puts into the service's environment. */
export interface InjectedVariable {
  readonly name: string;
  /** Which part of the declaration provides it, for example `needs.kafka`. */
  readonly origin: string;
  /** Null when no line of a declaration says so. */
  readonly declaredAt: Place | null;
  /** True for a variable that Node or the platform reads, such as NODE_OPTIONS: the code need not. */
  readonly consumedByPlatform: boolean;
}

export interface CompareOptions {
  /** The declaration's file as it is to be shown. Default: `service.yaml`. */
  readonly declaration?: string;
}

/** Docker's custom for a secret in a file: the code reads the path from NAME_FILE. */
const withoutFile = (name: string): string => (name.endsWith('_FILE') ? name.slice(0, -'_FILE'.length) : name);

const placeOf = ({ path, line, column }: EnvironmentUse): Place => ({ file: path, line, column });
const shown = ({ path, line, column }: EnvironmentUse): string => `${path}:${line}:${column}`;

/** "a", "a and b", "a, b and 3 more". */
function enumerated(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? '';
  if (items.length === 2) return items.join(' and ');
  return `${items.slice(0, 2).join(', ')} and ${items.length - 2} more`;
}

/** How to give a variable the name that the code reads. */
function renaming({ name, origin }: InjectedVariable): string {
  if (origin === 'needs.services') return 'Set the `variable` of the called service under needs.services';
  return origin.startsWith('needs.') ? `Rename ${name} under ${origin}.env` : `Rename ${name} under ${origin}`;
}

/** How to stop providing a variable. */
function removal({ name, origin }: InjectedVariable): string {
  if (origin === 'needs.services') return 'or leave the service out of needs.services';
  return origin.startsWith('needs.')
    ? `or list under ${origin}.env only the variables that the code reads`
    : `or take ${name} out of ${origin}`;
}

function notProvided(
  name: string,
  uses: readonly EnvironmentUse[],
  injected: readonly InjectedVariable[],
  unread: readonly string[],
  declaration: string,
): Diagnostic {
  const first = uses[0];
  const others = uses.slice(1).map(shown);
  const fallback = uses.find((use) => use.fallback !== null)?.fallback;
  // A variable that is provided and that nobody reads is most likely the one that was meant.
  const misspelt = didYouMean(name, unread);
  const near =
    misspelt ??
    didYouMean(
      name,
      injected.map((each) => each.name),
    );
  const meant = injected.find((each) => each.name === near);
  // Meant to be absent: wherever the code reads it, it says what else to take, and nothing is provided under a like name.
  const runsWithout = misspelt === null && uses.every((use) => use.fallback !== null);
  const message = [
    `The code reads ${name}, which ${declaration} does not provide.`,
    others.length > 0 ? `It is also read at ${enumerated(others)}.` : '',
    fallback !== undefined ? `It would silently run with its fallback ${JSON.stringify(fallback)}.` : '',
    meant === undefined ? '' : `Did you mean ${meant.name}, which ${meant.origin} provides?`,
  ];
  const rename = meant === undefined ? 'Add' : `${renaming(meant)}, or read ${meant.name} in the code. Otherwise add`;
  return {
    code: 'environment-variable-not-provided',
    severity: runsWithout ? 'warning' : 'error',
    path: [],
    place: first === undefined ? null : placeOf(first),
    message: message.filter((sentence) => sentence !== '').join(' '),
    fix: `${rename} ${name} to config with its value, to secrets by its name, or to the env of the need that it comes from (needs.<key>.env).`,
  };
}

function neverRead(variable: InjectedVariable, dynamic: readonly EnvironmentUse[]): Diagnostic {
  const doubt =
    dynamic.length === 0
      ? ''
      : ` (the code may still read it by a computed name, at ${enumerated(dynamic.map(shown))})`;
  return {
    code: 'environment-variable-never-read',
    severity: 'warning',
    path: [],
    place: variable.declaredAt,
    message: `${variable.origin} provides ${variable.name}, which the code never reads${doubt}.`,
    fix: `Read ${variable.name} in the code, ${removal(variable)}.`,
  };
}

/**
 * Both directions: an error for each variable that the code reads and nothing provides (a warning, if the code has a
 * fallback wherever it reads it and no unread variable has a like name), and a warning for each that is provided and that the code never reads. Sorted by place.
 */
export function compareEnvironment(
  uses: readonly EnvironmentUse[],
  injected: readonly InjectedVariable[],
  options: CompareOptions = {},
): Diagnostic[] {
  const provided = new Set(injected.map(({ name }) => name));
  const writtenByCode = new Set(uses.filter(({ access }) => access === 'write').map(({ name }) => name));
  const read = new Map<string, EnvironmentUse[]>();
  for (const use of uses) {
    if (use.name === null || use.access !== 'read') continue;
    read.set(use.name, [...(read.get(use.name) ?? []), use]);
  }
  const ofLibraries = uses.flatMap(({ name, access }) => (access === 'library' && name !== null ? [name] : []));
  const isRead = (name: string): boolean =>
    read.has(name) || read.has(`${name}_FILE`) || ofLibraries.some((pattern) => covers(pattern, name));
  const unread = injected.filter(({ name, consumedByPlatform }) => !consumedByPlatform && !isRead(name));
  const isKnown = (name: string): boolean =>
    provided.has(name) || provided.has(withoutFile(name)) || writtenByCode.has(name) || isSystemName(name);

  const missing = [...read].filter(([name]) => !isKnown(name));
  const dynamic = uses.filter(({ access }) => access === 'dynamic');
  return sortDiagnostics([
    ...missing.map(([name, where]) =>
      notProvided(
        name,
        where,
        injected,
        unread.map((each) => each.name),
        options.declaration ?? 'service.yaml',
      ),
    ),
    ...unread.map((variable) => neverRead(variable, dynamic)),
  ]);
}
