// PostgreSQL in a cluster by CloudNativePG: a server with standbys, roles and databases as declared, backups.
import { certificateSecret } from '../certificates';
import { givenValue } from '../container-input';
import type { ClusterObjectPlan } from '../facts';
import { imageOf } from '../hardened-container';
import { listParameter } from '../kind';
import type { OperatedAccount, OperatedInput, OperatedKind } from '../operated';
import { guaranteed, instanceLabels, mebibytes, objectOf, restrictedContainer, spreadOver } from '../operator-object';
import { poolerOf } from '../pooled';
import { serverCertificate, serviceNames } from '../server-certificate';
import { archiveSeconds, backups, plugins } from './archiving';
import { connectionAudit } from './audit';
import { tags } from './container';
import { pooler } from './pooler';
import { tune } from './tuning';

const apiVersion = 'postgresql.cnpg.io/v1';

interface SharedDatabase {
  readonly name: string;
  readonly owner: string;
  readonly users: readonly string[];
  readonly extensions: readonly string[];
}

/** Every database once; the first service that names it owns it. */
function databasesOf(accounts: readonly OperatedAccount[]): readonly SharedDatabase[] {
  const uses = accounts.flatMap(({ user, uses }) =>
    uses.map((use) => ({
      user,
      name: givenValue(use, 'database'),
      extensions: listParameter(use.parameters, 'extensions'),
    })),
  );
  return [...new Set(uses.map(({ name }) => name))].flatMap((name) => {
    const own = uses.filter((use) => use.name === name);
    const [first] = own;
    if (first === undefined) return [];
    const users = [...new Set(own.map(({ user }) => user))];
    return [{ name, owner: first.user, users, extensions: [...new Set(own.flatMap(({ extensions }) => extensions))] }];
  });
}

const roles = (input: OperatedInput, databases: readonly SharedDatabase[]) => [
  ...input.accounts.map(({ user, service, secretName }) => {
    const owners = databases.filter(({ users, owner }) => users.includes(user) && owner !== user);
    return {
      name: user,
      comment: `Account of ${service}`,
      ensure: 'present',
      login: true,
      superuser: false,
      createdb: false,
      createrole: false,
      replication: false,
      bypassrls: false,
      // A database that several services share belongs to one; the others act as its owner.
      ...(owners.length === 0 ? {} : { inRoles: [...new Set(owners.map(({ owner }) => owner))] }),
      passwordSecret: { name: secretName },
    };
  }),
  ...(input.monitor === null
    ? []
    : [
        {
          name: input.monitor.user,
          comment: 'Account of the exporter: statistics and no table',
          ensure: 'present',
          login: true,
          superuser: false,
          createdb: false,
          createrole: false,
          replication: false,
          bypassrls: false,
          connectionLimit: 4,
          inRoles: ['pg_monitor'],
          passwordSecret: { name: input.monitor.secretName },
        },
      ]),
];

/** https://www.postgresql.org/docs/current/auth-pg-hba-conf.html; the operator's own lines come before, so that it still connects. */
const accessLines = (input: OperatedInput, databases: readonly SharedDatabase[]): string[] => [
  ...databases.flatMap(({ name, users }) => users.map((user) => `hostssl ${name} ${user} all scram-sha-256`)),
  ...(input.monitor === null ? [] : [`hostssl postgres ${input.monitor.user} all scram-sha-256`]),
  'host all all all reject',
];

