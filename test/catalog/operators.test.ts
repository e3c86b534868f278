// What operators are asked for: rights exactly as declared, memory that fits, pods that Pod Security admits.
import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/catalog';
import type { ContainerUse } from '../../src/catalog/container-input';
import type { ClusterObjectPlan } from '../../src/catalog/facts';
import type { ResourceClass } from '../../src/catalog/kind';
import type { OperatedInput } from '../../src/catalog/operated';

const use = (service: string, change: Partial<ContainerUse> = {}): ContainerUse => ({
  service,
  key: 'need',
  parameters: {},
  values: {
    user: service.replaceAll('-', '_'),
    database: `${service.replaceAll('-', '_')}_db`,
    group: service,
    indexPrefix: service,
  },
  passwordSecret: `${service}-password`,
  ...change,
});

const account = (kind: string, service: string, ...uses: ContainerUse[]): OperatedInput['accounts'][number] => ({
  service,
  user: kind === 'kafka' ? service : service.replaceAll('-', '_'),
  secretName: `${kind}-${service}`,
  uses,
});

const inputOf = (kind: string, change: Partial<OperatedInput> = {}): OperatedInput => ({
  name: kind,
  platform: 'daorsagro',
  environment: 'production',
  namespace: 'daorsagro-data',
  version: kinds[kind]?.defaultVersion ?? '',
  class: 'medium',
  cpuMillis: 2000,
  memoryMiB: 4096,
  storageMiB: 20_480,
  connections: 200,
  replicas: 3,
  accounts: [account(kind, 'auth-service', use('auth-service')), account(kind, 'iot-service', use('iot-service'))],
  parameters: {},
  monitor: { user: 'monitor', secretName: `${kind}-monitor` },
  backup: null,
  ...change,
});

const objectsOf = (kind: string, change: Partial<OperatedInput> = {}): readonly ClusterObjectPlan[] =>
  kinds[kind]?.operated?.objects(inputOf(kind, change)) ?? [];

const operated = Object.keys(kinds).filter((kind) => kinds[kind]?.operated !== null);

/** The value at a path of keys; tests only. */
function at(object: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    object,
  );
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const one = (objects: readonly ClusterObjectPlan[], kind: string, name?: string): Record<string, unknown> =>
  objects.find((object) => object.kind === kind && (name === undefined || object.name === name))?.body ?? {};

/** What an operator is told of backups beside where they go. */
const saved = {
  region: 'eu-west-1',
  schedule: '0 2 * * *',
  intervalSeconds: 300,
  account: { user: 'backup', secretName: 'store-backup' },
};

