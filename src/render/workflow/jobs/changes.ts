// Turns the paths of a service in a monorepo into the job that tells whether a merge queue's group changes any of them.
import type { DeliveryPlan } from '../../../plan/types';
import { expression, literal } from '../../shared/workflow/expression';
import { type Job, plainJob, readContents } from '../../shared/workflow/job';
import { changesJob } from '../conditions';
import { timeoutMinutes } from '../fixed';
import { checkout, script } from '../steps';

export function changes(delivery: DeliveryPlan): Job {
  const inMergeQueue = expression("github.event_name == 'merge_group'");
  return {
    ...plainJob,
    id: changesJob,
    name: 'Look for changes',
    why: 'A merge queue knows no path filter, unlike the other triggers: without this job it would run every service.',
    permissions: [readContents],
    timeoutMinutes: timeoutMinutes.short,
    outputs: {
      relevant: expression("github.event_name != 'merge_group' || steps.compare.outputs.relevant == 'true'"),
    },
    steps: [
      // Names of changed files need commits and folders, not the contents of files.
      { ...checkout({ 'fetch-depth': 0, filter: 'blob:none' }), if: inMergeQueue },
      script(delivery, 'changed.sh', {
        name: 'Compare with the branch',
        id: 'compare',
        if: inMergeQueue,
        env: {
          BASE_SHA: expression('github.event.merge_group.base_sha'),
          HEAD_SHA: expression('github.event.merge_group.head_sha'),
          PATHS: literal(delivery.paths.join('\n')),
        },
      }),
    ],
  };
}
