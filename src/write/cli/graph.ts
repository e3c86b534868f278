// `groundwork graph` on a service: prints whom it needs, and where the public reaches it.
import type { Arguments } from './arguments';
import { serviceGraph } from './graph/plan-graph';
import { printGraph } from './graph/print';
import { open } from './open';
import type { Exit, Terminal } from './terminal';

export async function graph(args: Arguments, terminal: Terminal): Promise<Exit> {
  const opened = await open(args, terminal);
  if (typeof opened === 'number') return opened;
  const { plan, diagnostics, service } = opened;
  const made = plan === null ? null : serviceGraph(plan, args.environment);
  return printGraph(made, diagnostics, service.shown, args, terminal);
}
