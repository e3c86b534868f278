// Turns a scheduled job into a CronJob.
import type { JobPlan } from '../../plan/types';
import { jobSpec } from './job-spec';
import { metadata } from './labels';
import { type Manifest, manifest, type Scope, under } from './manifest';

export function cronJob(scope: Scope, job: JobPlan): Manifest {
  const spec = jobSpec(scope, job, 'job');
  return manifest(
    `cron-job-${job.declaredName}.yaml`,
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: metadata(scope, { name: job.name, component: 'job', phase: 'run' }),
      spec: {
        schedule: job.schedule,
        timeZone: job.timeZone,
        concurrencyPolicy: job.concurrencyPolicy,
        startingDeadlineSeconds: job.startingDeadlineSeconds,
        successfulJobsHistoryLimit: job.successfulHistoryLimit,
        failedJobsHistoryLimit: job.failedHistoryLimit,
        jobTemplate: { spec: spec.value },
      },
    },
    {
      'spec.timeZone': 'Without it the schedule is read in the time zone of the control plane.',
      'spec.concurrencyPolicy': 'Two runs at once would do the same work twice.',
      'spec.startingDeadlineSeconds':
        'A start missed by more than this is skipped; without it a hundred missed starts stop the schedule for good.',
      ...under('spec.jobTemplate.spec', spec.comments),
    },
  );
}
