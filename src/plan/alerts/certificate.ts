// Alerts on the certificate of the public host: not ready, renewal overdue, near its end.
import { aggregate, binary, equals, group, secondsSince, selectInNamespace } from '../promql/expression';
import type { AlertDraft } from './draft';
import { humanizeDuration } from './humanize';
import type { AlertInput } from './input';
import { message, value } from './message';
import { bothWays } from './proofs';
import { run, say } from './runbook-steps';
import { constantSeries, type Sample } from './samples';

type Certificate = NonNullable<AlertInput['certificate']>;

/** cert-manager retries a failed renewal after an hour: two hours are two tries. https://cert-manager.io/docs/faq/acme/ */
const renewalGraceSeconds = 7200;
const day = 86_400;

export function certificateAlerts(input: AlertInput): AlertDraft[] {
  const { certificate } = input;
  if (certificate === null) return [];
  return [notReady(certificate), renewalOverdue(certificate), nearEnd(certificate)];
}

const metric = ({ name, namespace }: Certificate, what: string, extra: Readonly<Record<string, string>> = {}): string =>
  aggregate(
    'max',
    selectInNamespace(
      `certmanager_certificate_${what}`,
      [equals('name', name), ...Object.entries(extra).map(([key, text]) => equals(key, text))],
      namespace,
    ),
  );

const sample = (
  { name, namespace }: Certificate,
  what: string,
  level: number,
  extra: Readonly<Record<string, string>> = {},
): Sample =>
  constantSeries(`certmanager_certificate_${what}`, { name, exported_namespace: namespace, ...extra }, level, 30);

const diagnosis = ({ name, namespace }: Certificate): AlertDraft['diagnosis'] => [
  run('What cert-manager says of it.', `kubectl --namespace ${namespace} describe certificate ${name}`),
  run(
    'The order and its challenges: the reason stands in their events.',
    `kubectl --namespace ${namespace} get certificaterequests,orders,challenges`,
  ),
];
const mitigation: AlertDraft['mitigation'] = [
  say(
    'HTTP-01: the path /.well-known/acme-challenge/ of the host must reach the solver on port 80. DNS-01: the issuer must be allowed to write the zone.',
  ),
  say('Rate limited: wait, and do not delete the certificate: the one that is there still works.'),
];

function notReady(certificate: Certificate): AlertDraft {
  return {
    name: 'certificate-not-ready',
    // Only the condition "True" counts: healthy certificates have the series of the other conditions too, at 0.
    expr: binary(metric(certificate, 'ready_status', { condition: 'True' }), '==', '0'),
    forSeconds: 600,
    severity: 'warning',
    labels: {},
    summary: message`The certificate of ${certificate.host} is not ready`,
    description: message`cert-manager has not had a valid certificate ${certificate.name} for ${certificate.host} for 10 minutes.`,
    meaning: 'The certificate could not be issued or renewed, or its secret was changed.',
    diagnosis: diagnosis(certificate),
    mitigation,
    proofs: bothWays({
      name: 'it is not ready for 10 minutes',
      minutes: 15,
      firing: [
        sample(certificate, 'ready_status', 0, { condition: 'True' }),
        sample(certificate, 'ready_status', 1, { condition: 'False' }),
      ],
      quiet: [
        sample(certificate, 'ready_status', 1, { condition: 'True' }),
        sample(certificate, 'ready_status', 0, { condition: 'False' }),
      ],
      shown: '0',
      labels: {},
    }),
  };
}

/** A fixed number of days before the end fires on every healthy short-lived certificate: the renewal's own date is what counts. */
function renewalOverdue(certificate: Certificate): AlertDraft {
  const renewal = group(binary(metric(certificate, 'renewal_timestamp_seconds'), '!=', '0'));
  const at = (overdue: number): Sample[] => [sample(certificate, 'renewal_timestamp_seconds', 1200 - overdue)];
  return {
    name: 'certificate-renewal-overdue',
    expr: binary(secondsSince(renewal), '>', String(renewalGraceSeconds)),
    forSeconds: 900,
    severity: 'warning',
    labels: {},
    summary: message`The certificate of ${certificate.host} should have been renewed ${value('duration')} ago`,
    description: message`cert-manager planned to renew ${certificate.name} ${value('duration')} ago and has not: about a third of its life is left.`,
    meaning: 'Renewal fails again and again. Nobody notices until the certificate ends.',
    diagnosis: diagnosis(certificate),
    mitigation,
    proofs: bothWays({
      name: 'the planned renewal is two hours past',
      minutes: 20,
      firing: at(10_800),
      quiet: at(3600),
      shown: humanizeDuration(10_800),
      labels: {},
    }),
  };
}

function nearEnd(certificate: Certificate): AlertDraft {
  const left = group(binary(metric(certificate, 'expiration_timestamp_seconds'), '-', 'time()'));
  const life = group(
    binary(
      metric(certificate, 'not_after_timestamp_seconds'),
      '-',
      metric(certificate, 'not_before_timestamp_seconds'),
    ),
  );
  const end = (seconds: number): Sample[] => [
    sample(certificate, 'expiration_timestamp_seconds', 300 + seconds),
    sample(certificate, 'not_after_timestamp_seconds', 300 + seconds),
    sample(certificate, 'not_before_timestamp_seconds', 300 + seconds - 45 * day),
  ];
  return {
    name: 'certificate-ends-soon',
    expr: binary(left, '<', binary('0.15', '*', life)),
    forSeconds: null,
    severity: 'critical',
    labels: {},
    summary: message`The certificate of ${certificate.host} ends in ${value('duration')}`,
    description: message`Less than 15% of the life of ${certificate.name} is left. Then every client refuses ${certificate.host}.`,
    meaning: 'Renewal has failed since a third of the life was left.',
    diagnosis: diagnosis(certificate),
    mitigation,
    proofs: bothWays({
      name: 'less than 15% of its life is left',
      minutes: 5,
      firing: end(3 * day),
      quiet: end(30 * day),
      shown: humanizeDuration(3 * day),
      labels: {},
    }),
  };
}
