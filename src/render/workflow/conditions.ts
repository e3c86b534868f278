// Turns the plan of delivery into the conditions under which jobs run.
import type { DeliveryPlan } from '../../plan/types';
import { expression, quoted } from '../shared/workflow/expression';

export const changesJob = 'changes';

const relevant = `needs.${changesJob}.outputs.relevant == 'true'`;

/** In a monorepo a job waits for the answer whether anything of the service changed. */
export const afterChanges = (delivery: DeliveryPlan): readonly string[] =>
  delivery.paths.length === 0 ? [] : [changesJob];

/** The condition of a job that nothing else gates: null where there is none. */
export function whenRelevant(delivery: DeliveryPlan, condition: string | null): string | null {
  const parts = [...(delivery.paths.length === 0 ? [] : [relevant]), ...(condition === null ? [] : [condition])];
  return parts.length === 0 ? null : expression(parts.join(' && '));
}

/** True on the default branch only: never for a pull request or a merge queue, whose refs are others. */
export const onDefaultBranch = (delivery: DeliveryPlan): string =>
  `github.ref == ${quoted(`refs/heads/${delivery.defaultBranch}`)}`;

export const isNotPullRequest = "github.event_name != 'pull_request'";
