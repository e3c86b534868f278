// Turns the routes of alerts into Alertmanager's configuration and the cases that prove them.
import type { AlertRoutePlan, AlertRoutingPlan, ObservabilityPlan, ReceiverPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import type { YamlComments } from '../shared/yaml';
import { yamlFile } from './file';

const seconds = (value: number): string => `${value}s`;
const matcher = (label: string, value: string): string => `${label}=${JSON.stringify(value)}`;
const owners = (routes: readonly AlertRoutePlan[]): string[] => [...new Set(routes.map(({ owner }) => owner))];

function ownerRoute(routing: AlertRoutingPlan, owner: string): object {
  const own = routing.routes.filter((route) => route.owner === owner);
  return {
    matchers: [matcher('team', owner)],
    routes: own.map(({ severity, receiver, repeatSeconds }) => ({
      matchers: [matcher('severity', severity)],
      receiver,
      repeat_interval: seconds(repeatSeconds),
    })),
  };
}

const slackReceiver = ({ message, secretsPath }: AlertRoutingPlan, { name, channel, secretFile }: ReceiverPlan) => ({
  name,
  slack_configs: [
    {
      channel,
      api_url_file: `${secretsPath}/${secretFile}`,
      send_resolved: true,
      title: message.title,
      text: message.text,
    },
  ],
});

const watchdogReceiver = ({ watchdog, secretsPath }: AlertRoutingPlan) =>
  watchdog.secretFile === null
    ? { name: watchdog.receiver }
    : {
        name: watchdog.receiver,
        webhook_configs: [{ url_file: `${secretsPath}/${watchdog.secretFile}`, send_resolved: false }],
      };

function configuration(routing: AlertRoutingPlan): object {
  const { watchdog } = routing;
  return {
    route: {
      receiver: routing.fallback,
      group_by: routing.groupBy,
      group_wait: seconds(routing.groupWaitSeconds),
      group_interval: seconds(routing.groupIntervalSeconds),
      routes: [
        {
          matchers: [matcher('alertname', watchdog.alert)],
          receiver: watchdog.receiver,
          group_wait: '0s',
          group_interval: seconds(watchdog.repeatSeconds),
          repeat_interval: seconds(watchdog.repeatSeconds),
        },
        ...owners(routing.routes).map((owner) => ownerRoute(routing, owner)),
      ],
    },
    inhibit_rules: routing.inhibitions.map(({ source, target, equal }) => ({
      source_matchers: source,
      target_matchers: target,
      equal,
    })),
    receivers: [watchdogReceiver(routing), ...routing.receivers.map((receiver) => slackReceiver(routing, receiver))],
  };
}

const commentsOf = ({ inhibitions, watchdog }: AlertRoutingPlan): YamlComments => ({
  'route.receiver': 'Of what nobody owns.',
  'route.routes.0': 'Always fires: whoever is called here tells when the calls stop.',
  ...Object.fromEntries(inhibitions.map(({ why }, index) => [`inhibit_rules.${index}`, why])),
  'receivers.0':
    watchdog.secretFile === null
      ? 'Nobody outside listens to a laptop.'
      : 'The URL is a secret: whoever has it can keep it quiet.',
  'receivers.1': "A webhook of a Slack app posts to one channel only: each has its own, in a secret's file.",
});

/** Judged by `amtool config routes test`: each owner and severity reaches its channel. */
function cases({ routes, watchdog, fallback }: AlertRoutingPlan): object[] {
  return [
    { labels: { alertname: watchdog.alert, team: 'platform', severity: 'info' }, receivers: [watchdog.receiver] },
    { labels: { alertname: 'Any', team: 'nobody', severity: 'critical' }, receivers: [fallback] },
    ...routes.map(({ owner, severity, receiver }) => ({
      labels: { alertname: 'Any', team: owner, severity },
      receivers: [receiver],
    })),
  ];
}

/** Two files in a folder. */
export const alertmanagerFiles = ({ routing }: ObservabilityPlan, folder: string): GeneratedFile[] => [
  yamlFile(`${folder}/alertmanager.yml`, configuration(routing), commentsOf(routing)),
  yamlFile(`${folder}/alertmanager-routes.test.yaml`, cases(routing)),
];
