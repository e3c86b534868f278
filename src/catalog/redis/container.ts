// Redis on a laptop: the official image under its own user, with an access control list in place of the default user.
import { accountsOf, type ContainerFactory, givenValue, monitorsOf } from '../container-input';
import { adminPasswordFile, imageOf, scratch, secret, secretFile, secretPath, server } from '../hardened-container';
import { rights } from './rights';
import { type RedisUse, tune } from './tuning';

// https://github.com/docker-library/official-images/blob/master/library/redis
export const tags = { '8': '8.10.1-trixie' };

const aclFile = 'users.acl';
const admin = 'admin';

/** What redis_exporter asks: the state of the server, its settings and its slow commands; no key and no channel. */
const monitorRights =
  'resetkeys resetchannels -@all +ping +info +client|setname +config|get +slowlog|len +slowlog|get +latency|latest';

/** What a replica asks for, which is how a snapshot leaves the server; no key by name, and nothing that writes. */
const backupRights = 'resetkeys resetchannels -@all +ping +psync +sync +replconf';

const known = (use: string): use is RedisUse => use === 'cache' || use === 'sessions' || use === 'queue';

export const container: ContainerFactory = (input) => {
  const uses = input.uses.map((use) => givenValue(use, 'use')).filter(known);
  const settings = tune({ memoryMiB: input.memoryMiB, connections: input.connections, uses });
  const accounts = accountsOf(input.uses);
  return [
    server(input, {
      name: input.name,
      kind: 'redis',
      image: imageOf('redis', tags, input.version),
      user: '999:999',
      command: [
        'redis-server',
        ...['--aclfile', secretPath(aclFile), '--dir', '/data', '--protected-mode', 'yes'],
        ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
      ],
      files: [
        {
          template: 'backing/redis/health.sh',
          view: { user: admin, passwordFile: secretPath(adminPasswordFile) },
          target: '/etc/groundwork/health.sh',
          executable: true,
        },
      ],
      secretFiles: [
        secretFile(adminPasswordFile, secret(input.adminSecret)),
        // https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
        secretFile(
          aclFile,
          // Off and without a password, so that nobody is it. It has every right all the same: Redis replays its append-only file
          // as this user, and a transaction that it may not run would be lost at every start.
          'user default off resetpass ~* &* +@all\n',
          ...[`user ${admin} on >`, secret(input.adminSecret), ' ~* &* +@all\n'],
          ...accounts.flatMap(({ user, passwordSecret }) => [
            `user ${user} on >`,
            secret(passwordSecret),
            ` ${rights}\n`,
          ]),
          ...monitorsOf(input.backup).flatMap(({ user, passwordSecret }) => [
            `user ${user} on >`,
            secret(passwordSecret),
            ` ${backupRights}\n`,
          ]),
          ...monitorsOf(input.monitor).flatMap(({ user, passwordSecret }) => [
            `user ${user} on >`,
            secret(passwordSecret),
            ` ${monitorRights}\n`,
          ]),
        ),
      ],
      volumes: [{ name: `${input.name}-data`, path: '/data' }],
      writableFolders: [scratch('tmp', '/tmp', 16)],
      ports: [{ name: 'redis', port: 6379 }],
      healthCheck: {
        command: ['/bin/sh', '/etc/groundwork/health.sh'],
        intervalSeconds: 5,
        timeoutSeconds: 3,
        startPeriodSeconds: 20,
        retries: 5,
      },
      why: `Redis ${input.version} for ${[...new Set(uses)].join(', ')}: one user per service, the default user off.`,
    }),
  ];
};
