// Turns a pull request into the job that refuses dependencies with known vulnerabilities.
import type { DeliveryPlan } from '../../../plan/types';
import { action } from '../../shared/workflow/action';
import { isPullRequest } from '../../shared/workflow/expression';
import { type Job, plainJob, readContents } from '../../shared/workflow/job';
import { afterChanges, whenRelevant } from '../conditions';
import { timeoutMinutes } from '../fixed';
import { checkout } from '../steps';

export const dependencyReview = (delivery: DeliveryPlan): Job => ({
  ...plainJob,
  id: 'dependency-review',
  name: 'Dependency review',
  why: 'Compares the dependencies before and after a pull request.',
  needs: afterChanges(delivery),
  if: whenRelevant(delivery, isPullRequest),
  permissions: [readContents],
  timeoutMinutes: timeoutMinutes.review,
  steps: [
    checkout(),
    action('actions/dependency-review-action', {
      name: 'Review dependencies',
      with: { 'fail-on-severity': 'high', 'comment-summary-in-pr': 'never' },
    }),
  ],
});
