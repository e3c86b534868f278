// The compose file: what must hold for every service in it, whom it reaches and when it starts.
import { describe, expect, it } from 'vitest';
import { composeOf, filesOf, service } from './fixtures/compose-file';
import { containersOf, edge, environment } from './fixtures/compose-plan';

const full = composeOf();
const all = Object.entries(full.services);

describe('every service', () => {
  it.each(all)('%s has no privilege', (name, { user, read_only, cap_drop, cap_add, security_opt, init }) => {
    expect({ read_only, cap_drop, security_opt, init }).toEqual({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      init: true,
    });
    if (name === 'secrets') return expect(cap_add).toEqual(['CHOWN', 'DAC_OVERRIDE']);
    expect(cap_add).toBeUndefined();
    expect(user).toMatch(/^[1-9][0-9]*:[0-9]+$/);
  });

  it.each(all)('%s is limited in memory, CPU, processes and logs', (_name, { deploy, logging }) => {
    const { limits, reservations } = deploy.resources;
    expect(limits).toEqual({
      cpus: expect.stringMatching(/^[0-9.]+$/),
      memory: expect.stringMatching(/^[0-9]+M$/),
      pids: 512,
    });
    expect(Number.parseInt(String(reservations.memory), 10)).toBeLessThanOrEqual(
      Number.parseInt(String(limits.memory), 10),
    );
    expect(Number(reservations.cpus)).toBeLessThanOrEqual(Number(limits.cpus));
    expect(logging.options).toMatchObject({ 'max-size': '10m', 'max-file': '3' });
  });

  it.each(all)('%s waits only for what exists and can be waited for', (_name, { depends_on }) => {
    for (const [other, { condition }] of Object.entries(depends_on ?? {})) {
      const target = service(full, other);
      if (condition === 'service_healthy') expect(target.healthcheck, other).toBeDefined();
      if (condition === 'service_completed_successfully') expect(target.restart, other).toBe('no');
      expect(target.profiles, other).toBeUndefined();
    }
  });

  it.each(all)('%s joins networks that are declared, or none at all', (_name, { networks, network_mode }) => {
    expect(networks === undefined).toBe(network_mode === 'none');
    for (const network of networks ?? []) expect(Object.keys(full.networks ?? {})).toContain(network);
  });

  it.each(all)('%s publishes nothing beyond this machine', (name, { ports }) => {
    expect(ports).toEqual(
      name === 'financial-service'
        ? [{ target: 3002, published: '3002', host_ip: '127.0.0.1', protocol: 'tcp' }]
        : undefined,
    );
  });

  it.each(all)('%s mounts files that are generated, read-only, and declared volumes', (name, { volumes }) => {
    const generated = filesOf().map(({ path }) => `./${path}`);
    for (const volume of volumes ?? []) {
      if (volume.type === 'volume') {
        expect(full.volumes).toHaveProperty([volume.source]);
        continue;
      }
      const isSecrets = volume.source.startsWith('./.secrets');
      if (!isSecrets) expect(generated).toContain(volume.source);
      expect(volume.read_only ?? false).toBe(volume.source !== './.secrets');
      if (volume.source === './.secrets') expect(name).toBe('secrets');
    }
  });

  it.each(all)('%s writes only to bounded folders of its own user', (_name, { tmpfs, user }) => {
    const [uid, gid] = user.split(':');
    for (const folder of tmpfs ?? []) {
      expect(folder).toMatch(
        new RegExp(`^/[^:,]+:size=[0-9]+m,mode=0700,uid=${uid},gid=${gid},(no)?exec,nosuid,nodev$`),
      );
    }
  });
});

