// `groundwork plan` on a platform: prints every decision that is the platform's own, or the whole plan as JSON.
import { isError } from '../../../diagnostics';
import type { PlatformPlan } from '../../../plan/types/platform';
import type { Arguments } from '../arguments';
import { isOf, planTables } from '../plan-tables';
import { diagnosticsText } from '../print-diagnostics';
import { type Exit, exit, paintFor, type Terminal } from '../terminal';
import { openPlatform } from './open';

function onlyOf(plan: PlatformPlan, environment: string): PlatformPlan {
  const isIt = ({ name }: { readonly name: string }): boolean => name === environment;
  return {
    ...plan,
    clusters: plan.clusters.filter(isIt),
    laptops: plan.laptops.filter(isIt),
    decisions: plan.decisions.filter((decision) => isOf(decision, environment)),
  };
}

export async function planPlatformCommand(args: Arguments, terminal: Terminal): Promise<Exit> {
  const opened = await openPlatform(args, terminal);
  if (typeof opened === 'number') return opened;
  const { platform, diagnostics } = opened;
  const plan = opened.plan === null || args.environment === null ? opened.plan : onlyOf(opened.plan, args.environment);
  if (args.json) terminal.out(`${JSON.stringify({ plan, diagnostics }, null, 2)}\n`);
  else {
    if (plan !== null) terminal.out(planTables(plan.identity.name, plan.decisions, platform));
    terminal.error(diagnosticsText(diagnostics, platform.shown, false, paintFor(terminal)));
  }
  return diagnostics.some(isError) ? exit.refused : exit.fine;
}
