// The containers of each kind: what must hold for all of them, and what each decides.
import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/catalog';
import { heapMiB as elasticsearchHeap } from '../../src/catalog/elasticsearch/tuning';
import type { BackingContainerPlan } from '../../src/catalog/facts';
import { cacheSizeMiB } from '../../src/catalog/mongodb/tuning';
import { tune as tunePostgres } from '../../src/catalog/postgres/tuning';
import { type RedisUse, tune as tuneRedis } from '../../src/catalog/redis/tuning';
import { containersOf, factories, use } from '../render/fixtures/compose-plan';

const names = Object.keys(factories);
const everyContainer = names
  .flatMap((kind) => containersOf(kind))
  .map((container): [string, BackingContainerPlan] => [container.name, container]);

describe('every container', () => {
  it('comes from the table of kinds', () => {
    expect(names.sort()).toEqual(Object.keys(kinds).sort());
    for (const [name, { container }] of Object.entries(kinds)) expect(container).toBe(factories[name]);
  });

  it.each(everyContainer)('%s runs as a numeric user without root', (_name, { user, readOnlyRootFileSystem }) => {
    expect(user).toMatch(/^[1-9][0-9]*:[0-9]+$/);
    expect(readOnlyRootFileSystem).toBe(true);
  });

  it.each(everyContainer)('%s names its image by an exact tag', (_name, { image }) => {
    expect(image.tag).toMatch(/[0-9]+\.[0-9]+/);
    expect(image.digest).toBeNull();
  });

  it.each(everyContainer)(
    '%s leaves no secret and no substitution to arguments that no shell reads',
    (_name, container) => {
      const words = [
        ...(container.entrypoint ?? []),
        ...(container.command ?? []),
        ...(container.healthCheck?.command ?? []),
      ];
      for (const word of words) expect(word).not.toMatch(/\$\(|`/);
    },
  );

  it.each(everyContainer)('%s has room for its folders in memory', (_name, { writableFolders, limit, volumes }) => {
    const sum = writableFolders.reduce((total, { sizeMiB }) => total + sizeMiB, 0);
    expect(limit.ephemeralStorageMiB).toBe(sum);
    expect(sum).toBeLessThanOrEqual(limit.memoryMiB / 2);
    const paths = [...writableFolders, ...volumes].map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it.each(everyContainer)('%s keeps a secret out of its environment', (_name, { environment }) => {
    for (const { name, value } of environment) {
      if (/PASSWORD|SECRET|KEY$/.test(name)) expect(value).toMatch(/^\/run\/secrets\//);
    }
  });

  it.each(everyContainer)('%s is waited for in the right way', (_name, { oneShot, healthCheck, after }) => {
    expect(healthCheck === null).toBe(oneShot);
    expect(after.length).toBe(oneShot ? 1 : 0);
  });

  it.each(Object.entries(kinds))('%s has an image for each supported version', (kind, { versions }) => {
    for (const version of Object.keys(versions)) {
      const [server] = containersOf(kind, { version });
      expect(server?.image.tag).not.toBe('');
    }
    expect(() => containersOf(kind, { version: '0' })).toThrow('BUG: no tag of');
  });

  it('has a folder for native code only where a JVM needs one', () => {
    const executable = everyContainer.filter(([, { writableFolders }]) =>
      writableFolders.some((folder) => folder.executable),
    );
    expect(executable.map(([name]) => name).sort()).toEqual(['elasticsearch', 'kafka', 'kafka-setup']);
  });
});

describe('postgres', () => {
  it.each([
    ['17', '/var/lib/postgresql/data'],
    ['18', '/var/lib/postgresql'],
  ])('%s keeps its data at %s', (version, path) => {
    expect(containersOf('postgres', { version })[0]?.volumes).toEqual([{ name: 'postgres-data', path }]);
  });

  it('takes a quarter of the memory for shared buffers and the connections of its class', () => {
    expect(tunePostgres({ memoryMiB: 4096, cpuMillis: 2000, connections: 200 })).toMatchObject({
      shared_buffers: '1024MB',
      effective_cache_size: '3072MB',
      maintenance_work_mem: '256MB',
      work_mem: '10791kB',
      max_connections: '200',
    });
    expect(tunePostgres({ memoryMiB: 65536, cpuMillis: 8000, connections: 40 }).work_mem).toBe('969728kB');
  });

  it('makes one role of two needs of one service', () => {
    const ledger = use('postgres', { key: 'ledger', values: { user: 'financial_service', database: 'ledger' } });
    const view = containersOf('postgres', { uses: [use('postgres'), ledger] })[1]?.files[0]?.view;
    expect(view?.roles).toEqual([
      { user: 'financial_service', passwordFile: '/run/secrets/financial_service.password' },
    ]);
    expect(view?.databases).toMatchObject([{ database: 'financial_db' }, { database: 'ledger' }]);
  });
});

describe('redis', () => {
  const policy = (...uses: RedisUse[]): string | undefined =>
    tuneRedis({ memoryMiB: 512, connections: null, uses })['maxmemory-policy'];

  it('evicts what its uses can lose', () => {
    expect(policy('cache')).toBe('allkeys-lru');
    expect(policy('sessions', 'cache')).toBe('volatile-ttl');
    expect(policy('cache', 'queue', 'sessions')).toBe('noeviction');
  });

  it('keeps a quarter of the memory free and persists only what is not a cache', () => {
    const settings = (kind: RedisUse) => tuneRedis({ memoryMiB: 512, connections: 100, uses: [kind] });
    expect(settings('cache')).toMatchObject({ maxmemory: '384mb', appendonly: 'no', maxclients: '100' });
    expect(settings('queue')).toMatchObject({ appendonly: 'yes', appendfsync: 'everysec' });
  });
});

describe('sizes', () => {
  it('of MongoDB leave the first gibibyte to the system', () => {
    expect([512, 1024, 4096].map(cacheSizeMiB)).toEqual([256, 256, 1536]);
  });

  it('of Elasticsearch stay below the limit of compressed pointers', () => {
    expect([2048, 131072].map(elasticsearchHeap)).toEqual([1024, 31744]);
  });
});

describe('s3', () => {
  it.each([
    ['read', ['Read:uploads', 'List:uploads']],
    ['write', ['Write:uploads', 'Tagging:uploads']],
    ['read-write', ['Read:uploads', 'List:uploads', 'Write:uploads', 'Tagging:uploads']],
  ])('gives %s on its own bucket only', (access, actions) => {
    const uses = [use('s3', { values: { user: 'documents', bucket: 'uploads', access } })];
    const [file] = containersOf('s3', { uses })[0]?.secretFiles ?? [];
    const text = (file?.content ?? []).map((part) => (part.kind === 'literal' ? part.text : 'secret')).join('');
    expect(JSON.parse(text).identities[1]).toEqual({
      name: 'documents',
      credentials: [{ accessKey: 'documents', secretKey: 'secret' }],
      actions,
    });
  });
});

describe('kafka', () => {
  it('creates the topics that are read and written, each once', () => {
    const uses = [use('kafka', { parameters: { produces: ['b', 'a'], consumes: ['a', 'c'] } })];
    expect(containersOf('kafka', { uses })[1]?.files[0]?.view).toMatchObject({
      broker: 'kafka:9092',
      topics: ['a', 'b', 'c'],
    });
  });

  it('grants what is declared, in as few calls as there are kinds of right', () => {
    const uses = [use('kafka', { parameters: { produces: ['b', 'a'], consumes: ['a', 'c', 'd'] } })];
    expect(containersOf('kafka', { uses })[1]?.files[0]?.view.accounts).toEqual([
      {
        user: 'financial_service',
        file: '/run/secrets/financial_service.scram',
        grants: [
          { option: '--topic', operations: ['Describe', 'Read', 'Write'], names: ['a'] },
          { option: '--topic', operations: ['Describe', 'Write'], names: ['b'] },
          { option: '--topic', operations: ['Describe', 'Read'], names: ['c', 'd'] },
          { option: '--group', operations: ['Describe', 'Read'], names: ['financial-service'] },
        ],
      },
    ]);
  });
});

describe('a server that presents a certificate', () => {
  const servers = everyContainer.flatMap(([, container]) => (container.certificate === null ? [] : [container]));

  it('is each that keeps data of services', () => {
    const expected = ['clickhouse', 'elasticsearch', 'kafka', 'mongodb', 'postgres'];
    expect(servers.map(({ kind }) => kind)).toEqual(expect.arrayContaining(expected));
    for (const { kind } of servers) expect(kinds[kind]?.signedBy.container).toBe('platform');
  });

  it('is known by the names that clients use, and by itself', () => {
    for (const { name, certificate } of servers) {
      expect(certificate?.dnsNames).toEqual([name, 'localhost']);
      expect(certificate?.addresses).toEqual(['127.0.0.1']);
    }
  });

  it('is prepared by who verifies it', () => {
    const prepared = new Set(servers.map(({ name }) => name));
    for (const [, { oneShot, after, verifies }] of everyContainer)
      if (oneShot && after.some((name) => prepared.has(name))) expect(verifies).toBe(true);
  });
});
