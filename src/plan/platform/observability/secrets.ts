// Decides which secrets the watching servers read, and under which file names.
import type { PlatformFacts } from '../../../model/platform-facts';
import type { SecretFilePlan, SecretSource } from '../../types';
import type { ReceiverPlan } from '../../types/platform';

/** Where nothing answers, so that a laptop never writes to a team's channel. */
const nobody = 'http://127.0.0.1:9/';

export const watchdogFile = 'watchdog-url';
export const grafanaPasswordFile = 'admin.password';

interface WatcherSecret {
  readonly container: string;
  readonly file: string;
  readonly source: SecretSource;
}

interface Named {
  readonly container: string;
  readonly file: string;
  readonly property: string;
  readonly description: string;
  readonly developmentValue: string | null;
}

export interface WatcherSecretsInput {
  readonly facts: PlatformFacts;
  readonly environment: string;
  readonly receivers: readonly ReceiverPlan[];
  readonly runs: 'compose' | 'kubernetes';
}

/** Every secret file of the watching servers, with its source. */
export function watcherSecrets({ facts, environment, receivers, runs }: WatcherSecretsInput): WatcherSecret[] {
  const { metrics, dashboards, logging, tracing } = facts.observability;
  const password = (container: string, name: string, description: string): Named => ({
    container,
    file: `${name}.password`,
    property: `${name}-password`,
    description,
    developmentValue: null,
  });
  const alertmanager = receivers.map(
    ({ secretFile, channel }): Named => ({
      container: 'alertmanager',
      file: secretFile,
      property: secretFile,
      description: `Incoming webhook of Slack for ${channel}`,
      developmentValue: nobody,
    }),
  );
  const watchdog: Named = {
    container: 'alertmanager',
    file: watchdogFile,
    property: watchdogFile,
    description: 'URL outside of the cluster that tells when it is no longer called',
    developmentValue: nobody,
  };
  const elastic =
    runs === 'compose' && (logging !== 'none' || tracing !== 'none')
      ? [password('logs-elasticsearch', 'elastic', 'Password of the administrator of the log store')]
      : [];
  const kibana =
    runs === 'compose' && logging !== 'none'
      ? [password('logs-kibana', 'kibana', 'Password of Kibana at the log store')]
      : [];
  const all = [
    ...(metrics === 'none' ? [] : [...alertmanager, ...(runs === 'kubernetes' ? [watchdog] : [])]),
    ...(metrics === 'none' || dashboards === 'none'
      ? []
      : [password('grafana', 'admin', 'Password of the administrator of Grafana')]),
    ...elastic,
    ...kibana,
  ];
  return all.map(({ container, file, property, description, developmentValue }) => ({
    container,
    file,
    source: {
      id: `${container}-${property}`,
      description,
      generatedLength: 32,
      developmentValue,
      remoteKey: `${facts.name}/${environment}/${container}`,
      remoteProperty: property,
    },
  }));
}

/** The files of one container. */
export const filesOf = (secrets: readonly WatcherSecret[], container: string): SecretFilePlan[] =>
  secrets
    .filter((secret) => secret.container === container)
    .map(({ file, source }) => ({ name: file, content: [{ kind: 'secret', secret: source.id, encoding: 'none' }] }));
