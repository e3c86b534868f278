// Alerts on releases: a rollout that does not come to its end, a migration that failed.

import { escapeRegex } from '../promql/escape';
import { aggregate, binary, equals, matches, select, selectInNamespace } from '../promql/expression';
import type { MigrationPlan, WorkloadPlan } from '../types';
import type { AlertDraft } from './draft';
import type { AlertInput } from './input';
import { label, message } from './message';
import { bothWays } from './proofs';
import { kubectl, lookAtPods, readLog, rollBack, rolloutStatus, run, say, usesArgoRollouts } from './runbook-steps';
import { constantSeries, type Sample } from './samples';

/** The Deployment's or Rollout's own verdict, given after its progress deadline. */
export function rolloutStuck(input: AlertInput, workload: WorkloadPlan): AlertDraft {
  const argo = usesArgoRollouts(workload);
  const { namespace } = input;
  // https://argo-rollouts.readthedocs.io/en/stable/features/controller-metrics/
  const rollout = selectInNamespace(
    'rollout_info',
    [equals('name', workload.name), equals('phase', 'Degraded')],
    namespace,
  );
  const condition = { namespace, deployment: workload.name, condition: 'Progressing' };
  const deployment = select('kube_deployment_status_condition', [
    ...Object.entries(condition).map(([name, text]) => equals(name, text)),
    equals('status', 'false'),
  ]);
  const ofPhase = (phase: string): Sample[] => [
    constantSeries(
      'rollout_info',
      { exported_namespace: namespace, name: workload.name, strategy: workload.rollout.strategy, phase },
      1,
      10,
    ),
  ];
  const ofStatus = (level: number): Sample[] => [
    constantSeries('kube_deployment_status_condition', { ...condition, status: 'false' }, level, 10),
  ];
  return {
    name: 'rollout-stuck',
    expr: binary(aggregate('max', argo ? rollout : deployment), '==', '1'),
    forSeconds: 60,
    severity: 'warning',
    labels: { workload: workload.name },
    summary: message`The rollout of ${workload.name} is stuck`,
    description: message`The new version of ${workload.name} did not become ready within ${String(workload.rollout.progressDeadlineSeconds)} s. The version before still answers.`,
    meaning: 'New pods do not become ready, cannot be scheduled, or their analysis failed.',
    diagnosis: [rolloutStatus(input, workload), ...lookAtPods(input, workload.name), readLog(input, workload.name)],
    mitigation: [rollBack(input, workload)],
    proofs: bothWays({
      name: 'the progress deadline has passed',
      minutes: 5,
      firing: argo ? ofPhase('Degraded') : ofStatus(1),
      quiet: argo ? ofPhase('Healthy') : ofStatus(0),
      shown: '1',
      labels: {},
    }),
  };
}

/** The Job's own verdict: all of its tries failed, or its time is up. */
export const failedJob = (namespace: string, namePattern: string): string =>
  binary(
    aggregate(
      'max',
      select('kube_job_failed', [
        equals('namespace', namespace),
        equals('condition', 'true'),
        matches('job_name', namePattern),
      ]),
      ['job_name'],
    ),
    '==',
    '1',
  );

export const jobVerdict = (input: AlertInput, name: string, failed: number): Sample[] => [
  constantSeries('kube_job_failed', { namespace: input.namespace, job_name: name, condition: 'true' }, failed, 10),
];

export function migrationFailed(input: AlertInput, migration: MigrationPlan): AlertDraft {
  return {
    name: 'migration-failed',
    expr: failedJob(input.namespace, `${escapeRegex(migration.name)}(-.*)?`),
    forSeconds: null,
    severity: 'critical',
    labels: {},
    summary: message`A migration of ${input.service} failed`,
    description: message`The Job ${label('job_name')} failed; the new version was not started. The schema may be half way.`,
    meaning:
      'The database refused a step of the migration, or it took longer than its time limit. The version before runs on the schema as it is now.',
    diagnosis: [
      run(
        'Its log names the step.',
        kubectl(input, `logs --selector app.kubernetes.io/instance=${migration.name} --tail 200 --prefix`),
      ),
      run(
        'Its verdict: DeadlineExceeded or BackoffLimitExceeded.',
        kubectl(input, `describe jobs --selector app.kubernetes.io/instance=${migration.name}`),
      ),
    ],
    mitigation: [
      say('Find out which steps were applied (the migration tool keeps a table of them) before anything else is run.'),
      say(
        'Mend forward: a new migration that completes or takes back the half-applied step. Restore only when data was lost.',
      ),
      ...input.workloads.filter(({ component }) => component === 'web').map((web) => rollBack(input, web)),
    ],
    proofs: bothWays({
      name: 'its Job failed',
      minutes: 5,
      firing: jobVerdict(input, migration.name, 1),
      quiet: jobVerdict(input, migration.name, 0),
      shown: '1',
      labels: { job_name: migration.name },
    }),
  };
}
