// Alerts on recovery: a backup that is too old, a restore test that failed or does not run, an archive that stays behind.
import type { BackupJob } from '../../../../catalog/backups';
import type { AlertDraft } from '../../../alerts/draft';
import { humanizeDuration } from '../../../alerts/humanize';
import { label, message, value } from '../../../alerts/message';
import { bothWays } from '../../../alerts/proofs';
import { failedJob } from '../../../alerts/releases';
import { query, run, say } from '../../../alerts/runbook-steps';
import { constantSeries, linearSeries, type Sample } from '../../../alerts/samples';
import { escapeRegex } from '../../../promql/escape';
import { aggregate, binary, equals, group, over, secondsSince, select, whileAny } from '../../../promql/expression';
import type { BackingInstancePlan } from '../../../types/platform';
import { longestGapSeconds } from '../../recovery/schedule';
import type { ObservabilityScope } from '../scope';

const commands = ({ dataNamespace }: ObservabilityScope, name: string) => {
  const kubectl = `kubectl --namespace ${dataNamespace}`;
  return {
    look: [
      run(
        'Its last runs.',
        `${kubectl} get jobs --selector app.kubernetes.io/instance=${name} --sort-by .status.startTime`,
      ),
      run(
        'Their log says which stage failed and why.',
        `${kubectl} logs --selector app.kubernetes.io/instance=${name} --all-containers --tail 200 --prefix`,
      ),
      run('Is it suspended, and when did it start last?', `${kubectl} get cronjob ${name}`),
    ],
    again: run('Run it once more by hand.', `${kubectl} create job --from cronjob/${name} ${name}-again`),
  };
};

const documented = ({ name }: BackingInstancePlan, { environment }: ObservabilityScope) =>
  say(`How ${name} is restored, command by command: platform/recovery/README.md, ${name} in ${environment}.`);

/** A success that is overdue by the job's own schedule; counted from its creation while there was none. */
function overdue(
  scope: ObservabilityScope,
  instance: BackingInstancePlan,
  job: BackupJob,
  said: Pick<AlertDraft, 'name' | 'severity' | 'summary' | 'meaning'>,
): AlertDraft {
  const gap = longestGapSeconds(job.schedule ?? '') ?? 366 * 86_400;
  const limit = gap + job.deadlineSeconds;
  const labels = { namespace: scope.dataNamespace, cronjob: job.name };
  const of = [equals('namespace', scope.dataNamespace), equals('cronjob', job.name)];
  const success = 'kube_cronjob_status_last_successful_time';
  const created = 'kube_cronjob_created';
  const since = group(binary(aggregate('max', select(success, of)), 'or', aggregate('max', select(created, of))));
  const { look, again } = commands(scope, job.name);
  const at = (metric: string, age: number): Sample[] => [constantSeries(metric, labels, 600 - age, 10)];
  return {
    ...said,
    expr: binary(secondsSince(since), '>', String(limit)),
    forSeconds: 60,
    labels: { resource: instance.name, cronjob: job.name },
    description: message`${job.name} succeeded ${value('duration')} ago. By its schedule ${job.schedule ?? ''} (UTC) no more than ${humanizeDuration(limit)} may pass: ${humanizeDuration(gap)} between two starts, ${humanizeDuration(job.deadlineSeconds)} for a run.`,
    diagnosis: look,
    mitigation: [again, documented(instance, scope)],
    proofs: [
      ...bothWays({
        name: 'its last success is too long ago',
        minutes: 10,
        firing: at(success, limit + 900),
        quiet: at(success, limit - 30),
        shown: humanizeDuration(limit + 900),
        labels: {},
      }),
      {
        name: 'fires when it never succeeded since it was made',
        series: at(created, limit + 900),
        afterMinutes: 10,
        fires: { labels: {}, shown: humanizeDuration(limit + 900) },
      },
    ],
  };
}

