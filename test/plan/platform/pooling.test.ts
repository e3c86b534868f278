// A pooler before a data store: who goes through it, who goes past it, and how the connections are divided.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { generatePlatform } from '../../../src/generate-platform';

const service = (name: string, port: number, more: object = {}) => ({
  declaration: `services/${name}/service.yaml`,
  folder: `services/${name}`,
  published: null,
  value: {
    name,
    owner: 'team-a',
    http: { port },
    migrations: 'npx prisma migrate deploy',
    needs: { postgres: { pool: 20 } },
    scale: { min: 2, max: 8 },
    ...more,
  },
});

const platform = (postgres: object, runs = 'operator') => ({
  name: 'farm',
  domain: 'farm.example',
  services: ['services/*'],
  environments: { development: { runs: 'compose' }, production: {} },
  notify: { default: '#alerts' },
  backing: { postgres: { class: 'medium', runs: { production: runs }, ...postgres } },
});

const made = (postgres: object, runs?: string) =>
  generatePlatform({
    platform: platform(postgres, runs),
    declaration: 'platform.yaml',
    services: [service('auth-service', 3001), service('farm-service', 3002)],
  });

describe('pooling', () => {
  const { plan, files, diagnostics } = made({ pooling: 'transaction' });
  const text = (path: string): string => files.find((file) => file.path === path)?.body ?? '';

  it('carries pools that the server alone refuses', () => {
    expect(made({}).diagnostics.map(({ code }) => code)).toContain('connections-exceed-limit');
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('divides what remains: (200 - 10 - 2 × 20) / (2 processes × 2 pools)', () => {
    const [cluster] = plan?.clusters ?? [];
    const pooling = cluster?.instances.find(({ name }) => name === 'postgres')?.pooling;
    expect(pooling).toMatchObject({ processes: 2, pools: 2, lent: 150, poolSize: 37, name: 'postgres-pooler' });
  });

  it('is an object beside the server, with those numbers', () => {
    const [pooler] = text('platform/kubernetes/production/data/postgres.yaml')
      .split('\n---\n')
      .map((document) => parse(document))
      .filter(({ kind }) => kind === 'Pooler');
    expect(pooler.spec).toMatchObject({
      cluster: { name: 'postgres' },
      instances: 2,
      pgbouncer: { poolMode: 'transaction', parameters: { default_pool_size: '37' } },
    });
    expect(pooler.spec.template.metadata.labels['app.kubernetes.io/instance']).toBe('postgres');
  });

  it('is what services connect to, and migrations go past it', () => {
    const folder = 'services/auth-service/deploy/base';
    const { data } = parse(text(`${folder}/external-secret.yaml`)).spec.target.template;
    expect(data.DATABASE_URL).toContain('@postgres-pooler.farm-data.svc.cluster.local:5432/');
    expect(data['DATABASE_URL.migration']).toContain('@postgres.farm-data.svc.cluster.local:5432/');
    const fileOf = (path: string): string => {
      const { containers } = parse(text(path)).spec.template.spec;
      return containers[0].env.find(({ name }: { name: string }) => name === 'DATABASE_URL_FILE').value;
    };
    expect(fileOf(`${folder}/migration-job.yaml`)).toMatch(/\/DATABASE_URL\.migration$/);
    expect(fileOf(`${folder}/deployment.yaml`)).toMatch(/\/DATABASE_URL$/);
  });

  it('is not on a laptop, where one process of everything runs', () => {
    const [laptop] = plan?.laptops ?? [];
    expect(laptop?.instances.find(({ name }) => name === 'postgres')?.pooling).toBeNull();
    expect(text('services/auth-service/compose.yaml')).not.toContain('pooler');
  });

  it('leaves names as they are where AWS runs the server: two entries of the secret store tell the hosts', () => {
    const aws = made({ pooling: 'transaction' }, 'aws');
    const file = aws.files.find(({ path }) => path === 'services/auth-service/deploy/base/external-secret.yaml');
    const properties = parse(file?.body ?? '').spec.data.map(
      ({ remoteRef }: { remoteRef: { property: string } }) => remoteRef.property,
    );
    expect(properties).toEqual(expect.arrayContaining(['host', 'server-host', 'password']));
  });

  it('never lends more than the server has, whatever the services', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom('small', 'medium', 'large'),
        (count, pool, size) => {
          const services = Array.from({ length: count }, (_, index) =>
            service(`service-${index}`, 3000 + index, { needs: { postgres: { pool } } }),
          );
          const { plan: found } = generatePlatform({
            platform: platform({ pooling: 'transaction', class: size }),
            declaration: 'platform.yaml',
            services,
          });
          const instance = found?.clusters[0]?.instances.find(({ name }) => name === 'postgres');
          const { processes, pools, poolSize } = instance?.pooling ?? { processes: 0, pools: 0, poolSize: 0 };
          const { limit, reserved } = instance?.connections ?? { limit: 0, reserved: 0 };
          expect(pools).toBe(count);
          expect(processes * pools * poolSize + count * pool <= limit - reserved || poolSize === 0).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });
});
