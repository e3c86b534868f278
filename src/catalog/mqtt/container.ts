// MQTT on a laptop: Mosquitto, which lets in nobody without a password.
import { accountsOf, type ContainerFactory } from '../container-input';
import { imageOf, scratch, secret, secretFile, secretFolder, secretPath, server } from '../hardened-container';

// https://github.com/docker-library/official-images/blob/master/library/eclipse-mosquitto
const tags = { '2': '2.1.2-alpine' };

const port = 1883;
const admin = 'admin';
const usersFile = 'users';
/** Passwords are hashed when the container starts, since a secret file holds them as they are. */
const hashedFile = '/tmp/users';

export const container: ContainerFactory = (input) => {
  const accounts = accountsOf(input.uses);
  return [
    server(input, {
      name: input.name,
      kind: 'mqtt',
      image: imageOf('eclipse-mosquitto', tags, input.version),
      user: '1883:1883',
      entrypoint: ['/bin/sh', '/etc/groundwork/start.sh'],
      command: [],
      // mosquitto_sub reads its options, the password among them, from here: https://mosquitto.org/man/mosquitto_sub-1.html
      environment: [{ name: 'XDG_CONFIG_HOME', value: secretFolder }],
      files: [
        {
          template: 'backing/mqtt/start.sh',
          view: { usersFile: secretPath(usersFile), hashedFile },
          target: '/etc/groundwork/start.sh',
          executable: true,
        },
        {
          template: 'backing/mqtt/mosquitto.conf',
          view: { port, hashedFile },
          target: '/etc/groundwork/mosquitto.conf',
          executable: false,
        },
        {
          template: 'backing/mqtt/topics.acl',
          view: { admin, users: accounts.map(({ user }) => user) },
          target: '/etc/groundwork/topics.acl',
          executable: false,
        },
      ],
      secretFiles: [
        secretFile(
          usersFile,
          ...[`${admin}:`, secret(input.adminSecret), '\n'],
          ...accounts.flatMap(({ user, passwordSecret }) => [`${user}:`, secret(passwordSecret), '\n']),
        ),
        secretFile('mosquitto_sub', `-u ${admin}\n-P `, secret(input.adminSecret), '\n'),
      ],
      volumes: [{ name: `${input.name}-data`, path: '/mosquitto/data' }],
      // The image declares a volume for its log, which goes to the console.
      writableFolders: [scratch('tmp', '/tmp', 4), scratch('log', '/mosquitto/log', 1)],
      ports: [{ name: 'mqtt', port }],
      healthCheck: {
        // A retained message, so the broker answers at once.
        command: [
          'mosquitto_sub',
          '-h',
          '127.0.0.1',
          '-p',
          String(port),
          '-t',
          '$SYS/broker/uptime',
          '-C',
          '1',
          '-W',
          '2',
        ],
        intervalSeconds: 5,
        timeoutSeconds: 3,
        startPeriodSeconds: 10,
        retries: 5,
      },
      why: 'Mosquitto with a user per service; the administrator reads the topics below $SYS only.',
    }),
  ];
};
