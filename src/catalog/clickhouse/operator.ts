// ClickHouse in a cluster by Altinity's operator: one server, users with their own database only.
import { certificateFile, certificateSecret, certificatesFolder, keyFile } from '../certificates';
import { givenValue } from '../container-input';
import type { ClusterObjectPlan } from '../facts';
import { imageOf, scratch } from '../hardened-container';
import type { OperatedInput, OperatedKind } from '../operated';
import {
  guaranteed,
  instanceLabels,
  mebibytes,
  objectOf,
  restrictedContainer,
  restrictedPod,
} from '../operator-object';
import { serverCertificate } from '../server-certificate';
import { auditDays } from './audit';
import { tags } from './container';
import { metricsPort } from './exporter';
import { nativePort, port } from './ports';
import { tune } from './tuning';

const httpPort = 8123;

const databasesOf = ({ accounts }: OperatedInput): readonly string[] =>
  [...new Set(accounts.flatMap(({ uses }) => uses.map((use) => givenValue(use, 'database'))))].sort();

/** Keys are paths in users.xml: https://clickhouse.com/docs/operations/settings/settings-users */
const users = (input: OperatedInput): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    input.accounts.flatMap(({ user, secretName, uses }) => [
      [`${user}/k8s_secret_password`, `${secretName}/password`],
      [`${user}/networks/ip`, ['::/0']],
      [`${user}/profile`, 'default'],
      [`${user}/quota`, 'default'],
      [
        `${user}/grants/query`,
        [...new Set(uses.map((use) => givenValue(use, 'database')))].map((database) => `GRANT ALL ON ${database}.*`),
      ],
    ]),
  );

/** Names are words of letters, digits and underscores by the schema, so they stand in XML and SQL as they are. */
const creation = (databases: readonly string[]): string =>
  [
    '<clickhouse>',
    '  <startup_scripts>',
    '    <throw_on_error>true</throw_on_error>',
    ...databases.map((name) => `    <scripts><query>CREATE DATABASE IF NOT EXISTS ${name}</query></scripts>`),
    '  </startup_scripts>',
    '</clickhouse>',
    '',
  ].join('\n');

const folders = [scratch('tmp', '/tmp', 64), scratch('logs', '/var/log/clickhouse-server', 256)];

function pod(input: OperatedInput) {
  const { repository, tag } = imageOf('clickhouse', tags, input.version);
  return {
    name: 'server',
    metadata: { labels: instanceLabels(input) },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { ...restrictedPod, runAsUser: 101, runAsGroup: 101, fsGroup: 101 },
      containers: [
        {
          name: 'clickhouse',
          image: `${repository}:${tag}`,
          imagePullPolicy: 'Always',
          // The image's script would write a user into /etc, which is read-only.
          env: [{ name: 'CLICKHOUSE_SKIP_USER_SETUP', value: '1' }],
          // The operator adds the others; Prometheus finds a pod by a port that it declares.
          ports: [
            { name: 'https', containerPort: port, protocol: 'TCP' },
            { name: 'metrics', containerPort: metricsPort, protocol: 'TCP' },
          ],
          resources: guaranteed(input),
          securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true },
          volumeMounts: [
            ...folders.map(({ name, path }) => ({ name, mountPath: path })),
            { name: 'certificates', mountPath: certificatesFolder, readOnly: true },
          ],
        },
      ],
      volumes: [
        ...folders.map(({ name, sizeMiB }) => ({ name, emptyDir: { sizeLimit: mebibytes(sizeMiB) } })),
        { name: 'certificates', secret: { secretName: certificateSecret(input.name), defaultMode: 0o440 } },
      ],
    },
  };
}