describe('every operated kind', () => {
  it('is one whose operator grants what is declared, and no other', () => {
    expect(operated).toEqual(['clickhouse', 'elasticsearch', 'kafka', 'mongodb', 'postgres']);
  });

  const cases = operated.flatMap((kind) => [1, 3].map((replicas): [string, number] => [kind, replicas]));

  it.each(cases)('%s × %i has names and labels that Kubernetes takes, each once', (kind, replicas) => {
    const objects = objectsOf(kind, { replicas, backup: { ...saved, destination: 's3://backups/x', keepDays: 14 } });
    const identities = objects.map(({ apiVersion, kind: type, name }) => `${apiVersion} ${type} ${name}`);
    expect(new Set(identities).size).toBe(identities.length);
    for (const { name, labels } of objects) {
      expect(name).toMatch(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/);
      expect(labels['app.kubernetes.io/instance']).toBe(kind);
    }
  });

  it.each(cases)('%s × %i gives no reason for what is not there', (kind, replicas) => {
    for (const object of objectsOf(kind, { replicas, backup: { ...saved, destination: 's3://b/x', keepDays: 7 } })) {
      for (const path of Object.keys(object.why)) {
        if (path !== '') expect(at(object.body, ...path.split('.')), `${object.kind} ${path}`).toBeDefined();
      }
    }
  });

  it.each(operated)('%s is reached by a Service of its name', (kind) => {
    const objects = objectsOf(kind);
    const own = objects.some(({ kind: type, name }) => type === 'Service' && name === kind);
    const text = JSON.stringify(objects);
    expect(own || text.includes(`"metadata":{"name":"${kind}"}`) || text.includes(`"generateName":"${kind}"`)).toBe(
      true,
    );
  });

  it.each(operated)('%s labels its pods with the name of the instance', (kind) => {
    // Strimzi itself labels pods so: https://strimzi.io/docs/operators/latest/deploying#ref-operator-labels-str
    if (kind === 'kafka') expect(objectsOf(kind)[0]?.name).toBe(kind);
    else
      expect(JSON.stringify(objectsOf(kind).map(({ body }) => body))).toContain(
        `"app.kubernetes.io/instance":"${kind}"`,
      );
  });

  it.each(operated)('%s holds no password and refers to each account by its Secret', (kind) => {
    const text = JSON.stringify(objectsOf(kind).map(({ body }) => body));
    expect(text).not.toContain('service-password');
    for (const service of ['auth-service', 'iot-service']) expect(text).toContain(`${kind}-${service}`);
    // ClickHouse answers metrics by itself, without an account.
    expect(text.includes(`${kind}-monitor`)).toBe(kind !== 'clickhouse');
  });

  it.each(operated)('%s asks for memory that it may use', (kind) => {
    const facts = kinds[kind];
    for (const size of ['small', 'medium', 'large'] as ResourceClass[]) {
      const { cpuMillis = 0, memoryMiB = 0, connections = null } = facts?.classes[size] ?? {};
      const text = JSON.stringify(objectsOf(kind, { class: size, cpuMillis, memoryMiB, connections }));
      expect(text).toContain(
        `{"requests":{"cpu":"${cpuMillis}m","memory":"${memoryMiB}Mi"},"limits":{"cpu":"${cpuMillis}m","memory":"${memoryMiB}Mi"}}`,
      );
    }
  });

  it.each(operated)('%s says what Pod Security asks of every container that it names', (kind) => {
    const text = JSON.stringify(objectsOf(kind));
    expect(text).toContain('"seccompProfile":{"type":"RuntimeDefault"}');
    expect(text).toContain('"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}');
  });
});

describe('postgres', () => {
  const cluster = (change: Partial<OperatedInput> = {}) => one(objectsOf('postgres', change), 'Cluster');

  it('lets each role into its own database, encrypted, and nobody anywhere else', () => {
    expect(at(cluster(), 'spec', 'postgresql', 'pg_hba')).toEqual([
      'hostssl auth_service_db auth_service all scram-sha-256',
      'hostssl iot_service_db iot_service all scram-sha-256',
      'hostssl postgres monitor all scram-sha-256',
      'host all all all reject',
    ]);
  });

  it('presents a certificate of the authority, for what the operator and a pooler are called too', () => {
    expect(at(cluster(), 'spec', 'certificates')).toEqual({
      serverTLSSecret: 'postgres-tls',
      serverCASecret: 'postgres-tls',
    });
    const names = (change: Partial<OperatedInput>) =>
      list(at(one(objectsOf('postgres', change), 'Certificate'), 'spec', 'dnsNames'));
    expect(names({})).toContain('postgres-rw.daorsagro-data.svc');
    expect(names({})).not.toContain('postgres-pooler');
    expect(names({ parameters: { pooling: 'transaction' } })).toContain(
      'postgres-pooler.daorsagro-data.svc.cluster.local',
    );
  });

  it('makes no role that could make another, and one that reads statistics', () => {
    const roles = list(at(cluster(), 'spec', 'managed', 'roles'));
    expect(roles.map((role) => at(role, 'name'))).toEqual(['auth_service', 'iot_service', 'monitor']);
    for (const role of roles)
      for (const right of ['superuser', 'createdb', 'createrole', 'replication', 'bypassrls'])
        expect(at(role, right)).toBe(false);
    expect(at(roles[2], 'inRoles')).toEqual(['pg_monitor']);
    expect(at(roles[0], 'inRoles')).toBeUndefined();
  });

  it('gives a shared database to the first service, whose rights the others take', () => {
    const farm = (service: string) =>
      account(
        'postgres',
        service,
        use(service, { values: { user: service.replaceAll('-', '_'), database: 'farm_db' } }),
      );
    const objects = objectsOf('postgres', { accounts: [farm('auth-service'), farm('iot-service')] });
    expect(objects.filter(({ kind }) => kind === 'Database').map(({ body }) => at(body, 'spec', 'owner'))).toEqual([
      'auth_service',
    ]);
    expect(at(one(objects, 'Cluster'), 'spec', 'managed', 'roles', 1, 'inRoles')).toEqual(['auth_service']);
  });

  it('creates the extensions of a database', () => {
    const accounts = [
      account('postgres', 'auth-service', use('auth-service', { parameters: { extensions: ['pgcrypto'] } })),
    ];
    expect(at(one(objectsOf('postgres', { accounts }), 'Database'), 'spec', 'extensions')).toEqual([
      { name: 'pgcrypto', ensure: 'present' },
    ]);
  });

  it('is tuned as on a laptop, and logs who connects and who changes definitions', () => {
    expect(at(cluster(), 'spec', 'postgresql', 'parameters')).toMatchObject({
      shared_buffers: '1024MB',
      max_connections: '200',
      log_connections: 'on',
      'pgaudit.log': 'ddl, role',
    });
  });

  it('has a budget and a synchronous standby only where there is a standby', () => {
    expect(at(cluster(), 'spec', 'enablePDB')).toBe(true);
    expect(at(cluster(), 'spec', 'postgresql', 'synchronous', 'number')).toBe(1);
    expect(at(cluster({ replicas: 1 }), 'spec', 'enablePDB')).toBe(false);
    expect(at(cluster({ replicas: 1 }), 'spec', 'postgresql', 'synchronous')).toBeUndefined();
  });

  it('archives and backs up where backups are asked for', () => {
    const kindsOf = (change: Partial<OperatedInput>) => objectsOf('postgres', change).map(({ kind }) => kind);
    const backup = { ...saved, destination: 's3://daorsagro-production-backups/postgres', keepDays: 14 };
    expect(kindsOf({ backup: null })).not.toContain('ScheduledBackup');
    expect(at(cluster(), 'spec', 'plugins')).toBeUndefined();
    const objects = objectsOf('postgres', { backup });
    const store = one(objects, 'ObjectStore');
    expect(at(store, 'spec', 'retentionPolicy')).toBe('14d');
    expect(at(store, 'spec', 'configuration', 'destinationPath')).toBe(backup.destination);
    expect(at(store, 'spec', 'configuration', 's3Credentials')).toEqual({ inheritFromIAMRole: true });
    const [archiver] = list(at(one(objects, 'Cluster'), 'spec', 'plugins'));
    expect(at(archiver, 'isWALArchiver')).toBe(true);
    expect(at(archiver, 'parameters', 'barmanObjectName')).toBe('postgres');
    expect(at(archiver, 'name')).toBe(at(one(objects, 'ScheduledBackup'), 'spec', 'pluginConfiguration', 'name'));
  });
});

