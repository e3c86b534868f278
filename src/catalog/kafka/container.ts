// Kafka on a laptop: one node that is broker and controller, and a one-shot that creates the topics.
import { authorityFile, certificateFor, combinedFile } from '../certificates';
import { accountsOf, type ContainerFactory, monitorsOf } from '../container-input';
import type { WritableFolder } from '../facts';
import { imageOf, preparation, scratch, secret, secretFile, secretPath, server } from '../hardened-container';
import { listParameter } from '../kind';
import { type Right, rightsOf, watching } from './rights';
import { heapMiB } from './tuning';

// The newest release seen in public pins: https://hub.docker.com/r/apache/kafka/tags
const tags = { '4': '4.3.1' };

const port = 9092;
const controllerPort = 9093;
const brokerPort = 9094;

const admin = 'admin';
/** Settings of the broker that hold the administrator's password, and of its tools. */
const adminFile = 'admin.properties';
const clientFile = 'client.properties';

const plainLogin = 'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required';

// zstd-jni and snappy-java unpack their native library into the temporary folder and map it executable;
// a broker that cannot refuses to start: https://kafka.apache.org/39/documentation.html#upgrade_390_notable
const temporary: WritableFolder = { ...scratch('tmp', '/tmp', 64), executable: true };

// The image declares volumes for these two; nothing is kept there.
const unused = [scratch('secrets', '/etc/kafka/secrets', 1), scratch('config', '/mnt/shared/config', 1)];

/** The launch scripts would write logs beside the program, which is read-only. */
const environment = (heap: string) => [
  { name: 'KAFKA_HEAP_OPTS', value: heap },
  { name: 'KAFKA_LOG4J_OPTS', value: '-Dlog4j2.configurationFile=/etc/groundwork/log4j2.properties' },
  { name: 'LOG_DIR', value: '/tmp' },
];

const logging = {
  template: 'backing/kafka/log4j2.properties',
  view: {},
  target: '/etc/groundwork/log4j2.properties',
  executable: false,
};

/** One grant for all names of the same operations: the tool starts a Java machine each time. */
function grantsOf(rights: readonly Right[]) {
  const key = ({ type, operations }: Right): string => [type, ...operations].join(' ');
  return [...new Set(rights.map(key))].map((found) => {
    const same = rights.filter((right) => key(right) === found);
    return {
      option: `--${same[0]?.type ?? ''}`,
      operations: same[0]?.operations ?? [],
      names: same.map(({ name }) => name),
    };
  });
}

export const container: ContainerFactory = (input) => {
  const topics = [
    ...new Set(
      input.uses.flatMap(({ parameters }) => [
        ...listParameter(parameters, 'produces'),
        ...listParameter(parameters, 'consumes'),
      ]),
    ),
  ].sort();
  const accounts = [
    ...accountsOf(input.uses).map(({ user, passwordSecret, uses }) => ({
      user,
      passwordSecret,
      rights: rightsOf(uses),
    })),
    ...monitorsOf(input.monitor).map(({ user, passwordSecret }) => ({ user, passwordSecret, rights: watching })),
  ].map((account) => ({ ...account, file: `${account.user}.scram` }));
  const heap = heapMiB(input.memoryMiB);
  const broker = server(input, {
    name: input.name,
    kind: 'kafka',
    image: imageOf('apache/kafka', tags, input.version),
    // `appuser` is the first user that Alpine's adduser makes: https://github.com/apache/kafka/blob/trunk/docker/jvm/Dockerfile
    user: '1000:1000',
    entrypoint: ['/bin/bash', '/etc/groundwork/start.sh'],
    command: [],
    environment: [
      ...environment(`-Xms${heap}m -Xmx${heap}m`),
      // In place of the default, which adds a log of the garbage collection in files of 100 MB.
      { name: 'EXTRA_ARGS', value: '-name kafkaServer' },
    ],
    files: [
      {
        template: 'backing/kafka/start.sh',
        view: { adminFile: secretPath(adminFile) },
        target: '/etc/groundwork/start.sh',
        executable: true,
      },
      {
        template: 'backing/kafka/server.properties',
        view: { host: input.name, port, brokerPort, controllerPort, admin, certificateFile: combinedFile },
        target: '/etc/groundwork/server.properties',
        executable: false,
      },
      logging,
    ],
    secretFiles: [
      secretFile(
        adminFile,
        `\nlistener.name.clients.plain.${plainLogin} user_${admin}="`,
        secret(input.adminSecret),
        '";\n',
      ),
    ],
    certificate: certificateFor(input.hosts),
    volumes: [{ name: `${input.name}-data`, path: '/var/lib/kafka/data' }],
    writableFolders: [temporary, ...unused],
    ports: [{ name: 'kafka', port }],
    healthCheck: {
      // Opens the port by bash itself: Kafka's own tools start a JVM, seconds of CPU at every check.
      command: ['/bin/bash', '-c', `: < /dev/tcp/127.0.0.1/${port}`],
      intervalSeconds: 5,
      timeoutSeconds: 3,
      startPeriodSeconds: 60,
      retries: 5,
    },
    why: 'One Kafka node, reached by TLS: each service writes and reads the topics that it declares and no others.',
  });
  const setup = preparation(
    broker,
    384,
    {
      entrypoint: ['/bin/bash', '/etc/groundwork/setup.sh'],
      command: [],
      environment: environment('-Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1'),
      files: [
        {
          template: 'backing/kafka/setup.sh',
          view: {
            broker: `${input.name}:${port}`,
            clientFile: secretPath(clientFile),
            topics,
            accounts: accounts.map(({ user, file, rights }) => ({
              user,
              file: secretPath(file),
              grants: grantsOf(rights),
            })),
          },
          target: '/etc/groundwork/setup.sh',
          executable: true,
        },
        logging,
      ],
      secretFiles: [
        secretFile(
          clientFile,
          `security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n${plainLogin} username="${admin}" password="`,
          secret(input.adminSecret),
          `";\nssl.truststore.type=PEM\nssl.truststore.location=${authorityFile}\n`,
        ),
        ...accounts.map(({ file, passwordSecret }) =>
          secretFile(file, 'SCRAM-SHA-512=password=', secret(passwordSecret), '\n'),
        ),
      ],
      verifies: true,
      writableFolders: [temporary, ...unused, scratch('data', '/var/lib/kafka/data', 1)],
      why: 'Creates the topics, which the broker does not by itself, and the accounts with the rights that services declare; repeated at every start.',
    },
    // Each topic, account and grant starts a Java machine, which costs about a second of a core.
    2000,
  );
  return [broker, setup];
};
