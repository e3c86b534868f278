// Turns the plan of delivery into what starts the workflow.
import type { DeliveryPlan } from '../../plan/types';

/** `paths` and `branches` are patterns that GitHub does not evaluate: nothing in them needs to be made inert. */
export function triggers({ defaultBranch, paths }: DeliveryPlan): Readonly<Record<string, object>> {
  const filter = paths.length === 0 ? {} : { paths };
  return {
    pull_request: filter,
    push: { branches: [defaultBranch], ...filter },
    merge_group: { types: ['checks_requested'] },
    // By hand, without inputs: the output depends on the commit alone.
    workflow_dispatch: {},
  };
}