describe('networks', () => {
  it('are internal, except the ways in and out', () => {
    for (const [name, network] of Object.entries(full.networks ?? {})) {
      expect(network?.internal ?? false, name).toBe(name !== 'outside' && name !== 'published');
    }
  });

  it('are all used', () => {
    const used = new Set(all.flatMap(([, { networks }]) => networks ?? []));
    expect(Object.keys(full.networks ?? {}).sort()).toEqual([...used].sort());
  });

  it('let nobody reach a server who has no edge to it', () => {
    const compose = composeOf(
      environment({
        network: { ingress: [], egress: [edge('postgres'), edge('redis', { components: ['worker'] })], callLabels: {} },
        publishedPort: null,
      }),
    );
    expect(service(compose, 'financial-service').networks).toEqual(['financial-service', 'postgres']);
    expect(service(compose, 'financial-service-ledger').networks).toEqual(['postgres', 'redis']);
    expect(Object.keys(service(compose, 'financial-service').depends_on ?? {})).toEqual([
      'secrets',
      'postgres',
      'postgres-setup',
      'financial-service-migration',
    ]);
    expect(service(compose, 'postgres-setup').networks).toEqual(['postgres']);
    expect(compose.networks).not.toHaveProperty('outside');
  });

  it('lead outside only by an edge to addresses, and then the port is published there', () => {
    expect(service(full, 'financial-service').networks).toContain('outside');
    expect(service(full, 'financial-service').networks).not.toContain('published');
    expect(service(full, 'financial-service-ledger').networks).not.toContain('outside');
  });

  it('lead in without a way out when a port is published and nothing is outside', () => {
    const compose = composeOf(environment({ network: { ingress: [], egress: [], callLabels: {} } }));
    expect(service(compose, 'financial-service').networks).toEqual(['financial-service', 'published']);
    expect(compose.networks?.published).toEqual({
      driver_opts: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' },
    });
    expect(service(compose, 'financial-service-migration').network_mode).toBe('none');
  });

  it('follow the instance of an edge, not its name', () => {
    const ledger = edge('postgres', { name: 'ledger' });
    const compose = composeOf(environment({ network: { ingress: [], egress: [ledger], callLabels: {} } }));
    expect(service(compose, 'financial-service').networks).toContain('postgres');
  });
});

describe('the service', () => {
  it('is built once, and its other containers never ask a registry for the image', () => {
    const own = all.filter(([name]) => name.startsWith('financial-service'));
    expect(own.filter(([, { build }]) => build !== undefined).map(([name]) => name)).toEqual(['financial-service']);
    expect(new Set(own.map(([, { image }]) => image))).toEqual(
      new Set(['ghcr.io/daorsagro/financial-service:development']),
    );
    for (const [name, { pull_policy }] of own.slice(1)) expect(pull_policy, name).toBe('never');
  });

  it('starts after the migration, which starts after the databases are prepared', () => {
    expect(service(full, 'financial-service').depends_on?.['financial-service-migration']).toEqual({
      condition: 'service_completed_successfully',
    });
    expect(service(full, 'financial-service-migration').depends_on).toMatchObject({
      postgres: { condition: 'service_healthy' },
      'postgres-setup': { condition: 'service_completed_successfully' },
    });
    expect(service(full, 'financial-service-migration').depends_on).not.toHaveProperty(['financial-service-migration']);
  });

  it('waits for the start of a server that cannot say whether it is healthy', () => {
    const backing = containersOf('postgres').map((container) => ({ ...container, healthCheck: null }));
    const compose = composeOf(environment({ backing }));
    expect(service(compose, 'financial-service').depends_on?.postgres).toEqual({ condition: 'service_started' });
    expect(service(compose, 'postgres-setup').depends_on?.postgres).toEqual({ condition: 'service_started' });
  });

  it('runs jobs on demand only', () => {
    const jobs = all.filter(([, { profiles }]) => profiles !== undefined);
    expect(jobs.map(([name, { profiles }]) => [name, profiles])).toEqual([['financial-service-statement', ['jobs']]]);
  });

  it('publishes no port unless the plan does', () => {
    expect(service(composeOf(environment({ publishedPort: null })), 'financial-service').ports).toBeUndefined();
  });

  it('drains before it is killed', () => {
    expect(service(full, 'financial-service').stop_grace_period).toBe('45s');
  });
});
