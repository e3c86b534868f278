// Alerts on the watching itself: whether rules are evaluated, targets answer and notifications leave.
import type { AlertDraft } from '../../../alerts/draft';
import { label, message, value } from '../../../alerts/message';
import { bothWays } from '../../../alerts/proofs';
import { query, run, say } from '../../../alerts/runbook-steps';
import { constantSeries, linearSeries, type Sample } from '../../../alerts/samples';
import { absent, aggregate, binary, equals, over, select } from '../../../promql/expression';
import type { ObservabilityScope } from '../scope';

/** Jobs by the names that their targets get. */
export const prometheusJob = 'prometheus';
export const alertmanagerJob = 'alertmanager';

const ofPrometheus = (metric: string): string => select(metric, [equals('job', prometheusJob)]);

function logOf({ runs, monitoringNamespace }: ObservabilityScope, name: string): AlertDraft['diagnosis'][number] {
  return run(
    `The log of ${name}.`,
    runs === 'compose'
      ? `docker compose logs --since 1h ${name}`
      : `kubectl --namespace ${monitoringNamespace} logs --selector app.kubernetes.io/name=${name} --all-containers --since 1h --prefix`,
  );
}

/** Name of the alert that always fires, as in the rules. */
export const watchdogAlert = 'Watchdog';

const watchdog: AlertDraft = {
  name: 'watchdog',
  // Not a constant: it stops when Prometheus no longer scrapes anything, too.
  expr: binary(aggregate('sum', ofPrometheus('up')), '>', '0'),
  forSeconds: null,
  severity: 'info',
  labels: {},
  summary: message`Alerting works`,
  description: message`This alert always fires. Whoever receives it outside tells when it stops: then nobody would be told of anything else.`,
  meaning: 'Scraping, rules, Alertmanager and the way out of the cluster work. Only its absence is a failure.',
  diagnosis: [say('It stopped: look at Prometheus first, then at Alertmanager, then at the network.')],
  mitigation: [say('Bring back what stopped; until then look at the dashboards by hand.')],
  proofs: bothWays({
    name: 'Prometheus scrapes itself',
    minutes: 5,
    firing: [constantSeries('up', { job: prometheusJob, instance: 'prometheus:9090' }, 1, 10)],
    quiet: [constantSeries('up', { job: prometheusJob, instance: 'prometheus:9090' }, 0, 10)],
    shown: '1',
    labels: {},
  }),
};

const undiscovered = (scope: ObservabilityScope): AlertDraft => ({
  name: 'alertmanager-not-discovered',
  expr: binary(aggregate('max', ofPrometheus('prometheus_notifications_alertmanagers_discovered')), '<', '1'),
  forSeconds: 600,
  severity: 'critical',
  labels: {},
  summary: message`Prometheus knows no Alertmanager`,
  description: message`For 10 minutes Prometheus has had nobody to send alerts to.`,
  meaning:
    'Alerts fire and nobody hears of them. This one too is seen in Prometheus only, and by the silence of Watchdog.',
  diagnosis: [logOf(scope, 'prometheus'), logOf(scope, 'alertmanager')],
  mitigation: [say('Bring Alertmanager back, or correct its address in the configuration of Prometheus.')],
  proofs: bothWays({
    name: 'no Alertmanager is known for 10 minutes',
    minutes: 15,
    firing: [constantSeries('prometheus_notifications_alertmanagers_discovered', { job: prometheusJob }, 0, 20)],
    quiet: [constantSeries('prometheus_notifications_alertmanagers_discovered', { job: prometheusJob }, 1, 20)],
    shown: '0',
    labels: {},
  }),
});

const unreachable = (scope: ObservabilityScope): AlertDraft => {
  const errors = 'prometheus_notifications_errors_total';
  const at = { alertmanager: 'http://alertmanager:9093/api/v2/alerts' };
  return {
    name: 'alertmanager-unreachable',
    expr: binary(aggregate('sum', over('increase', ofPrometheus(errors), 300), ['alertmanager']), '>', '0'),
    forSeconds: 600,
    severity: 'critical',
    labels: {},
    summary: message`Prometheus cannot hand alerts to ${label('alertmanager')}`,
    description: message`${value('number')} alerts could not be sent to ${label('alertmanager')} in 5 minutes, for 10 minutes.`,
    meaning: 'Alertmanager does not answer, or a network policy keeps Prometheus out.',
    diagnosis: [logOf(scope, 'alertmanager'), logOf(scope, 'prometheus')],
    mitigation: [say('Restart Alertmanager when it hangs; open port 9093 to Prometheus when it is closed.')],
    proofs: bothWays({
      name: 'alerts cannot be sent',
      minutes: 20,
      firing: [linearSeries(errors, { job: prometheusJob, ...at }, 0, 2, 25)],
      quiet: [linearSeries(errors, { job: prometheusJob, ...at }, 5, 0, 25)],
      shown: '10',
      labels: at,
    }),
  };
};