function failed(scope: ObservabilityScope, instance: BackingInstancePlan, job: BackupJob): AlertDraft {
  // A CronJob appends the scheduled minute to the name of each run.
  const name = `${job.name}-29384520`;
  const { look, again } = commands(scope, job.name);
  const verdict = (level: number): Sample[] => [
    constantSeries('kube_job_failed', { namespace: scope.dataNamespace, job_name: name, condition: 'true' }, level, 10),
  ];
  return {
    name: 'restore-test-failed',
    expr: failedJob(scope.dataNamespace, `${escapeRegex(job.name)}-[0-9]+`),
    forSeconds: null,
    severity: 'critical',
    labels: { resource: instance.name, cronjob: job.name },
    summary: message`The newest backup of ${instance.name} could not be restored`,
    description: message`The run ${label('job_name')} failed: the backup cannot be fetched or restored, or the restored data does not answer the declared questions as it should.`,
    meaning: 'Until this is mended, the promise to bring the data back is not kept: treat it as data that may be lost.',
    diagnosis: look,
    mitigation: [
      say('Take a backup now and test that one; if it fails too, look at the data itself before anything is removed.'),
      again,
      documented(instance, scope),
    ],
    proofs: bothWays({
      name: 'a run failed',
      minutes: 5,
      firing: verdict(1),
      quiet: verdict(0),
      shown: '1',
      labels: { job_name: name },
    }),
  };
}

function behind(scope: ObservabilityScope, instance: BackingInstancePlan): AlertDraft[] {
  const { recovery, exporter, name } = instance;
  if (recovery === null || recovery.lagMetric === null || exporter === null) return [];
  const { failed: failures, age } = recovery.lagMetric;
  const limit = Math.max(recovery.rpo?.seconds ?? 0, 2 * (recovery.archive?.intervalSeconds ?? 0));
  const of = [equals('service', name)];
  const labels = { service: name };
  // An idle server archives nothing and is not behind: only attempts that fail count.
  const failing = binary(aggregate('sum', over('increase', select(failures, of), 900)), '>', '0');
  const oldest = aggregate('max', select(age, of));
  return [
    {
      name: 'archive-behind',
      expr: whileAny(binary(oldest, '>', String(limit)), failing),
      forSeconds: 300,
      severity: 'critical',
      labels: { resource: name },
      summary: message`The archive of ${name} is ${value('duration')} behind`,
      description: message`Segments of the log cannot be sent away. More than ${humanizeDuration(limit)} of writes would be lost with the volume.`,
      meaning:
        'The store of backups does not take what the server sends: rights, network, or the bucket. The disk fills meanwhile.',
      diagnosis: [
        query('How old is what was sent last?', oldest),
        query('Attempts that failed.', aggregate('sum', over('increase', select(failures, of), 900))),
        run(
          'What the server says.',
          `kubectl --namespace ${scope.dataNamespace} logs --selector app.kubernetes.io/instance=${name} --all-containers --since 1h --prefix`,
        ),
      ],
      mitigation: [
        say('Mend the way to the bucket; the server sends what it kept by itself.'),
        documented(instance, scope),
      ],
      proofs: bothWays({
        name: 'attempts fail and the last success is old',
        minutes: 30,
        firing: [constantSeries(age, labels, limit + 900, 40), linearSeries(failures, labels, 0, 1, 40)],
        quiet: [constantSeries(age, labels, limit + 900, 40), constantSeries(failures, labels, 7, 40)],
        shown: humanizeDuration(limit + 900),
        labels: {},
      }),
    },
  ];
}

function ofJob(scope: ObservabilityScope, instance: BackingInstancePlan, job: BackupJob): AlertDraft[] {
  if (job.schedule === null) return [];
  if (job.purpose === 'backup')
    return [
      overdue(scope, instance, job, {
        name: 'backup-too-old',
        severity: 'critical',
        summary: message`The newest backup of ${instance.name} is too old`,
        meaning: 'No run of the job ends well, or it does not start: what is written since is in no dump.',
      }),
    ];
  return [
    failed(scope, instance, job),
    overdue(scope, instance, job, {
      name: 'restore-test-overdue',
      severity: 'warning',
      summary: message`No restore of ${instance.name} was tried for too long`,
      meaning: 'The job does not start (suspended, no room for its disk, start missed), or no run ends well.',
    }),
  ];
}

/** Alerts of every instance that has jobs in the cluster. */
export const recoveryAlerts = (
  scope: ObservabilityScope,
  instances: readonly BackingInstancePlan[],
): readonly AlertDraft[] =>
  instances.flatMap((instance) => [
    ...(instance.recovery?.jobs ?? []).flatMap((job) => ofJob(scope, instance, job)),
    ...behind(scope, instance),
  ]);
