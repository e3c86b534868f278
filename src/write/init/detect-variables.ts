// Sorts the variables that the code reads into plain values, secrets, and those for which nothing proposes a value.
import { looksLikeSecret } from '../../model/secret-like';
import type { EnvironmentUse } from '../../source/environment-use';
import { shownPlace } from './detect-http';
import type { ExampleValue } from './example-values';
import type { VariableFindings } from './findings';
import type { ProjectSnapshot } from './snapshot';

/** What every service gets without declaring it. */
export const ALWAYS_PROVIDED: ReadonlySet<string> = new Set([
  'HTTP_BODY_LIMIT_BYTES',
  'NODE_ENV',
  'NODE_OPTIONS',
  'PORT',
]);

// Endings that more often name a secret than not. A wrong guess to this side costs a line; to the other, a leak.
const SECRET_ENDINGS = [
  '_SECRET',
  '_TOKEN',
  '_KEY',
  '_PASSWORD',
  '_PASSPHRASE',
  '_PASS',
  '_PASSWD',
  '_PWD',
  '_CREDENTIALS',
  '_WEBHOOK_URL',
  '_DSN',
];
const PUBLIC_ENDINGS = ['_PUBLIC_KEY', '_PARTITION_KEY', '_SORT_KEY', '_PRIMARY_KEY', '_CACHE_KEY', '_SITE_KEY'];

function isSecret(name: string, value: string): boolean {
  if (looksLikeSecret(name, value) !== null) return true;
  const named = `_${name}`;
  return SECRET_ENDINGS.some((end) => named.endsWith(end)) && !PUBLIC_ENDINGS.some((end) => named.endsWith(end));
}

/** `300` is a number and `true` a boolean: the accessor then gives them these types. */
function typed(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  const number = Number(value);
  return Number.isFinite(number) && String(number) === value ? number : value;
}

const isOneLine = (value: string): boolean => ![...value].some((char) => char < ' ' || char === '\u007f');

const isLocal = (value: string): boolean => value.includes('localhost') || value.includes('127.0.0.1');

/** A variable of a front end is compiled into a page that everybody reads: it is no secret, whatever its name. */
const isCompiledIn = (name: string): boolean => name.startsWith('VITE_');

export function findVariables(
  snapshot: ProjectSnapshot,
  reads: ReadonlyMap<string, EnvironmentUse>,
  provided: ReadonlySet<string>,
  examples: readonly ExampleValue[],
  exampleFile: string,
  isStatic: boolean,
): { variables: VariableFindings; remarks: string[] } {
  const config: { name: string; value: string | number | boolean; from: string }[] = [];
  const secrets: { value: string; from: string }[] = [];
  const withoutValue: { value: string; from: string }[] = [];
  const remarks: string[] = [];
  for (const [written, use] of [...reads].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (provided.has(written) || ALWAYS_PROVIDED.has(written)) continue;
    if (isStatic && !isCompiledIn(written)) continue;
    const read = `read at ${shownPlace(snapshot, use)}`;
    // The path of a secret's file is injected with the secret.
    const name =
      written.endsWith('_FILE') && isSecret(written.slice(0, -'_FILE'.length), '')
        ? written.slice(0, -'_FILE'.length)
        : written;
    if (!/^[A-Z][A-Z0-9_]{0,99}$/.test(name)) {
      remarks.push(`${name}, ${read}, cannot be declared: names are upper case, digits and underscores.`);
      continue;
    }
    const example = examples.find((each) => each.name === name && each.value !== '');
    const value = example?.value ?? use.fallback;
    if (!isCompiledIn(name) && isSecret(name, value ?? '')) {
      if (!secrets.some((each) => each.value === name)) secrets.push({ value: name, from: read });
    } else if (value === null || value === '' || !isOneLine(value)) {
      withoutValue.push({ value: name, from: read });
    } else {
      const told = example === undefined ? 'its fallback' : `the value in ${exampleFile}:${example.line}`;
      const doubt = isLocal(value) ? ', which holds on a laptop only: say under environments what it is elsewhere' : '';
      config.push({ name, value: typed(value), from: `${read}; ${told}${doubt}` });
    }
  }
  return { variables: { config, secrets, withoutValue }, remarks };
}

// Addresses of the service itself, or of pages: given to others, and not called.
const NOT_CALLED = [
  'APP',
  'BASE',
  'CALLBACK',
  'CLIENT',
  'CORS',
  'FRONTEND',
  'ORIGIN',
  'ORIGINS',
  'PUBLIC',
  'REDIRECT',
  'SITE',
  'WEB',
];

/** Origins of plain values that are https addresses: hosts outside that the code calls. */
export function calledByConfig(variables: VariableFindings): { value: string; from: string }[] {
  return variables.config.flatMap(({ name, value }) => {
    if (typeof value !== 'string' || !value.startsWith('https://') || isCompiledIn(name)) return [];
    if (name.split('_').some((part) => NOT_CALLED.includes(part))) return [];
    try {
      return [{ value: new URL(value).origin, from: `the value of ${name}` }];
    } catch {
      return [];
    }
  });
}
