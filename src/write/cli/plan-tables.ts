// Lays out decisions as tables: one for what holds everywhere, and one for each environment.
import type { Decision } from '../../plan/types';
import type { LoadedDeclaration } from '../declared/load';
import { tableText } from './table';

/** `environments.production.size…` is of production; what no environment's name stands before holds for all. */
export function isOf(decision: Decision, environment: string | null): boolean {
  const [first, name] = decision.path.split('.');
  return environment === null || first !== 'environments' || name === environment;
}

function valueText({ value, unit }: Decision): string {
  const text = value === null ? 'none' : String(value);
  return unit === null ? text : `${text} ${unit}`;
}

/** `service.yaml:12 size.memory`, or who else decided. */
function deciderText({ by, from, path }: Decision, declaration: LoadedDeclaration): string {
  if (by !== 'declaration' || from === null) return from === null ? by : `${by} (${from})`;
  const [first, name] = path.split('.');
  const keys = from.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  // A service's key may be overridden in an environment; what begins so says it itself.
  const isOverridable = first === 'environments' && keys[0] !== 'environments';
  const place = declaration.placeOf?.(isOverridable ? ['environments', name as string, ...keys] : keys, true);
  return place === undefined ? `${declaration.shown} ${from}` : `${place.file}:${place.line} ${from}`;
}

/** The environment that a decision is of; empty for those of all. */
const environmentOf = ({ path }: Decision): string => /^environments\.([^.]+)\./.exec(path)?.[1] ?? '';

export function planTables(name: string, decisions: readonly Decision[], declaration: LoadedDeclaration): string {
  const groups = new Map<string, string[][]>();
  for (const decision of decisions) {
    const environment = environmentOf(decision);
    const prefix = environment === '' ? '' : `environments.${environment}.`;
    const why = decision.source === null ? decision.why : `${decision.why} (${decision.source})`;
    const row = [decision.path.slice(prefix.length), valueText(decision), deciderText(decision, declaration), why];
    groups.set(environment, [...(groups.get(environment) ?? []), row]);
  }
  const tables = [...groups].map(
    ([environment, rows]) =>
      `${environment === '' ? name : `${name} in ${environment}`}\n${tableText(['What', 'Value', 'Decided by', 'Why'], rows)}`,
  );
  return tables.join('\n');
}
