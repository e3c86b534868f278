// ClickHouse on a laptop: the official image under its own user, users from a secret file, and a one-shot that creates the databases.
import { authorityFile, certificateFile, certificateFor, keyFile } from '../certificates';
import { accountsOf, type ContainerFactory, givenValue, monitorsOf } from '../container-input';
import type { SecretPart } from '../facts';
import { imageOf, preparation, scratch, secret, secretFile, secretPath, server } from '../hardened-container';
import { auditDays } from './audit';
import { metricsPort } from './exporter';
import { nativePort, port } from './ports';
import { tune } from './tuning';

// https://github.com/docker-library/official-images/blob/master/library/clickhouse
export const tags = { '25.8': '25.8.32.4', '26.3': '26.3.20.7' };

const admin = 'admin';
const usersFile = 'users.xml';
const clientFile = 'client.xml';

/** A user of users.xml: https://clickhouse.com/docs/operations/settings/settings-users */
const user = (name: string, passwordSecret: string, rights: string): readonly (string | SecretPart)[] => [
  `<${name}><password>`,
  secret(passwordSecret),
  `</password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>${rights}</${name}>\n`,
];

/** Names of databases and users are words of letters, digits and underscores by the schema, so they stand in XML and SQL as they are. */
const grants = (databases: readonly string[]): string =>
  `<grants>${databases.map((name) => `<query>GRANT ALL ON ${name}.*</query>`).join('')}</grants>`;

export const container: ContainerFactory = (input) => {
  const accounts = accountsOf(input.uses);
  // The endpoint of the metrics asks for no account, so none is made for it.
  const watched = monitorsOf(input.monitor);
  const limits = tune(input.memoryMiB);
  const databases = [...new Set(input.uses.map((use) => givenValue(use, 'database')))];
  const node = server(input, {
    name: input.name,
    kind: 'clickhouse',
    image: imageOf('clickhouse', tags, input.version),
    user: '101:101',
    // In place of the image's script, which writes users into /etc, changes owners, and is silent about both.
    entrypoint: ['clickhouse-server', '--config-file=/etc/clickhouse-server/config.xml'],
    command: [],
    // The watchdog is a second process that keeps signals from the first: https://clickhouse.com/docs/operations/server-configuration-parameters/settings
    environment: [{ name: 'CLICKHOUSE_WATCHDOG_ENABLE', value: '0' }],
    files: [
      {
        template: 'backing/clickhouse/server.xml',
        view: {
          ports: { https: port, nativeTls: nativePort },
          certificateFile,
          keyFile,
          auditDays,
          usersFile: secretPath(usersFile),
          serverBytes: limits.serverBytes,
          markCacheBytes: limits.markCacheBytes,
        },
        target: '/etc/clickhouse-server/config.d/groundwork.xml',
        executable: false,
      },
      ...watched.map(() => ({
        template: 'backing/clickhouse/metrics.xml',
        view: { port: metricsPort },
        target: '/etc/clickhouse-server/config.d/metrics.xml',
        executable: false,
      })),
    ],
    secretFiles: [
      secretFile(
        usersFile,
        '<clickhouse>\n<profiles><default>',
        `<max_memory_usage>${limits.queryBytes}</max_memory_usage>`,
        `<max_bytes_before_external_group_by>${limits.groupInMemoryBytes}</max_bytes_before_external_group_by>`,
        '</default></profiles>\n<quotas><default/></quotas>\n<users>\n',
        ...user(admin, input.adminSecret, '<access_management>1</access_management>'),
        ...accounts.flatMap((account) =>
          user(account.user, account.passwordSecret, grants(account.uses.map((use) => givenValue(use, 'database')))),
        ),
        '</users>\n</clickhouse>\n',
      ),
    ],
    volumes: [{ name: `${input.name}-data`, path: '/var/lib/clickhouse' }],
    writableFolders: [scratch('tmp', '/tmp', 32), scratch('logs', '/var/log/clickhouse-server', 1)],
    certificate: certificateFor(input.hosts),
    ports: [
      { name: 'https', port },
      { name: 'native-tls', port: nativePort },
      ...watched.map(() => ({ name: 'metrics', port: metricsPort })),
    ],
    healthCheck: {
      command: [
        ...['wget', '-q', '-O', '/dev/null', `--ca-certificate=${authorityFile}`],
        `https://localhost:${port}/ping`,
      ],
      intervalSeconds: 5,
      timeoutSeconds: 3,
      startPeriodSeconds: 60,
      retries: 5,
    },
    why: `ClickHouse ${input.version}, reached by TLS, each service with a user for its own database; the user "default" does not exist.`,
  });
  if (databases.length === 0) return [node];
  const setup = preparation(node, 256, {
    entrypoint: ['clickhouse-client', `--config-file=${secretPath(clientFile)}`, `--host=${input.name}`],
    command: ['--multiquery', '--query', databases.map((name) => `CREATE DATABASE IF NOT EXISTS ${name};`).join(' ')],
    secretFiles: [
      secretFile(
        clientFile,
        `<config><user>${admin}</user><password>`,
        secret(input.adminSecret),
        `</password><secure>1</secure><port>${nativePort}</port><openSSL><client>`,
        `<loadDefaultCAFile>false</loadDefaultCAFile><caConfig>${authorityFile}</caConfig>`,
        '<verificationMode>strict</verificationMode>',
        '<invalidCertificateHandler><name>RejectCertificateHandler</name></invalidCertificateHandler>',
        '</client></openSSL></config>\n',
      ),
    ],
    verifies: true,
    environment: [{ name: 'HOME', value: '/tmp' }],
    writableFolders: [scratch('tmp', '/tmp', 16), scratch('data', '/var/lib/clickhouse', 1)],
    why: 'Creates the databases; repeated at every start, so that a need that was added later is met too.',
  });
  return [node, setup];
};
