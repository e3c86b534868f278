// Turns the schedule of drills into the job that opens an issue with the checklist.
import type { MaintenancePlan } from '../../plan/types/platform';
import { action } from '../shared/workflow/action';
import { expression, literal } from '../shared/workflow/expression';
import { type Job, plainJob, readContents } from '../shared/workflow/job';

export const drillScript = 'platform/schedules/open-drill.sh';

export const drillJob = ({ frequency, checklist }: NonNullable<MaintenancePlan['drill']>): Job => ({
  ...plainJob,
  id: 'drill',
  name: 'Open the issue of the drill',
  why: `A restore that nobody practised is a hope: ${frequency}, as backups.drill says.`,
  permissions: [readContents, { scope: 'issues', access: 'write', why: 'to open the issue' }],
  timeoutMinutes: 5,
  steps: [
    action('actions/checkout', { name: 'Check out', with: { 'persist-credentials': false } }),
    {
      name: 'Open it',
      env: { GH_TOKEN: expression('github.token'), CHECKLIST: literal(checklist) },
      run: `bash ${drillScript}`,
    },
  ],
});
