// `groundwork plan`: prints every decision of the plan: value, by whom and why.
import { isError } from '../../diagnostics';
import type { Decision, ServicePlan } from '../../plan/types';
import type { LoadedDeclaration } from '../declared/load';
import type { Arguments } from './arguments';
import { open } from './open';
import { diagnosticsText } from './print-diagnostics';
import { tableText } from './table';
import { type Exit, exit, paintFor, type Terminal } from './terminal';

/** `environments.production.size…` is of production; what no environment's name stands before holds for all. */
function isOf(decision: Decision, environment: string | null): boolean {
  const [first, name] = decision.path.split('.');
  return environment === null || first !== 'environments' || name === environment;
}

function valueText({ value, unit }: Decision): string {
  const text = value === null ? 'none' : String(value);
  return unit === null ? text : `${text} ${unit}`;
}

/** `service.yaml:12 size.memory`, or who else decided. */
function deciderText({ by, from, path }: Decision, service: LoadedDeclaration): string {
  if (by !== 'declaration' || from === null) return from === null ? by : `${by} (${from})`;
  const [first, name] = path.split('.');
  const declared = from.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const place = service.placeOf?.(
    first === 'environments' ? ['environments', name as string, ...declared] : declared,
    true,
  );
  return place === undefined ? `${service.shown} ${from}` : `${place.file}:${place.line} ${from}`;
}

/** The environment that a decision is of; empty for those of all. */
const environmentOf = ({ path }: Decision): string => /^environments\.([^.]+)\./.exec(path)?.[1] ?? '';

/** One table for the service, and one for each environment. */
function planTables(plan: ServicePlan, service: LoadedDeclaration): string {
  const groups = new Map<string, string[][]>();
  for (const decision of plan.decisions) {
    const environment = environmentOf(decision);
    const prefix = environment === '' ? '' : `environments.${environment}.`;
    const why = decision.source === null ? decision.why : `${decision.why} (${decision.source})`;
    const row = [decision.path.slice(prefix.length), valueText(decision), deciderText(decision, service), why];
    groups.set(environment, [...(groups.get(environment) ?? []), row]);
  }
  const tables = [...groups].map(
    ([environment, rows]) =>
      `${environment === '' ? plan.identity.name : `${plan.identity.name} in ${environment}`}\n${tableText(['What', 'Value', 'Decided by', 'Why'], rows)}`,
  );
  return tables.join('\n');
}

export async function plan(args: Arguments, terminal: Terminal): Promise<Exit> {
  const opened = await open(args, terminal);
  if (typeof opened === 'number') return opened;
  const { service, diagnostics } = opened;
  const decided =
    opened.plan === null || args.environment === null
      ? opened.plan
      : {
          ...opened.plan,
          environments: opened.plan.environments.filter(({ name }) => name === args.environment),
          decisions: opened.plan.decisions.filter((decision) => isOf(decision, args.environment)),
        };
  if (args.json) terminal.out(`${JSON.stringify({ plan: decided, diagnostics }, null, 2)}\n`);
  else {
    if (decided !== null) terminal.out(planTables(decided, service));
    terminal.error(diagnosticsText(diagnostics, service.shown, false, paintFor(terminal)));
  }
  return diagnostics.some(isError) ? exit.refused : exit.fine;
}
