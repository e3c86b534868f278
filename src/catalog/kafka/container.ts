// Kafka on a laptop: one node that is broker and controller, and a one-shot that creates the topics.
import type { ContainerFactory } from '../container-input';
import type { WritableFolder } from '../facts';
import { imageOf, preparation, scratch, server } from '../hardened-container';
import { listParameter } from '../kind';
import { heapMiB } from './tuning';

// The newest release seen in public pins: https://hub.docker.com/r/apache/kafka/tags
const tags = { '4': '4.3.1' };

const port = 9092;
const controllerPort = 9093;

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

export const container: ContainerFactory = (input) => {
  const topics = [
    ...new Set(
      input.uses.flatMap(({ parameters }) => [
        ...listParameter(parameters, 'produces'),
        ...listParameter(parameters, 'consumes'),
      ]),
    ),
  ].sort();
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
      { template: 'backing/kafka/start.sh', view: {}, target: '/etc/groundwork/start.sh', executable: true },
      {
        template: 'backing/kafka/server.properties',
        view: { host: input.name, port, controllerPort },
        target: '/etc/groundwork/server.properties',
        executable: false,
      },
      logging,
    ],
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
    why: 'One Kafka node; it has no users, and only the services that need it join its network.',
  });
  if (topics.length === 0) return [broker];
  const setup = preparation(broker, 384, {
    entrypoint: ['/bin/bash', '/etc/groundwork/setup.sh'],
    command: [],
    environment: environment('-Xmx192m'),
    files: [
      {
        template: 'backing/kafka/setup.sh',
        view: { broker: `${input.name}:${port}`, topics },
        target: '/etc/groundwork/setup.sh',
        executable: true,
      },
      logging,
    ],
    writableFolders: [temporary, ...unused, scratch('data', '/var/lib/kafka/data', 1)],
    why: 'Creates the topics, since the broker creates none by itself: a misspelt topic is an error and not a new topic.',
  });
  return [broker, setup];
};