function cluster(input: OperatedInput, databases: readonly SharedDatabase[]): ClusterObjectPlan {
  const isReplicated = input.replicas > 1;
  const image = imageOf('ghcr.io/cloudnative-pg/postgresql', tags, input.version);
  return objectOf(
    input,
    apiVersion,
    'Cluster',
    input.name,
    {
      spec: {
        instances: input.replicas,
        imageName: `${image.repository}:${image.tag.replace('-', '-standard-')}`,
        inheritedMetadata: { labels: instanceLabels(input) },
        bootstrap: { initdb: { database: 'app', owner: 'app', dataChecksums: true, encoding: 'UTF8' } },
        enableSuperuserAccess: false,
        postgresql: {
          parameters: {
            ...tune(input),
            ...(input.backup === null ? {} : { archive_timeout: `${archiveSeconds(input.backup.intervalSeconds)}s` }),
            password_encryption: 'scram-sha-256',
            ...connectionAudit,
            'pgaudit.log': 'ddl, role',
            'pgaudit.log_catalog': 'off',
          },
          pg_hba: accessLines(input, databases),
          ...(isReplicated ? { synchronous: { method: 'any', number: 1, dataDurability: 'preferred' } } : {}),
        },
        managed: {
          roles: roles(input, databases),
          services: {
            disabledDefaultServices: ['ro', 'r'],
            additional: [
              {
                selectorType: 'rw',
                updateStrategy: 'patch',
                serviceTemplate: { metadata: { name: input.name }, spec: { type: 'ClusterIP' } },
              },
            ],
          },
        },
        certificates: { serverTLSSecret: certificateSecret(input.name), serverCASecret: certificateSecret(input.name) },
        storage: { size: mebibytes(input.storageMiB), resizeInUseVolumes: true },
        resources: guaranteed(input),
        affinity: {
          enablePodAntiAffinity: true,
          topologyKey: 'topology.kubernetes.io/zone',
          podAntiAffinityType: 'preferred',
        },
        ...(isReplicated ? { topologySpreadConstraints: spreadOver({ 'cnpg.io/cluster': input.name }) } : {}),
        enablePDB: isReplicated,
        primaryUpdateStrategy: 'unsupervised',
        primaryUpdateMethod: isReplicated ? 'switchover' : 'restart',
        seccompProfile: { type: 'RuntimeDefault' },
        securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true },
        ...plugins(input),
      },
    },
    {
      '': `PostgreSQL ${input.version} by CloudNativePG: fails over by itself, keeps roles and databases as declared.`,
      'spec.instances': isReplicated ? 'One serves, the others take over.' : 'No replica takes over here.',
      'spec.imageName': 'The variant with pgaudit.',
      'spec.bootstrap': 'The operator makes a first database always; no line of pg_hba lets anybody in.',
      'spec.postgresql.parameters':
        'From the memory and connections of the class, as on a laptop; pgaudit logs who changed definitions and rights.',
      'spec.postgresql.pg_hba':
        'Encrypted only, each role into its own database only: CONNECT is granted to everybody by PostgreSQL, and the operator cannot revoke it.',
      ...(isReplicated
        ? { 'spec.postgresql.synchronous': 'A failover loses no commit; without a standby writes go on.' }
        : {}),
      'spec.managed.services': 'The host that URLs name, always at the primary; nobody reads from standbys.',
      'spec.certificates': 'By the authority that services trust; standbys go on with certificates of the operator.',
      'spec.managed.roles': 'One per service, passwords from the secret store.',
      'spec.resources': 'Requests are limits: PostgreSQL is evicted last.',
      'spec.enablePDB': isReplicated
        ? 'A node is drained only while a standby can take over.'
        : 'A budget for one server would never let its node be drained.',
    },
  );
}

/** The operator, and the standbys, come by the names of its own Services: https://cloudnative-pg.io/documentation/current/certificates/ */
const certificate = (input: OperatedInput): ClusterObjectPlan =>
  serverCertificate(input, {
    names: [
      ...['rw', 'r', 'ro'].map((role) => `${input.name}-${role}`),
      // A pooler presents the certificate of its server.
      ...(input.parameters[pooler.declared.key] === pooler.declared.value ? [poolerOf(input.name)] : []),
    ].flatMap((service) => serviceNames(service, input)),
    labels: { 'cnpg.io/reload': 'true' },
  });

const database = (input: OperatedInput, { name, owner, extensions }: SharedDatabase): ClusterObjectPlan =>
  objectOf(
    input,
    apiVersion,
    'Database',
    `${input.name}-${name.replaceAll('_', '-')}`,
    {
      spec: {
        cluster: { name: input.name },
        name,
        owner,
        ensure: 'present',
        databaseReclaimPolicy: 'retain',
        ...(extensions.length === 0
          ? {}
          : { extensions: extensions.map((extension) => ({ name: extension, ensure: 'present' })) }),
      },
    },
    { 'spec.databaseReclaimPolicy': 'Whoever deletes this object deletes no data.' },
  );

export const operated: OperatedKind = {
  // https://cloudnative-pg.io/documentation/current/security/#exposed-ports
  network: {
    operator: {
      namespace: 'cnpg-system',
      labels: { 'app.kubernetes.io/name': 'cloudnative-pg' },
      ports: [5432, 8000],
    },
    members: [5432, 8000],
    reachesApiServer: true,
    reachesObjectStore: true,
    why: 'The operator asks each server how it is; standbys read from the primary; the leader is kept in the API server; backups go to S3.',
  },
  operator: 'CloudNativePG',
  documentation: 'https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/',
  savesByAccount: false,
  replicas: { single: 1, highlyAvailable: 3 },
  objects: (input) => {
    const databases = databasesOf(input.accounts);
    return [
      cluster(input, databases),
      certificate(input),
      ...databases.map((found) => database(input, found)),
      ...backups(input),
    ];
  },
};
