// PostgreSQL on a laptop: the official image under its own user, and a one-shot that keeps roles and databases as declared.
import { authorityFile, certificateFile, certificateFor, keyFile, oldestTls } from '../certificates';
import { accountsOf, type ContainerFactory, givenValue, monitorsOf } from '../container-input';
import {
  adminPasswordFile,
  imageOf,
  preparation,
  scratch,
  secret,
  secretFile,
  secretPath,
  server,
} from '../hardened-container';
import { listParameter } from '../kind';
import { auditSettings } from './audit';
import { tune } from './tuning';

// https://github.com/docker-library/official-images/blob/master/library/postgres
export const tags = {
  '14': '14.24-trixie',
  '15': '15.19-trixie',
  '16': '16.15-trixie',
  '17': '17.11-trixie',
  '18': '18.6-trixie',
};

const startFile = '/etc/groundwork/start.sh';
const accessFile = '/etc/groundwork/pg_hba.conf';
/** In a folder in memory that only the server may enter. */
const ownKeyFile = '/run/key/tls.key';
const setupFile = '/etc/groundwork/setup.sh';
const monitorFile = '/etc/groundwork/monitor.sh';

/** 18 keeps its data in a folder per major version below the volume; mounted as before, the data would be lost with the container. */
export const dataFolder = (version: string): string =>
  Number(version) >= 18 ? '/var/lib/postgresql' : '/var/lib/postgresql/data';

export const container: ContainerFactory = (input) => {
  const admin = 'postgres';
  const volume = dataFolder(input.version);
  const saved = monitorsOf(input.backup);
  const settings = {
    listen_addresses: '*',
    ...tune(input),
    password_encryption: 'scram-sha-256',
    // Without a limit, an archive that nobody receives any more fills the disk.
    ...(saved.length > 0 ? { max_slot_wal_keep_size: '1024MB' } : {}),
    hba_file: accessFile,
    // https://www.postgresql.org/docs/current/runtime-config-connection.html#RUNTIME-CONFIG-CONNECTION-SSL
    ssl: 'on',
    ssl_cert_file: certificateFile,
    ssl_key_file: ownKeyFile,
    ssl_min_protocol_version: `TLSv${oldestTls}`,
    ...auditSettings,
  };
  const accounts = accountsOf(input.uses);
  const watched = monitorsOf(input.monitor);
  const passwords = [secretFile(adminPasswordFile, secret(input.adminSecret))];
  const database = server(input, {
    name: input.name,
    kind: 'postgres',
    image: imageOf('postgres', tags, input.version),
    user: '999:999',
    entrypoint: ['/bin/sh', startFile],
    command: ['postgres', ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    environment: [
      { name: 'POSTGRES_USER', value: admin },
      { name: 'POSTGRES_PASSWORD_FILE', value: secretPath(adminPasswordFile) },
      // Without these, initdb trusts whoever connects from inside the container.
      { name: 'POSTGRES_INITDB_ARGS', value: '--auth-host=scram-sha-256 --auth-local=scram-sha-256' },
    ],
    files: [
      { template: 'backing/postgres/start.sh', view: { keyFile, ownKeyFile }, target: startFile, executable: true },
      {
        template: 'backing/postgres/pg_hba.conf',
        view: { replication: saved.map(({ user }) => user) },
        target: accessFile,
        executable: false,
      },
    ],
    secretFiles: passwords,
    certificate: certificateFor(input.hosts),
    volumes: [{ name: `${input.name}-data`, path: volume }],
    writableFolders: [
      scratch('run', '/var/run/postgresql', 1),
      scratch('key', '/run/key', 1),
      scratch('tmp', '/tmp', 16),
      // Parallel queries share memory here; the engine's own 64 MB are too little for a large sort.
      scratch('shm', '/dev/shm', 128),
    ],
    ports: [{ name: 'postgres', port: 5432 }],
    healthCheck: {
      // By TLS as clients come; while the image initialises, its temporary server answers on the socket only.
      command: [
        'pg_isready',
        '--quiet',
        `--dbname=host=localhost sslmode=verify-full sslrootcert=${authorityFile}`,
        `--username=${admin}`,
      ],
      intervalSeconds: 5,
      timeoutSeconds: 3,
      startPeriodSeconds: 60,
      retries: 5,
    },
    why: `PostgreSQL ${input.version}, reached by TLS and by its users only, each with a role and a database of its own.`,
  });
  const setup = preparation(database, 128, {
    entrypoint: ['/bin/sh', input.monitor === null ? setupFile : monitorFile],
    command: [],
    files: [
      {
        template: 'backing/postgres/setup.sh',
        view: {
          host: input.name,
          authorityFile,
          admin,
          adminPasswordFile: secretPath(adminPasswordFile),
          roles: accounts.map(({ user, passwordFile }) => ({ user, passwordFile: secretPath(passwordFile) })),
          replications: saved.map(({ user, passwordFile }) => ({ user, passwordFile: secretPath(passwordFile) })),
          databases: accounts.flatMap(({ user, uses }) =>
            uses.map((use) => ({
              user,
              database: givenValue(use, 'database'),
              extensions: listParameter(use.parameters, 'extensions'),
            })),
          ),
        },
        target: setupFile,
        executable: true,
      },
      ...watched.map(({ user, passwordFile }) => ({
        template: 'backing/postgres/monitor.sh',
        view: {
          setupFile,
          host: input.name,
          authorityFile,
          admin,
          adminPasswordFile: secretPath(adminPasswordFile),
          user,
          passwordFile: secretPath(passwordFile),
        },
        target: monitorFile,
        executable: true,
      })),
    ],
    secretFiles: [
      ...passwords,
      ...[...accounts, ...watched, ...saved].map(({ passwordFile, passwordSecret }) =>
        secretFile(passwordFile, secret(passwordSecret)),
      ),
    ],
    verifies: true,
    // The image declares a volume here: a folder in memory keeps each run from leaving an anonymous volume behind.
    writableFolders: [scratch('data', volume, 1)],
    why: 'Creates roles, databases and extensions, and sets the passwords; repeated at every start, so that a need that was added later is met too.',
  });
  return [database, setup];
};
