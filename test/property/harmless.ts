// Replaces every free text of a declaration by a harmless word of the same kind.
import type { Declaration } from './declarations';

/** Keys under which a person writes a line; an empty one stays empty. */
const lines = ['description', 'summary'];
const commands = ['command', 'build', 'start', 'lint', 'types', 'test', 'migrations'];
/** Words of commands that the arbitraries put there on purpose: they decide something. */
const meaning = ['node', 'npm', 'npx', 'run', 'build', 'tool', 'dist/index.js', 'dist/work.js'];

const plain = (text: string): string => (text === '' ? '' : 'plain');

/** Lines stay lines: a value of several has another home than one of one. */
const plainValue = (text: string): string => (/\n/.test(text) ? 'plain\nplain' : plain(text));

function replaced(value: unknown, key: string, parent: string): unknown {
  if (typeof value === 'string' && (lines.includes(key) || key === 'value' || parent === 'value')) return plain(value);
  if (typeof value === 'string' && parent === 'config') return plainValue(value);
  if (Array.isArray(value) && commands.includes(key))
    return value.map((word: string) => (meaning.includes(word) ? word : plain(word)));
  if (Array.isArray(value)) return value.map((each) => replaced(each, key === 'value' ? 'value' : '', key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each, name, key)]));
}

/** An alert's `value` is an expression, and an operation `test` compares with what is there: both stay. */
export function harmless(declaration: Declaration): Declaration {
  const result = replaced(declaration, '', '') as Declaration;
  return {
    ...result,
    ...(declaration.alerts === undefined ? {} : { alerts: keptValues(declaration.alerts, result.alerts) }),
    ...(declaration.overrides === undefined ? {} : { overrides: keptTests(declaration.overrides, result.overrides) }),
  };
}

type Maps = Record<string, Record<string, unknown>>;

const keptValues = (before: unknown, after: unknown): Maps =>
  Object.fromEntries(
    Object.entries(after as Maps).map(([name, alert]) => [
      name,
      'value' in alert ? { ...alert, value: (before as Maps)[name]?.value } : alert,
    ]),
  );

interface Override {
  readonly patch: readonly { readonly op: string; readonly value: unknown }[];
}

const keptTests = (before: unknown, after: unknown): unknown =>
  (after as Override[]).map((override, index) => ({
    ...override,
    patch: override.patch.map((operation, at) =>
      operation.op === 'test' ? { ...operation, value: (before as Override[])[index]?.patch[at]?.value } : operation,
    ),
  }));
