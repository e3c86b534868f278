// Alerts on scheduled jobs: a run that failed, and a success that is overdue.

import { escapeRegex } from '../promql/escape';
import { aggregate, binary, equals, group, secondsSince, select } from '../promql/expression';
import type { JobPlan } from '../types';
import type { AlertDraft } from './draft';
import { humanizeDuration } from './humanize';
import type { AlertInput } from './input';
import { label, message, value } from './message';
import { bothWays } from './proofs';
import { failedJob, jobVerdict } from './releases';
import { kubectl, run, say } from './runbook-steps';
import { constantSeries, type Sample } from './samples';

export function jobAlerts(input: AlertInput, job: JobPlan): AlertDraft[] {
  return [failed(input, job), late(input, job)];
}

const look = (input: AlertInput, job: JobPlan): AlertDraft['diagnosis'] => [
  run(
    'Its last runs.',
    kubectl(input, `get jobs --selector app.kubernetes.io/instance=${job.name} --sort-by .status.startTime`),
  ),
  run('Their log.', kubectl(input, `logs --selector app.kubernetes.io/instance=${job.name} --tail 200 --prefix`)),
  run('Is it suspended, and when did it start last?', kubectl(input, `get cronjob ${job.name}`)),
];

const again = (input: AlertInput, job: JobPlan): AlertDraft['mitigation'] => [
  run(
    'Run it once more by hand, when it is safe to repeat.',
    kubectl(input, `create job --from cronjob/${job.name} ${job.name}-again`),
  ),
  say('When the cause is in the code, roll back the service: the job runs the same image.'),
];

function failed(input: AlertInput, job: JobPlan): AlertDraft {
  // A CronJob appends the scheduled minute to the name of each run.
  const name = `${job.name}-29384520`;
  return {
    name: 'job-failed',
    expr: failedJob(input.namespace, `${escapeRegex(job.name)}-[0-9]+`),
    forSeconds: null,
    severity: 'warning',
    labels: { cronjob: job.name },
    summary: message`The job ${job.declaredName} of ${input.service} failed`,
    description: message`The run ${label('job_name')} failed; it was tried ${String(job.backoffLimit + 1)} times within ${humanizeDuration(job.timeoutSeconds)}.`,
    meaning: 'The command ended with an error each time, or it took longer than its time limit.',
    diagnosis: look(input, job),
    mitigation: again(input, job),
    proofs: bothWays({
      name: 'a run failed',
      minutes: 5,
      firing: jobVerdict(input, name, 1),
      quiet: jobVerdict(input, name, 0),
      shown: '1',
      labels: { job_name: name },
    }),
  };
}

function late(input: AlertInput, job: JobPlan): AlertDraft {
  const of = [equals('namespace', input.namespace), equals('cronjob', job.name)];
  const labels = { namespace: input.namespace, cronjob: job.name };
  const success = 'kube_cronjob_status_last_successful_time';
  const created = 'kube_cronjob_created';
  // A job that never succeeded has no such series: its creation counts from.
  const since = group(binary(aggregate('max', select(success, of)), 'or', aggregate('max', select(created, of))));
  const limit = job.longestIntervalSeconds + job.timeoutSeconds;
  // The clock of a test starts at 0, so a long silence lies before it.
  const at = (age: number): Sample[] => [constantSeries(success, labels, 600 - age, 10)];
  return {
    name: 'job-late',
    expr: binary(secondsSince(since), '>', String(limit)),
    forSeconds: 60,
    severity: 'warning',
    labels: { cronjob: job.name },
    summary: message`The job ${job.declaredName} of ${input.service} is overdue`,
    description: message`It succeeded ${value('duration')} ago. By its schedule ${job.schedule} (${job.timeZone}) no more than ${humanizeDuration(limit)} may pass: ${humanizeDuration(job.longestIntervalSeconds)} between two starts, ${humanizeDuration(job.timeoutSeconds)} for a run.`,
    meaning: 'The job does not start (suspended, no room, start missed), or no run ends well.',
    diagnosis: look(input, job),
    mitigation: again(input, job),
    proofs: [
      ...bothWays({
        name: 'its last success is too long ago',
        minutes: 10,
        firing: at(limit + 900),
        quiet: at(limit - 30),
        shown: humanizeDuration(limit + 900),
        labels: {},
      }),
      {
        name: 'fires when it never succeeded since it was made',
        series: [constantSeries(created, labels, -limit - 300, 10)],
        afterMinutes: 10,
        fires: { labels: {}, shown: humanizeDuration(limit + 900) },
      },
    ],
  };
}
