// The exporter of each kind, and the account that it reads by: hardened, without a password in sight, with the least rights.
import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/catalog';
import type { BackingContainerPlan, SecretText } from '../../src/catalog/facts';
import type { Runs } from '../../src/catalog/kind';
import type { ExporterInput } from '../../src/catalog/operated';
import { renderTemplate } from '../../src/render/shared/template';
import { containersOf, use } from '../render/fixtures/compose-plan';

const monitor = { user: 'monitor', passwordSecret: 'instance-monitor-password' };

const exporterOf = (kind: string, runs: Runs, change: Partial<ExporterInput> = {}) =>
  kinds[kind]?.exporter?.({
    instance: kind,
    host: kind,
    port: 1234,
    runs,
    version: '1',
    monitor,
    uses: [use(kind)],
    ...change,
  }) ?? null;

const text = (content: SecretText): string =>
  content.map((part) => (part.kind === 'literal' ? part.text : `<${part.secret}>`)).join('');

const containers = Object.keys(kinds).flatMap((kind) =>
  (['container', 'operator', 'aws'] as const).flatMap((runs) => {
    const container = exporterOf(kind, runs)?.container ?? null;
    return container === null ? [] : [[kind, runs, container] as [string, Runs, BackingContainerPlan]];
  }),
);

describe('an exporter', () => {
  it('is there for every kind that can be asked', () => {
    const watched = (runs: Runs) => Object.keys(kinds).filter((kind) => exporterOf(kind, runs) !== null);
    const all = ['clickhouse', 'elasticsearch', 'kafka', 'mongodb', 'postgres', 'redis'];
    expect(watched('container')).toEqual(all);
    expect(watched('operator')).toEqual(all);
    expect(watched('aws')).toEqual(['elasticsearch', 'kafka', 'postgres', 'redis']);
  });

  it.each(containers)('of %s (%s) is hardened', (kind, _runs, container) => {
    expect(container.user).toMatch(/^[1-9][0-9]*:[1-9][0-9]*$/);
    expect(container.readOnlyRootFileSystem).toBe(true);
    expect(container.image.tag).toMatch(/[0-9]+\.[0-9]+/);
    expect(container.image.digest).toBeNull();
    expect(container.volumes).toEqual([]);
    expect(container.name).toBe(`${kind}-exporter`);
    expect(container.ports.map(({ name }) => name)).toEqual(['metrics']);
    expect(container.healthCheck).not.toBeNull();
    const memory = container.writableFolders.reduce((sum, { sizeMiB }) => sum + sizeMiB, 0);
    expect(memory).toBe(container.limit.ephemeralStorageMiB);
    expect(memory).toBeLessThanOrEqual(container.limit.memoryMiB / 2);
  });

  it.each(containers)('of %s (%s) reads its password from a file only', (_kind, _runs, container) => {
    const files = container.secretFiles.map(({ content }) => text(content)).join('');
    expect(files).toContain('<instance-monitor-password>');
    const open = JSON.stringify([container.command, container.environment, container.files]);
    expect(open).not.toContain(monitor.passwordSecret);
    for (const { name } of container.secretFiles) expect(open).toContain(`/run/secrets/${name}`);
  });

  it.each(containers)('of %s (%s) answers where it is scraped', (kind, runs, container) => {
    const plan = exporterOf(kind, runs);
    expect(plan?.host).toBe(container.name);
    expect(plan?.port).toBe(container.ports[0]?.port);
    expect(plan?.path).toMatch(/^\/[a-z]/);
  });

  it('of Redis finds its password by the address with the user', () => {
    const file = exporterOf('redis', 'aws', { host: 'redis.internal', port: 6379 })?.container?.secretFiles[0];
    expect(JSON.parse(text(file?.content ?? []))).toEqual({
      'rediss://monitor@redis.internal:6379': '<instance-monitor-password>',
    });
  });

  it('of PostgreSQL asks the primary for the lag of its standbys', () => {
    const command = exporterOf('postgres', 'operator')?.container?.command ?? [];
    expect(command).toContain('--no-collector.replication');
    const queries = renderTemplate('backing/postgres/queries.yaml', {});
    // The name of the metric is the query's and the column's: the one that the alert reads.
    expect(queries).toMatch(/^pg_replication:/m);
    expect(queries).toMatch(/- lag_seconds:/);
    expect(exporterOf('postgres', 'container')?.container?.command).toEqual([]);
  });

  it('of MongoDB turns on only what its alerts need', () => {
    const file = exporterOf('mongodb', 'operator', { host: 'mongodb', port: 27017 })?.container?.secretFiles[0];
    const configuration = text(file?.content ?? []);
    expect(configuration).toContain(
      'mongodb_uri = "mongodb://monitor:<instance-monitor-password>@mongodb:27017/?authSource=admin&tls=true&tlsCAFile=/run/certificates/ca.crt"\n',
    );
    expect(configuration.match(/^ {2}enable_[a-z_]+ = true$/gm)).toEqual([
      '  enable_diagnostic_data = true',
      '  enable_replicaset_status = true',
    ]);
    expect(configuration).toContain('collect_all = false');
  });

  it('of Kafka signs in', () => {
    for (const runs of ['container', 'operator'] as const) {
      const one = exporterOf('kafka', runs)?.container;
      expect(one?.command).toContain('@/run/secrets/exporter.arguments');
      expect(text(one?.secretFiles[0]?.content ?? [])).toBe('--sasl.password=<instance-monitor-password>\n');
    }
  });

  it.each(['postgres', 'mongodb', 'kafka', 'elasticsearch'])('of %s verifies a server of ours', (kind) => {
    for (const runs of ['container', 'operator'] as const) {
      const one = exporterOf(kind, runs)?.container;
      expect(one?.verifies).toBe(true);
      const words = JSON.stringify([one?.command, one?.environment, one?.secretFiles]);
      expect(words).toContain('/run/certificates/ca.crt');
      expect(words).not.toMatch(/insecure|skip|sslmode=(disable|require)/i);
    }
  });
});

