// Elasticsearch on a laptop: one node with security on, and a one-shot that keeps roles and users as declared.
import { authorityFile, certificateFile, certificateFor, keyFile } from '../certificates';
import { accountsOf, type ContainerFactory, givenValue, monitorsOf } from '../container-input';
import { imageOf, preparation, scratch, secret, secretFile, secretPath, server } from '../hardened-container';
import { heapMiB } from './tuning';

// https://github.com/docker-library/official-images/blob/master/library/elasticsearch
export const tags = { '8': '8.19.20', '9': '9.5.2' };

const port = 9200;
const bootstrapFile = 'bootstrap.password';
/** Options of curl, so that the password is in no argument. */
const curlFile = 'admin.curl';

/** JSON around a secret; the secret is made of letters and digits, so it needs no escape. */
const account = (passwordSecret: string, role: string) => [
  '{"password":"',
  secret(passwordSecret),
  `","roles":[${JSON.stringify(role)}]}`,
];

export const container: ContainerFactory = (input) => {
  const heap = heapMiB(input.memoryMiB);
  const accounts = accountsOf(input.uses);
  const watched = monitorsOf(input.monitor);
  const admin = secretFile(curlFile, 'user = "elastic:', secret(input.adminSecret), '"\n');
  const node = server(input, {
    name: input.name,
    kind: 'elasticsearch',
    image: imageOf('elasticsearch', tags, input.version),
    // Group 0, to which the image gives its files: https://www.elastic.co/docs/deploy-manage/deploy/self-managed/install-elasticsearch-docker-prod
    user: '1000:0',
    entrypoint: ['/bin/bash', '/etc/groundwork/start.sh'],
    command: [],
    environment: [
      // The log of the garbage collector goes to files of 64 MB unless it is off:
      // https://www.elastic.co/docs/reference/elasticsearch/jvm-settings#gc-logging
      {
        name: 'ES_JAVA_OPTS',
        value: `-Xms${heap}m -Xmx${heap}m -Xlog:disable -Xlog:all=warning:stderr:utctime,level,tags`,
      },
      { name: 'ES_PATH_CONF', value: '/usr/share/elasticsearch/conf-in-memory' },
    ],
    files: [
      {
        template: 'backing/elasticsearch/start.sh',
        view: { bootstrapFile: secretPath(bootstrapFile), tls: { certificateFile, keyFile } },
        target: '/etc/groundwork/start.sh',
        executable: true,
      },
      {
        template: 'backing/elasticsearch/elasticsearch.yml',
        view: { port, tls: { certificateFile, keyFile } },
        target: '/etc/groundwork/elasticsearch.yml',
        executable: false,
      },
    ],
    secretFiles: [secretFile(bootstrapFile, secret(input.adminSecret)), admin],
    certificate: certificateFor(input.hosts),
    volumes: [{ name: `${input.name}-data`, path: '/usr/share/elasticsearch/data' }],
    writableFolders: [
      // Native code is unpacked into the temporary folder and mapped executable:
      // https://www.elastic.co/docs/deploy-manage/deploy/self-managed/executable-jna-tmpdir
      { ...scratch('tmp', '/tmp', 64), executable: true },
      scratch('logs', '/usr/share/elasticsearch/logs', 8),
      // Elasticsearch writes its key store beside its configuration.
      scratch('configuration', '/usr/share/elasticsearch/conf-in-memory', 8),
    ],
    ports: [{ name: 'https', port }],
    healthCheck: {
      command: [
        ...['curl', '--silent', '--show-error', '--fail', '--output', '/dev/null', '--config', secretPath(curlFile)],
        ...['--cacert', authorityFile],
        // Without a status to wait for: an index whose replica has no second node to live on is yellow forever.
        `https://localhost:${port}/_cluster/health?local=true`,
      ],
      intervalSeconds: 10,
      timeoutSeconds: 5,
      startPeriodSeconds: 120,
      retries: 6,
    },
    why: `Elasticsearch ${input.version}, reached by TLS, each service with a user for the indices under its own prefix.`,
  });
  const setup = preparation(node, 64, {
    entrypoint: ['/bin/bash', '/etc/groundwork/setup.sh'],
    command: [],
    files: [
      {
        template: 'backing/elasticsearch/setup.sh',
        view: {
          server: `https://${input.name}:${port}`,
          authorityFile,
          curlFile: secretPath(curlFile),
          accounts: [
            ...accounts.map(({ user, uses }) => ({
              user,
              accountFile: secretPath(`${user}.json`),
              // https://www.elastic.co/docs/reference/elasticsearch/security-privileges
              role: JSON.stringify({
                cluster: ['monitor'],
                indices: [{ names: uses.map((use) => `${givenValue(use, 'indexPrefix')}*`), privileges: ['all'] }],
              }),
            })),
            // https://github.com/prometheus-community/elasticsearch_exporter#elasticsearch-7x-security-privileges
            ...watched.map(({ user }) => ({
              user,
              accountFile: secretPath(`${user}.json`),
              role: JSON.stringify({ cluster: ['monitor'], indices: [] }),
            })),
          ],
        },
        target: '/etc/groundwork/setup.sh',
        executable: true,
      },
    ],
    secretFiles: [
      admin,
      ...[...accounts, ...watched].map(({ user, passwordSecret }) =>
        secretFile(`${user}.json`, ...account(passwordSecret, user)),
      ),
    ],
    verifies: true,
    writableFolders: [scratch('data', '/usr/share/elasticsearch/data', 1)],
    why: 'Creates roles and users and sets their passwords; repeated at every start, so that a need that was added later is met too.',
  });
  return [node, setup];
};
