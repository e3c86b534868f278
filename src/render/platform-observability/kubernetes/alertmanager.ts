// Turns the cluster's Alertmanager into an object of the Prometheus Operator, with the secret files of its receivers.
import type { WatcherPlan } from '../../../plan/types/platform';
import type { Manifest } from '../../shared/kubernetes/manifest';
import { amounts } from '../../shared/kubernetes/quantity';
import { fetched, identifier } from '../../shared/kubernetes/remote-secret';
import { secretTemplate } from '../../shared/kubernetes/secret-template';
import {
  disruptionBudget,
  inFile,
  type MonitoringScope,
  metadata,
  ownLabels,
  podSecurity,
  serviceAccount,
  spread,
  watcherNamed,
} from './scope';

const name = 'alertmanager';
const labels = { 'app.kubernetes.io/name': name };
const write = inFile('alertmanager-server.yaml');

/** Secret of the configuration; kustomize makes it of alertmanager.yml, which holds no secret. */
export const configurationSecret = 'alertmanager-configuration';
/** Secret of the receivers' URLs, one file each. */
const receiversSecret = 'alertmanager-receivers';

/** The Secret that a watching server's files come from. */
export function watcherSecret(
  scope: MonitoringScope,
  { secretFiles }: Pick<WatcherPlan, 'secretFiles'>,
  secretName: string,
  of: string,
): Parameters<typeof write>[0] {
  const { secretStore } = scope.cluster;
  const used = new Set(
    secretFiles.flatMap(({ content }) => content.flatMap((part) => (part.kind === 'secret' ? [part.secret] : []))),
  );
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: metadata(scope, secretName, of, 'configure'),
    spec: {
      secretStoreRef: { kind: secretStore.kind, name: secretStore.name },
      refreshPolicy: 'Periodic',
      refreshInterval: secretStore.refreshInterval,
      target: {
        name: secretName,
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        template: {
          engineVersion: 'v2',
          mergePolicy: 'Replace',
          type: 'Opaque',
          metadata: { labels: ownLabels(scope, of), annotations: {} },
          data: Object.fromEntries(
            secretFiles.map((file) => [file.name, secretTemplate(file.content, (id) => `.${identifier(id)}`)]),
          ),
        },
      },
      data: scope.watching.secretSources.filter(({ id }) => used.has(id)).map(fetched),
    },
  };
}

function server(scope: MonitoringScope): Manifest {
  const { image, request, limit } = watcherNamed(scope, name);
  return write(
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Alertmanager',
      metadata: metadata(scope, name, name, 'run'),
      spec: {
        image: `${image.repository}:${image.tag}`,
        version: image.tag,
        replicas: scope.watching.replicas.alertmanager,
        serviceAccountName: name,
        automountServiceAccountToken: false,
        podMetadata: { labels: { ...labels, 'app.kubernetes.io/part-of': scope.plan.identity.name } },
        configSecret: configurationSecret,
        secrets: [receiversSecret],
        storage: {
          volumeClaimTemplate: {
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        },
        resources: { requests: amounts(request), limits: amounts(limit) },
        securityContext: podSecurity,
        ...spread(labels),
      },
    },
    {
      'spec.replicas': 'They agree among each other on what was told, so that one may fail.',
      'spec.configSecret':
        'The same form as on a laptop, judged by amtool; AlertmanagerConfig objects would confine each route to a namespace.',
      'spec.secrets': 'Mounted as files, which the configuration names: no URL is in it.',
    },
  );
}

export const alertmanagerObjects = (scope: MonitoringScope): Manifest[] => [
  write(serviceAccount(scope, name)),
  write(watcherSecret(scope, watcherNamed(scope, name), receiversSecret, name), {
    'spec.target.deletionPolicy': 'Running pods keep their secrets when the store loses them.',
  }),
  server(scope),
  write(disruptionBudget(scope, name, labels)),
];
