// `groundwork graph` on a platform: prints who needs whom.
import type { Arguments } from '../arguments';
import { platformGraph } from '../graph/plan-graph';
import { printGraph } from '../graph/print';
import type { Exit, Terminal } from '../terminal';
import { openPlatform } from './open';

export async function graphPlatform(args: Arguments, terminal: Terminal): Promise<Exit> {
  const opened = await openPlatform(args, terminal);
  if (typeof opened === 'number') return opened;
  const { plan, diagnostics, platform } = opened;
  const made = plan === null ? null : platformGraph(plan, args.environment);
  return printGraph(made, diagnostics, platform.shown, args, terminal);
}