describe('kafka', () => {
  const accounts = [
    account('kafka', 'auth-service', use('auth-service', { parameters: { produces: ['b_events', 'a-events'] } })),
    account(
      'kafka',
      'iot-service',
      use('iot-service', { parameters: { consumes: ['a-events', 'c-events'], produces: ['c-events'] } }),
    ),
  ];
  const rules = (objects: readonly ClusterObjectPlan[], user: string): string[] =>
    list(at(one(objects, 'KafkaUser', user), 'spec', 'authorization', 'acls')).map(
      (rule) =>
        `${String(at(rule, 'resource', 'type'))} ${String(at(rule, 'resource', 'name'))} ${list(at(rule, 'operations')).join('+')}`,
    );

  it('allows exactly the declared topics and the group', () => {
    const objects = objectsOf('kafka', { accounts });
    expect(rules(objects, 'auth-service')).toEqual(['topic a-events Describe+Write', 'topic b_events Describe+Write']);
    expect(rules(objects, 'iot-service')).toEqual([
      'topic a-events Describe+Read',
      'topic c-events Describe+Read+Write',
      'group iot-service Describe+Read',
    ]);
    expect(rules(objects, 'monitor')).toEqual(['topic * Describe', 'group * Describe']);
    expect(JSON.stringify(objects)).not.toContain('"patternType":"prefix"');
  });

  it('makes each topic once, as the platform says', () => {
    const parameters = { topics: { 'a-events': { partitions: 12, retention: '12h' } } };
    const topics = objectsOf('kafka', { accounts, parameters }).filter(({ kind }) => kind === 'KafkaTopic');
    expect(
      topics.map(({ name, body }) => [name, at(body, 'spec', 'topicName'), at(body, 'spec', 'partitions')]),
    ).toEqual([
      ['kafka-a-events', 'a-events', 12],
      ['kafka-b-events', 'b_events', 6],
      ['kafka-c-events', 'c-events', 6],
    ]);
    expect(at(topics[0]?.body, 'spec', 'config')).toEqual({ 'retention.ms': 43_200_000, 'min.insync.replicas': 2 });
    expect(at(topics[1]?.body, 'spec', 'config', 'retention.ms')).toBe(604_800_000);
  });

  it('tells topics apart whose names become equal', () => {
    const own = [
      account('kafka', 'auth-service', use('auth-service', { parameters: { produces: ['a_b', 'a-b', 'A-B'] } })),
    ];
    const topics = objectsOf('kafka', { accounts: own }).filter(({ kind }) => kind === 'KafkaTopic');
    expect(topics.map(({ name, body }) => [name, at(body, 'spec', 'topicName')])).toEqual([
      ['kafka-a-b', 'A-B'],
      ['kafka-a-b-2', 'a-b'],
      ['kafka-a-b-3', 'a_b'],
    ]);
  });

  it('listens encrypted with passwords, under the name that services use, and lets in by itself only its own pods', () => {
    const kafka = one(objectsOf('kafka', { accounts }), 'Kafka');
    const listeners = list(at(kafka, 'spec', 'kafka', 'listeners'));
    expect(listeners).toHaveLength(1);
    expect(listeners[0]).toMatchObject({ port: 9093, tls: true, authentication: { type: 'scram-sha-512' } });
    const certificate = at(one(objectsOf('kafka', { accounts }), 'Certificate'), 'spec');
    expect(at(listeners[0], 'configuration', 'brokerCertChainAndKey', 'secretName')).toBe(
      at(certificate, 'secretName'),
    );
    expect(at(certificate, 'dnsNames')).toContain('kafka.daorsagro-data.svc.cluster.local');
    expect(at(certificate, 'dnsNames')).toContain('*.kafka-kafka-brokers.daorsagro-data.svc.cluster.local');
    expect(at(listeners[0], 'networkPolicyPeers')).toEqual([
      { podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'kafka' } } },
    ]);
    expect(at(kafka, 'spec', 'kafka', 'config', 'auto.create.topics.enable')).toBe(false);
  });

  it.each([
    [1, 1, 1],
    [3, 3, 2],
  ])('on %i brokers keeps %i copies, %i of them acknowledged', (replicas, factor, inSync) => {
    const objects = objectsOf('kafka', { accounts, replicas });
    expect(at(one(objects, 'Kafka'), 'spec', 'kafka', 'config')).toMatchObject({
      'default.replication.factor': factor,
      'min.insync.replicas': inSync,
      'offsets.topic.replication.factor': factor,
    });
    expect(at(one(objects, 'KafkaTopic'), 'spec', 'replicas')).toBe(factor);
  });

  it('leaves half of the memory to the cache of pages', () => {
    expect(at(one(objectsOf('kafka', { accounts }), 'KafkaNodePool'), 'spec', 'jvmOptions', '-Xmx')).toBe('2048m');
  });
});