function installation(input: OperatedInput): ClusterObjectPlan {
  const limits = tune(input.memoryMiB);
  const databases = databasesOf(input);
  return objectOf(
    input,
    'clickhouse.altinity.com/v1',
    'ClickHouseInstallation',
    input.name,
    {
      spec: {
        defaults: {
          templates: { podTemplate: 'server', serviceTemplate: 'instance', dataVolumeClaimTemplate: 'data' },
        },
        configuration: {
          clusters: [
            { name: 'main', layout: { shardsCount: 1, replicasCount: input.replicas }, secret: { auto: 'true' } },
          ],
          users: users(input),
          profiles: {
            'default/max_memory_usage': limits.queryBytes,
            'default/max_bytes_before_external_group_by': limits.groupInMemoryBytes,
            'default/log_queries': 1,
          },
          settings: {
            max_server_memory_usage: limits.serverBytes,
            mark_cache_size: limits.markCacheBytes,
            https_port: port,
            tcp_port_secure: nativePort,
            'openSSL/server/certificateFile': certificateFile,
            'openSSL/server/privateKeyFile': keyFile,
            'openSSL/server/verificationMode': 'none',
            'openSSL/server/disableProtocols': 'sslv2,sslv3,tlsv1,tlsv1_1',
            ...Object.fromEntries(
              ['session_log', 'query_log'].flatMap((table) => [
                [`${table}/database`, 'system'],
                [`${table}/table`, table],
                [`${table}/partition_by`, 'toYYYYMM(event_date)'],
                [`${table}/ttl`, `event_date + INTERVAL ${auditDays} DAY DELETE`],
                [`${table}/flush_interval_milliseconds`, 7500],
              ]),
            ),
            'logger/level': 'information',
            'logger/console': 1,
            'logger/size': '50M',
            'logger/count': 2,
            'prometheus/endpoint': '/metrics',
            'prometheus/port': metricsPort,
            'prometheus/metrics': true,
            'prometheus/events': true,
            'prometheus/asynchronous_metrics': true,
          },
          ...(databases.length === 0 ? {} : { files: { 'config.d/databases.xml': creation(databases) } }),
        },
        templates: {
          podTemplates: [pod(input)],
          serviceTemplates: [
            {
              name: 'instance',
              generateName: input.name,
              spec: {
                type: 'ClusterIP',
                ports: [
                  { name: 'https', port, targetPort: port },
                  { name: 'metrics', port: metricsPort, targetPort: metricsPort },
                ],
              },
            },
          ],
          volumeClaimTemplates: [
            {
              name: 'data',
              reclaimPolicy: 'Retain',
              spec: {
                accessModes: ['ReadWriteOnce'],
                resources: { requests: { storage: mebibytes(input.storageMiB) } },
              },
            },
          ],
        },
      },
    },
    {
      '': `ClickHouse ${input.version} by Altinity's operator.`,
      'spec.configuration.clusters':
        'One replica: tables of the MergeTree family are copied only where each table says so.',
      'spec.configuration.users':
        'One per service, for its own database; the operator writes a hash of the password into the configuration.',
      'spec.configuration.profiles':
        'From the memory of the class, as on a laptop; queries are logged with their user.',
      'spec.configuration.settings':
        'TLS by the authority that services trust; who logged in and who asked what, kept for a month; metrics for Prometheus.',
      ...(databases.length === 0
        ? {}
        : { 'spec.configuration.files': 'The server makes the databases when it starts; nobody else may.' }),
      'spec.templates.serviceTemplates':
        'The host that services name, by TLS only; the operator alone speaks plain HTTP, to its own Services.',
      'spec.templates.volumeClaimTemplates': 'Whoever deletes this object deletes no data.',
    },
  );
}

export const operated: OperatedKind = {
  network: {
    operator: { namespace: 'clickhouse-operator', labels: { app: 'clickhouse-operator' }, ports: [httpPort] },
    members: [9000, 9009, httpPort],
    reachesApiServer: false,
    reachesObjectStore: false,
    why: 'The operator asks the server how it is and creates what a new replica lacks.',
  },
  operator: 'Altinity Kubernetes Operator for ClickHouse',
  documentation: 'https://github.com/Altinity/clickhouse-operator/blob/master/docs/custom_resource_explained.md',
  // A second replica holds nothing of a table that does not ask to be replicated, so it would be no replica.
  savesByAccount: false,
  replicas: { single: 1, highlyAvailable: 1 },
  objects: (input) => [serverCertificate(input, {}), installation(input)],
};
