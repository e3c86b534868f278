// Decides who is told of which alert, how often, and which alerts are held back while another one fires.

import { alertName } from '../../alerts/draft';
import type { AlertSeverity } from '../../types';
import type { AlertRoutePlan, AlertRoutingPlan, InhibitionPlan } from '../../types/platform';
import { type Channels, planReceivers, receiverName } from './channels';
import { exporterDown, resourceDown } from './rules/resources';
import { watchdogAlert } from './rules/watching';
import { type ObservabilityScope, platformOwner } from './scope';
import { watchdogFile } from './secrets';

const hour = 3600;
const severities: readonly AlertSeverity[] = ['critical', 'warning', 'info'];
/** A page is repeated while nobody has mended it; a ticket once in half a day. */
const repeatSeconds: Readonly<Record<AlertSeverity, number>> = { critical: hour, warning: 12 * hour, info: 24 * hour };

const routesOf = (channels: Channels): AlertRoutePlan[] =>
  channels.flatMap((owner) =>
    severities.map((severity) => ({
      owner: owner.owner,
      severity,
      receiver: receiverName(owner[severity]),
      repeatSeconds: repeatSeconds[severity],
    })),
  );

/** Labels that tell what an alert is about: a critical one silences what else is said of the same thing. */
const families = ['slo', 'workload', 'resource'] as const;

function inhibitions(): InhibitionPlan[] {
  const downs = [resourceDown, exporterDown].map(alertName).join('|');
  return [
    ...families.map(
      (family): InhibitionPlan => ({
        source: ['severity="critical"', `${family}!=""`],
        target: ['severity=~"warning|info"', `${family}!=""`],
        equal: ['environment', 'service', family],
        why: `Who is paged for this ${family} knows already what the warning says.`,
      }),
    ),
    {
      source: [`alertname=~"${downs}"`],
      target: [`team!="${platformOwner}"`, 'resource!=""'],
      equal: ['environment', 'resource'],
      why: 'A resource that is down, or that nobody measures, is mended once: its users are not told one by one.',
    },
    {
      source: ['alertname="MetricsAbsent"'],
      target: ['alertname=~"TargetDown|RequestMetricsAbsent"'],
      equal: ['environment', 'service'],
      why: 'No target answers: each single one need not be named.',
    },
  ];
}

// https://prometheus.io/docs/alerting/latest/notifications/
const title =
  '[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ .Alerts.Firing | len }}{{ end }}] {{ .CommonLabels.alertname }} {{ .CommonLabels.service }} ({{ .CommonLabels.environment }})';
const text = [
  '{{ range .Alerts }}*{{ .Annotations.summary }}* ({{ .Labels.severity }})',
  '{{ .Annotations.description }}',
  '<{{ .Annotations.runbook_url }}|Runbook> · <{{ .Annotations.dashboard_url }}|Dashboard>',
  '{{ end }}',
].join('\n');

export function planRouting(channels: Channels, { runs }: ObservabilityScope): AlertRoutingPlan {
  const platform = channels.find(({ owner }) => owner === platformOwner);
  return {
    receivers: planReceivers(channels),
    fallback: receiverName(platform?.warning ?? '#alerts'),
    routes: routesOf(channels),
    watchdog: {
      alert: watchdogAlert,
      receiver: 'watchdog',
      secretFile: runs === 'kubernetes' ? watchdogFile : null,
      repeatSeconds: 300,
    },
    groupBy: ['environment', 'service', 'alertname'],
    groupWaitSeconds: 30,
    groupIntervalSeconds: 300,
    inhibitions: inhibitions(),
    message: { title, text },
    secretsPath: runs === 'kubernetes' ? '/etc/alertmanager/secrets/alertmanager-receivers' : '/run/secrets',
  };
}