describe('mongodb', () => {
  it('gives each user its own database, and the exporter what it asks for', () => {
    const users = list(at(one(objectsOf('mongodb'), 'MongoDBCommunity'), 'spec', 'users'));
    expect(users.map((user) => [at(user, 'name'), at(user, 'db'), at(user, 'roles')])).toEqual([
      ['auth_service', 'auth_service_db', [{ db: 'auth_service_db', name: 'readWrite' }]],
      ['iot_service', 'iot_service_db', [{ db: 'iot_service_db', name: 'readWrite' }]],
      [
        'monitor',
        'admin',
        [
          { db: 'admin', name: 'clusterMonitor' },
          { db: 'local', name: 'read' },
        ],
      ],
    ]);
    for (const user of users) expect(at(user, 'scramCredentialsSecretName')).toMatch(/^[a-z0-9-]+$/);
  });

  it('is encrypted by a certificate for every name that it is reached by', () => {
    const objects = objectsOf('mongodb');
    expect(at(one(objects, 'Certificate', 'mongodb-tls'), 'spec', 'dnsNames')).toEqual([
      'mongodb',
      'mongodb.daorsagro-data',
      'mongodb.daorsagro-data.svc',
      'mongodb.daorsagro-data.svc.cluster.local',
      'mongodb-svc',
      'mongodb-svc.daorsagro-data',
      'mongodb-svc.daorsagro-data.svc',
      'mongodb-svc.daorsagro-data.svc.cluster.local',
      '*.mongodb-svc.daorsagro-data.svc',
      '*.mongodb-svc.daorsagro-data.svc.cluster.local',
    ]);
    expect(at(one(objects, 'MongoDBCommunity'), 'spec', 'security', 'tls', 'certificateKeySecretRef')).toEqual({
      name: at(one(objects, 'Certificate', 'mongodb-tls'), 'spec', 'secretName'),
    });
  });
});

