// Decides which secrets the watching servers read, and under which file names.
import type { PlatformFacts } from '../../../model/platform-facts';
import { hasTraces, tokenSource, traceServer } from '../../tracing';
import type { SecretFilePlan, SecretSource, SecretText } from '../../types';
import type { ReceiverPlan } from '../../types/platform';

/** Where nothing answers, so that a laptop never writes to a team's channel. */
const nobody = 'http://127.0.0.1:9/';

export const watchdogFile = 'watchdog-url';
export const grafanaPasswordFile = 'admin.password';

/** A secret file of a watching server, and what it is made from. */
export interface WatcherSecret {
  readonly container: string;
  readonly file: string;
  readonly content: SecretText;
  readonly source: SecretSource;
}

export interface WatcherSecretsInput {
  readonly facts: PlatformFacts;
  readonly environment: string;
  readonly receivers: readonly ReceiverPlan[];
  readonly runs: 'compose' | 'kubernetes';
}

interface Origin {
  readonly facts: PlatformFacts;
  readonly environment: string;
}

function sourceOf(
  { facts, environment }: Origin,
  of: string,
  property: string,
  description: string,
  developmentValue: string | null = null,
): SecretSource {
  return {
    id: `${of}-${property}`,
    description,
    generatedLength: 32,
    developmentValue,
    remoteKey: `${facts.name}/${environment}/${of}`,
    remoteProperty: property,
  };
}

/** A file of literal text around the secret; the value is made of letters and digits, so it needs no escape in JSON. */
function fileOf(container: string, file: string, source: SecretSource, before = '', after = ''): WatcherSecret {
  const literal = (text: string): SecretText => (text === '' ? [] : [{ kind: 'literal', text }]);
  return {
    container,
    file,
    content: [...literal(before), { kind: 'secret', secret: source.id, encoding: 'none' }, ...literal(after)],
    source,
  };
}

function alertmanagerSecrets(origin: Origin, { receivers, runs }: WatcherSecretsInput): WatcherSecret[] {
  const channels = receivers.map(({ secretFile, channel }) =>
    fileOf(
      'alertmanager',
      secretFile,
      sourceOf(origin, 'alertmanager', secretFile, `Incoming webhook of Slack for ${channel}`, nobody),
    ),
  );
  const watchdog = 'URL outside of the cluster that tells when it is no longer called';
  return runs === 'compose'
    ? channels
    : [
        ...channels,
        fileOf('alertmanager', watchdogFile, sourceOf(origin, 'alertmanager', watchdogFile, watchdog, nobody)),
      ];
}

/** Options of curl, so that the password is in no argument. */
export const curlFile = 'admin.curl';
export const writer = 'writer';

/** On a laptop; in a cluster the operator of Elastic makes them. */
function elasticSecrets(origin: Origin): WatcherSecret[] {
  const { logging, tracing } = origin.facts.observability;
  if (logging === 'none' && tracing === 'none') return [];
  const password = (property: string, of: string) =>
    sourceOf(origin, 'logs', property, `Password of ${of} at the log store`);
  const admin = password('elastic-password', 'the administrator');
  const kibana = password('kibana-password', 'Kibana');
  const writing = password('writer-password', 'what writes logs and traces');
  const key = sourceOf(origin, 'logs', 'kibana-encryption-key', 'Key that Kibana encrypts its saved objects with');
  const curl = (container: string) => fileOf(container, curlFile, admin, 'user = "elastic:', '"\n');
  return [
    fileOf('logs-elasticsearch', 'bootstrap.password', admin),
    curl('logs-elasticsearch'),
    curl('logs-setup'),
    fileOf('logs-setup', 'kibana_system.json', kibana, '{"password":"', '"}'),
    fileOf('logs-setup', `${writer}.json`, writing, '{"password":"', `","roles":["${writer}"]}`),
    fileOf('logs-kibana', 'kibana.password', kibana),
    fileOf('logs-kibana', 'encryption.key', key),
    ...(logging === 'none' ? [] : [fileOf('logs-filebeat', `${writer}.password`, writing)]),
    ...(tracing === 'none' ? [] : [fileOf('apm-server', `${writer}.password`, writing)]),
  ];
}

/** In a cluster: the entry of the key store that holds what services show. */
const traceSecrets = ({ facts, environment }: Origin): WatcherSecret[] =>
  hasTraces(facts) ? [fileOf(traceServer, 'SERVICES_TOKEN', tokenSource(facts.name, environment))] : [];

/** Every secret file of the watching servers, with its source. */
export function watcherSecrets(input: WatcherSecretsInput): WatcherSecret[] {
  const { facts, environment, runs } = input;
  const { metrics, dashboards } = facts.observability;
  const origin = { facts, environment };
  const administrator = 'Password of the administrator of Grafana';
  return [
    ...(metrics === 'none' ? [] : alertmanagerSecrets(origin, input)),
    ...(metrics === 'none' || dashboards === 'none'
      ? []
      : [fileOf('grafana', grafanaPasswordFile, sourceOf(origin, 'grafana', 'admin-password', administrator))]),
    ...(runs === 'compose' ? elasticSecrets(origin) : traceSecrets(origin)),
  ];
}

/** The files of one container. */
export const filesOf = (secrets: readonly WatcherSecret[], container: string): SecretFilePlan[] =>
  secrets.filter((secret) => secret.container === container).map(({ file, content }) => ({ name: file, content }));
