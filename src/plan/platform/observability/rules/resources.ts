// Alerts on the backing instances themselves: the resource does not answer, or its exporter does not.
import { kinds } from '../../../../catalog';
import type { BackingAlert } from '../../../../catalog/backing-alert';
import type { AlertDraft } from '../../../alerts/draft';
import { message } from '../../../alerts/message';
import { bothWays } from '../../../alerts/proofs';
import { query, say } from '../../../alerts/runbook-steps';
import { constantSeries, type Sample } from '../../../alerts/samples';
import { absent, aggregate, binary, equals, select } from '../../../promql/expression';
import type { BackingInstancePlan } from '../../../types/platform';

/** Names of the alerts that silence those of the resource's users. */
export const resourceDown = 'resource-down';
export const exporterDown = 'exporter-down';

/** What the exporter says when it cannot reach the resource; null where the catalog knows no such sample. */
function answersSignal(kind: string): { readonly alert: BackingAlert; readonly metric: string } | null {
  const alert = kinds[kind]?.alerts.find(({ name }) => name === `${kind}-down`);
  return alert?.signal.of === 'value' ? { alert, metric: alert.signal.metric } : null;
}

function downAlert({ name, kind, title, uses }: BackingInstancePlan): AlertDraft[] {
  const found = answersSignal(kind);
  if (found === null) return [];
  const { alert, metric } = found;
  const users = [...new Set(uses.map(({ service }) => service))].join(', ');
  const series = (level: number) => [
    constantSeries(metric, { service: name, instance: `${name}-exporter:9100` }, level, 15),
  ];
  return [
    {
      name: resourceDown,
      expr: binary(aggregate('max', select(metric, [equals('service', name)])), '==', '0'),
      forSeconds: alert.forSeconds,
      severity: 'critical',
      labels: { resource: name },
      summary: message`${title} ${name} does not answer`,
      description: message`No instance of ${name} answers its exporter. It is used by ${users}.`,
      meaning: `${alert.meaning} Alerts of its users about it are held back while this one fires.`,
      diagnosis: [
        query('What each instance says.', select(metric, [equals('service', name)])),
        ...alert.diagnosis.map(say),
      ],
      mitigation: alert.mitigation.map(say),
      proofs: bothWays({
        name: `${name} does not answer`,
        minutes: 10,
        firing: series(0),
        quiet: series(1),
        shown: '0',
        labels: {},
      }),
    },
  ];
}

function exporterAlert({ name, exporter }: BackingInstancePlan, all: readonly BackingInstancePlan[]): AlertDraft[] {
  if (exporter === null) return [];
  // The others answer: each has an alert of the same name.
  const series = (level: number): Sample[] =>
    all.flatMap((other) =>
      other.exporter === null
        ? []
        : [
            constantSeries(
              'up',
              { job: other.exporter.host, service: other.name },
              other.name === name ? level : 1,
              20,
            ),
          ],
    );
  const matchers = [equals('job', exporter.host), equals('service', name)];
  return [
    {
      name: exporterDown,
      expr: absent(binary(select('up', matchers), '==', '1')),
      forSeconds: 600,
      severity: 'warning',
      labels: { resource: name },
      summary: message`Nothing measures ${name}`,
      description: message`${exporter.host} has not answered for 10 minutes: what ${name} does is unknown and its alerts cannot fire.`,
      meaning: 'The exporter is down, or Prometheus may not reach it. The resource itself may be well.',
      diagnosis: [query('Which of its targets are known?', select('up', [equals('service', name)]))],
      mitigation: [say('Restart the exporter; renew its password when it was rotated; compare the network policies.')],
      proofs: bothWays({
        name: `the exporter of ${name} does not answer`,
        minutes: 15,
        firing: series(0),
        quiet: series(1),
        shown: '1',
        labels: {},
      }),
    },
  ];
}

/** Alerts of every instance that anything makes the metrics of. */
export const resourceAlerts = (
  instances: readonly BackingInstancePlan[],
): readonly { readonly instance: string; readonly drafts: readonly AlertDraft[] }[] =>
  instances
    .filter(({ exporter }) => exporter !== null)
    .map((instance) => ({
      instance: instance.name,
      drafts: [...downAlert(instance), ...exporterAlert(instance, instances)],
    }));