describe('every server that an operator runs', () => {
  it.each(operated.filter((kind) => kinds[kind]?.signedBy.operator === 'platform'))(
    '%s has a certificate for the host that services name, with a key that Java reads',
    (kind) => {
      const { spec } = one(objectsOf(kind), 'Certificate');
      expect(list(at(spec, 'dnsNames'))).toContain(`${kind}.daorsagro-data.svc.cluster.local`);
      expect(at(spec, 'secretName')).toBe(`${kind}-tls`);
      expect(at(spec, 'privateKey', 'encoding')).toBe('PKCS8');
      expect(at(spec, 'issuerRef')).toEqual({
        group: 'cert-manager.io',
        kind: 'ClusterIssuer',
        name: 'daorsagro-authority',
      });
    },
  );
});

describe('clickhouse', () => {
  it('serves services by TLS only', () => {
    const spec = at(one(objectsOf('clickhouse'), 'ClickHouseInstallation'), 'spec');
    expect(at(spec, 'configuration', 'settings')).toMatchObject({ https_port: 8443, tcp_port_secure: 9440 });
    const [template] = list(at(spec, 'templates', 'serviceTemplates'));
    expect(list(at(template, 'spec', 'ports')).map((port) => at(port, 'port'))).toEqual([8443, 9363]);
  });

  it('grants each user its own database, which the server makes', () => {
    const configuration = at(one(objectsOf('clickhouse'), 'ClickHouseInstallation'), 'spec', 'configuration');
    expect(at(configuration, 'users', 'auth_service/grants/query')).toEqual(['GRANT ALL ON auth_service_db.*']);
    expect(at(configuration, 'users', 'auth_service/k8s_secret_password')).toBe('clickhouse-auth-service/password');
    expect(String(at(configuration, 'files', 'config.d/databases.xml')).match(/<query>.*<\/query>/g)).toEqual([
      '<query>CREATE DATABASE IF NOT EXISTS auth_service_db</query>',
      '<query>CREATE DATABASE IF NOT EXISTS iot_service_db</query>',
    ]);
  });

  it('opens the endpoint that its exporter names', () => {
    const object = one(objectsOf('clickhouse'), 'ClickHouseInstallation');
    expect(at(object, 'spec', 'configuration', 'settings', 'prometheus/port')).toBe(9363);
    expect(JSON.stringify(at(object, 'spec', 'templates', 'serviceTemplates'))).toContain('"port":9363');
    expect(JSON.stringify(at(object, 'spec', 'templates', 'podTemplates'))).toContain('"containerPort":9363');
  });
});

describe('elasticsearch', () => {
  it('gives each user the indices under its prefix, and the exporter none', () => {
    const accounts = [
      account(
        'elasticsearch',
        'auth-service',
        use('auth-service', { values: { user: 'auth_service', indexPrefix: 'auth' } }),
      ),
    ];
    const objects = objectsOf('elasticsearch', { accounts });
    const roles = one(objects, 'Secret', 'elasticsearch-roles');
    expect(JSON.parse(String(at(roles, 'stringData', 'roles.yml')))).toEqual({
      auth_service: { cluster: ['monitor'], indices: [{ names: ['auth*'], privileges: ['all'] }] },
      monitor: { cluster: ['monitor'], indices: [] },
    });
    expect(at(roles, 'stringData', 'users_roles')).toBe('auth_service:auth_service\nmonitor:monitor\n');
    expect(at(one(objects, 'Elasticsearch'), 'spec', 'auth', 'fileRealm')).toEqual([
      { secretName: 'elasticsearch-auth-service' },
      { secretName: 'elasticsearch-monitor' },
      { secretName: 'elasticsearch-roles' },
    ]);
  });

  it('takes half of the memory for its heap', () => {
    expect(JSON.stringify(objectsOf('elasticsearch'))).toContain('"-Xms2048m -Xmx2048m"');
  });
});