const undelivered = (scope: ObservabilityScope): AlertDraft => {
  const failed = 'alertmanager_notifications_failed_total';
  return {
    name: 'notifications-not-delivered',
    expr: binary(
      aggregate('sum', over('increase', select(failed, [equals('job', alertmanagerJob)]), 300), ['integration']),
      '>',
      '0',
    ),
    forSeconds: 600,
    severity: 'critical',
    labels: {},
    summary: message`Notifications by ${label('integration')} fail`,
    description: message`${value('number')} notifications by ${label('integration')} failed in 5 minutes, for 10 minutes.`,
    meaning: 'The webhook was removed or renamed, the receiver limits the rate, or nothing leads out of the cluster.',
    diagnosis: [logOf(scope, 'alertmanager')],
    mitigation: [say('Renew the webhook in the secret store; the file in the pod follows within minutes.')],
    proofs: bothWays({
      name: 'notifications fail',
      minutes: 20,
      firing: [linearSeries(failed, { job: alertmanagerJob, integration: 'slack' }, 0, 2, 25)],
      quiet: [linearSeries(failed, { job: alertmanagerJob, integration: 'slack' }, 5, 0, 25)],
      shown: '10',
      labels: { integration: 'slack' },
    }),
  };
};

const evaluation = (scope: ObservabilityScope): AlertDraft => {
  const failures = 'prometheus_rule_evaluation_failures_total';
  return {
    name: 'rule-evaluation-fails',
    expr: binary(aggregate('sum', over('increase', ofPrometheus(failures), 300), ['rule_group']), '>', '0'),
    forSeconds: 600,
    severity: 'critical',
    labels: {},
    summary: message`Rules of ${label('rule_group')} cannot be evaluated`,
    description: message`${value('number')} evaluations of ${label('rule_group')} failed in 5 minutes, for 10 minutes: its alerts cannot fire.`,
    meaning: 'Two series match where one is expected, or Prometheus has not the memory for the query.',
    diagnosis: [
      query('Which groups fail?', aggregate('sum', over('increase', ofPrometheus(failures), 3600), ['rule_group'])),
      logOf(scope, 'prometheus'),
    ],
    mitigation: [say('Roll back the declaration or the exporter that brought the series; enlarge Prometheus.')],
    proofs: bothWays({
      name: 'evaluations fail',
      minutes: 20,
      firing: [linearSeries(failures, { job: prometheusJob, rule_group: 'rules.yaml;shop-pods' }, 0, 2, 25)],
      quiet: [linearSeries(failures, { job: prometheusJob, rule_group: 'rules.yaml;shop-pods' }, 5, 0, 25)],
      shown: '10',
      labels: { rule_group: 'rules.yaml;shop-pods' },
    }),
  };
};

const notLoaded = (scope: ObservabilityScope, job: string): AlertDraft => {
  const metric = `${job}_config_last_reload_successful`;
  return {
    name: `${job}-configuration-not-loaded`,
    expr: binary(aggregate('min', select(metric, [equals('job', job)])), '==', '0'),
    forSeconds: 600,
    severity: 'warning',
    labels: {},
    summary: message`The newest configuration of ${job} is not loaded`,
    description: message`${job} refused its configuration 10 minutes ago and goes on with the one before.`,
    meaning: 'What was deployed last is not in force; a restart would fail.',
    diagnosis: [logOf(scope, job)],
    mitigation: [say('Correct the file that the log names, and deploy it.')],
    proofs: bothWays({
      name: 'the configuration was refused',
      minutes: 15,
      firing: [constantSeries(metric, { job }, 0, 20)],
      quiet: [constantSeries(metric, { job }, 1, 20)],
      shown: '0',
      labels: {},
    }),
  };
};

/** A component of the cluster may be in any namespace: its monitor says where. */
const whereIs = (scope: ObservabilityScope, job: string): AlertDraft['diagnosis'][number] =>
  scope.runs === 'compose'
    ? logOf(scope, job)
    : run(
        'Which pods its monitor selects, and where.',
        `kubectl --namespace ${scope.monitoringNamespace} get podmonitor ${job} --output yaml`,
      );

/** The others answer: each has an alert of the same name. */
const targetsUp = (jobs: readonly string[], job: string, level: number): Sample[] =>
  jobs.map((other) => constantSeries('up', { job: other }, other === job ? level : 1, 20));

/** One for each job: neither a target that is down nor one that nobody finds stays unseen. */
const targetDown = (scope: ObservabilityScope, job: string, jobs: readonly string[]): AlertDraft => ({
  name: 'platform-target-down',
  expr: absent(binary(select('up', [equals('job', job)]), '==', '1')),
  forSeconds: 600,
  severity: 'warning',
  labels: { target: job },
  summary: message`${job} is not measured`,
  description: message`No target of the job ${job} has answered for 10 minutes.`,
  meaning: `${job} is down, or Prometheus does not find it. Alerts that read its metrics cannot fire.`,
  diagnosis: [query('Which targets does Prometheus know?', aggregate('max', 'up', ['job'])), whereIs(scope, job)],
  mitigation: [say('Bring it back; compare its labels and port with the monitor, and the network policies with both.')],
  proofs: bothWays({
    name: `no target of ${job} answers`,
    minutes: 15,
    firing: targetsUp(jobs, job, 0),
    quiet: targetsUp(jobs, job, 1),
    shown: '1',
    labels: {},
  }),
});

/** `jobs`: what the platform scrapes beside services and resources. */
export function watchingAlerts(scope: ObservabilityScope, jobs: readonly string[]): AlertDraft[] {
  return [
    watchdog,
    undiscovered(scope),
    unreachable(scope),
    // A laptop notifies nobody.
    ...(scope.runs === 'kubernetes' ? [undelivered(scope)] : []),
    evaluation(scope),
    notLoaded(scope, prometheusJob),
    notLoaded(scope, alertmanagerJob),
    ...jobs.filter((job) => job !== prometheusJob).map((job) => targetDown(scope, job, jobs)),
  ];
}
