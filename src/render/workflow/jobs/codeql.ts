// Turns the service's folder into the job that analyses its code with CodeQL.
import type { ServicePlan } from '../../../plan/types';
import { action } from '../../shared/workflow/action';
import { literal } from '../../shared/workflow/expression';
import { type Job, plainJob, readContents } from '../../shared/workflow/job';
import { afterChanges, isNotPullRequest, whenRelevant } from '../conditions';
import { timeoutMinutes } from '../fixed';
import { checkout } from '../steps';

export const codeqlJob = 'codeql';

export function codeql({ delivery, identity }: ServicePlan): Job {
  // The action reads YAML, of which JSON is a part: the folder stays one value whatever its name.
  const config: Readonly<Record<string, string>> =
    delivery.folder === '.' ? {} : { config: literal(JSON.stringify({ paths: [delivery.folder] })) };
  return {
    ...plainJob,
    id: codeqlJob,
    name: 'CodeQL',
    why: 'Not for pull requests: uploading results needs a token that may write. The merge queue and the default branch are analysed.',
    needs: afterChanges(delivery),
    if: whenRelevant(delivery, isNotPullRequest),
    permissions: [
      readContents,
      { scope: 'actions', access: 'read', why: 'to know its own run in a private repository' },
      { scope: 'security-events', access: 'write', why: 'to upload the results' },
    ],
    timeoutMinutes: timeoutMinutes.analysis,
    steps: [
      checkout(),
      action('github/codeql-action', {
        name: 'Start CodeQL',
        folder: 'init',
        with: { languages: 'javascript-typescript', 'build-mode': 'none', queries: 'security-extended', ...config },
      }),
      action('github/codeql-action', {
        name: 'Analyse',
        folder: 'analyze',
        with: { category: literal(`/language:javascript-typescript/service:${identity.name}`) },
      }),
    ],
  };
}