describe('the account for watching', () => {
  const kindsWithContainers = [
    'clickhouse',
    'elasticsearch',
    'kafka',
    'mongodb',
    'mqtt',
    'postgres',
    'redis',
    's3',
    'smtp',
  ];

  it.each(kindsWithContainers)('changes nothing of %s when nobody watches', (kind) => {
    const all = JSON.stringify(containersOf(kind, { monitor: null }));
    expect(all).not.toContain('monitor.');
    expect(all).not.toContain('9363');
  });

  it('of PostgreSQL reads statistics, connects to one database and is no more', () => {
    const [, setup] = containersOf('postgres', { monitor });
    expect(setup?.entrypoint).toEqual(['/bin/sh', '/etc/groundwork/monitor.sh']);
    const file = setup?.files.find(({ target }) => target.endsWith('monitor.sh'));
    const script = renderTemplate(file?.template ?? '', file?.view ?? {});
    expect(script.match(/^GRANT .*$/gm)).toEqual([
      'GRANT pg_monitor TO :"role";',
      'GRANT CONNECT ON DATABASE postgres TO :"role";',
    ]);
    expect(script).toContain(
      'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 4 PASSWORD',
    );
    expect(script).toMatch(/^\/bin\/sh \/etc\/groundwork\/setup.sh$/m);
    expect(setup?.secretFiles.map(({ name }) => name)).toContain('monitor.password');
  });

  it('of MongoDB has the two roles that the exporter asks for', () => {
    const [, setup] = containersOf('mongodb', { monitor });
    expect(setup?.entrypoint?.slice(-2)).toEqual(['/etc/groundwork/setup.js', '/etc/groundwork/monitor.js']);
    const file = setup?.files.find(({ target }) => target.endsWith('monitor.js'));
    const script = renderTemplate(file?.template ?? '', file?.view ?? {});
    expect(script.match(/role: '[A-Za-z]+', db: '[a-z]+'/g)).toEqual([
      "role: 'clusterMonitor', db: 'admin'",
      "role: 'read', db: 'local'",
    ]);
    // Both files run in one scope: a name at the top of the second would be declared twice.
    expect(script).not.toMatch(/^(const|let) /m);
  });

  it('of Redis reaches no key, no channel and no command that changes', () => {
    const file = containersOf('redis', { monitor })[0]?.secretFiles.find(({ name }) => name === 'users.acl');
    const line = text(file?.content ?? [])
      .split('\n')
      .find((found) => found.startsWith('user monitor '));
    expect(line?.split(' ')).toEqual([
      ...['user', 'monitor', 'on', '><instance-monitor-password>', 'resetkeys', 'resetchannels', '-@all'],
      ...['+ping', '+info', '+client|setname', '+config|get', '+slowlog|len', '+slowlog|get', '+latency|latest'],
    ]);
  });

  it('of Elasticsearch reads the state of the cluster and no index', () => {
    const [, setup] = containersOf('elasticsearch', { monitor });
    const accounts = setup?.files[0]?.view.accounts as { user: string; role: string }[];
    expect(JSON.parse(accounts.find(({ user }) => user === 'monitor')?.role ?? '')).toEqual({
      cluster: ['monitor'],
      indices: [],
    });
    expect(setup?.secretFiles.map(({ name }) => name)).toContain('monitor.json');
  });

  it('of ClickHouse is none: its own endpoint asks for no account', () => {
    const [node] = containersOf('clickhouse', { monitor });
    const file = node?.files.find(({ target }) => target.endsWith('config.d/metrics.xml'));
    expect(renderTemplate(file?.template ?? '', file?.view ?? {})).toContain('<port>9363</port>');
    expect(node?.ports).toContainEqual({ name: 'metrics', port: 9363 });
    expect(JSON.stringify(node)).not.toContain(monitor.passwordSecret);
    expect(exporterOf('clickhouse', 'operator', { host: 'clickhouse' })).toEqual({
      container: null,
      host: 'clickhouse',
      port: 9363,
      path: '/metrics',
    });
  });
});
