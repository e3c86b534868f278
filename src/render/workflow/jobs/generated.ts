// Turns the freshness command into the job that refuses generated files which the declaration no longer gives.
import type { DeliveryPlan } from '../../../plan/types';
import { type Job, plainJob, readContents } from '../../shared/workflow/job';
import { afterChanges, whenRelevant } from '../conditions';
import { command, inFolder, install } from '../steps';

export const generatedJob = 'generated';

export const generated = (delivery: DeliveryPlan): Job => ({
  ...plainJob,
  id: generatedJob,
  name: 'Generated files',
  why: 'Fails when a generated file is not what the declaration gives.',
  needs: afterChanges(delivery),
  if: whenRelevant(delivery, null),
  permissions: [readContents],
  timeoutMinutes: delivery.checkTimeoutMinutes,
  steps: [...install(delivery), command('Generate and compare', delivery.freshnessCommand, inFolder(delivery))],
});
