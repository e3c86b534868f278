// `groundwork plan`: prints every decision of the plan: value, by whom and why.
import { isError } from '../../diagnostics';
import type { Arguments } from './arguments';
import { open } from './open';
import { isOf, planTables } from './plan-tables';
import { diagnosticsText } from './print-diagnostics';
import { type Exit, exit, paintFor, type Terminal } from './terminal';

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
    if (decided !== null) terminal.out(planTables(decided.identity.name, decided.decisions, service));
    terminal.error(diagnosticsText(diagnostics, service.shown, false, paintFor(terminal)));
  }
  return diagnostics.some(isError) ? exit.refused : exit.fine;
}
