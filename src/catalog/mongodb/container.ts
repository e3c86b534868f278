// MongoDB on a laptop: one server without a replica set, and a one-shot that keeps its users as declared.
import { authorityFile, certificateFor, combinedFile } from '../certificates';
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
import { auditParameter } from './audit';
import { cacheSizeGB } from './tuning';

// https://github.com/docker-library/official-images/blob/master/library/mongo
export const tags = { '7.0': '7.0.40-jammy', '8.0': '8.0.29-noble' };

const admin = 'root';
const setupFile = '/etc/groundwork/setup.js';
const monitorFile = '/etc/groundwork/monitor.js';

export const container: ContainerFactory = (input) => {
  const accounts = accountsOf(input.uses);
  const watched = monitorsOf(input.monitor);
  const serverUrl = `mongodb://${input.name}:27017/?tls=true&tlsCAFile=${authorityFile}`;
  const adminPassword = secretFile(adminPasswordFile, secret(input.adminSecret));
  const database = server(input, {
    name: input.name,
    kind: 'mongodb',
    image: imageOf('mongo', tags, input.version),
    user: '999:999',
    command: [
      ...['mongod', '--auth', '--bind_ip_all', '--wiredTigerCacheSizeGB', cacheSizeGB(input.memoryMiB)],
      ...(input.connections === null ? [] : ['--maxConns', String(input.connections)]),
      // https://www.mongodb.com/docs/manual/reference/program/mongod/#tls-options
      ...['--tlsMode', 'requireTLS', '--tlsCertificateKeyFile', combinedFile, '--tlsCAFile', authorityFile],
      // Clients show a password and no certificate.
      ...['--tlsAllowConnectionsWithoutCertificates', '--tlsDisabledProtocols', 'TLS1_0,TLS1_1'],
      ...['--setParameter', auditParameter],
    ],
    environment: [
      { name: 'MONGO_INITDB_ROOT_USERNAME', value: admin },
      { name: 'MONGO_INITDB_ROOT_PASSWORD_FILE', value: secretPath(adminPasswordFile) },
    ],
    secretFiles: [adminPassword],
    certificate: certificateFor(input.hosts, ['server auth', 'client auth']),
    volumes: [{ name: `${input.name}-data`, path: '/data/db' }],
    // The image declares a volume for /data/configdb, which only a configuration server uses.
    writableFolders: [scratch('tmp', '/tmp', 16), scratch('configdb', '/data/configdb', 1)],
    ports: [{ name: 'mongodb', port: 27017 }],
    healthCheck: {
      // By its own name: while the image initialises, its temporary server without users answers on 127.0.0.1 only.
      command: [
        'mongosh',
        '--quiet',
        '--norc',
        ...['--tls', '--tlsCAFile', authorityFile, '--host', input.name],
        '--eval',
        'if (db.adminCommand({ ping: 1 }).ok !== 1) quit(1)',
      ],
      // The shell takes about a second of CPU to start.
      intervalSeconds: 15,
      timeoutSeconds: 10,
      startPeriodSeconds: 60,
      retries: 5,
    },
    why: `MongoDB ${input.version}, reached by TLS, each service with a user that reads and writes its own database.`,
  });
  const setup = preparation(database, 256, {
    entrypoint: ['mongosh', '--quiet', '--norc', '--nodb', setupFile, ...watched.map(() => monitorFile)],
    command: [],
    environment: [{ name: 'HOME', value: '/tmp' }],
    files: [
      {
        template: 'backing/mongodb/setup.js',
        view: {
          server: serverUrl,
          admin,
          adminPasswordFile: secretPath(adminPasswordFile),
          users: accounts.map(({ user, passwordFile, uses }) => ({
            user,
            passwordFile: secretPath(passwordFile),
            databases: [...new Set(uses.map((use) => givenValue(use, 'database')))],
          })),
        },
        target: setupFile,
        executable: false,
      },
      ...watched.map(({ user, passwordFile }) => ({
        template: 'backing/mongodb/monitor.js',
        view: {
          server: serverUrl,
          admin,
          adminPasswordFile: secretPath(adminPasswordFile),
          user,
          passwordFile: secretPath(passwordFile),
        },
        target: monitorFile,
        executable: false,
      })),
    ],
    secretFiles: [
      adminPassword,
      ...[...accounts, ...watched].map(({ passwordFile, passwordSecret }) =>
        secretFile(passwordFile, secret(passwordSecret)),
      ),
    ],
    verifies: true,
    // The image declares volumes for both folders below /data.
    writableFolders: [
      scratch('tmp', '/tmp', 32),
      scratch('db', '/data/db', 1),
      scratch('configdb', '/data/configdb', 1),
    ],
    why: 'Creates the users and sets their passwords and roles; repeated at every start, so that a need that was added later is met too.',
  });
  return [database, setup];
};
