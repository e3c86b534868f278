// The compose file: what must hold for every service in it, and what particular plans change.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EnvironmentPlan } from '../../src/plan/types';
import { renderCompose } from '../../src/render/compose';
import { composePlan, containersOf, edge, environment, outside, variable, web } from './fixtures/compose-plan';

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly pull_policy?: string;
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly restart: string;
  readonly stop_grace_period?: string;
  readonly ports?: readonly Readonly<Record<string, unknown>>[];
  readonly volumes?: readonly {
    readonly type: string;
    readonly source: string;
    readonly target: string;
    readonly read_only?: boolean;
  }[];
  readonly tmpfs?: readonly string[];
  readonly user: string;
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt: readonly string[];
  readonly init: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly deploy: {
    readonly resources: Readonly<Record<'limits' | 'reservations', Readonly<Record<string, unknown>>>>;
  };
  readonly logging: { readonly options: Readonly<Record<string, string>> };
}

interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly networks?: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

const filesOf = (development?: EnvironmentPlan) => renderCompose(composePlan(development));

const textOf = (development?: EnvironmentPlan, path = 'compose.yaml'): string => {
  const file = filesOf(development).find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file.body;
};

const composeOf = (development?: EnvironmentPlan): Compose => parse(textOf(development)) as Compose;

const service = (compose: Compose, name: string): Service => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
};

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
    expect(logging.options).toEqual({ 'max-size': '10m', 'max-file': '3' });
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

describe('secrets', () => {
  it('are files, named by a variable', () => {
    expect(service(full, 'financial-service').environment).toEqual({
      NODE_OPTIONS: '--max-old-space-size=384',
      LOG_LEVEL: 'info',
      DATABASE_URL_FILE: '/run/secrets/DATABASE_URL',
    });
  });

  it('are mounted to each container from its own folder only', () => {
    for (const [name, { volumes }] of all) {
      const folders = (volumes ?? [])
        .filter(({ source }) => source.startsWith('./.secrets/'))
        .map(({ source }) => source);
      const own = name.startsWith('financial-service') ? 'financial-service' : name;
      expect(folders.length, name).toBeLessThanOrEqual(1);
      for (const folder of folders) expect(folder).toBe(`./.secrets/files/${own}`);
      if (folders.length > 0) expect(service(full, name).depends_on, name).toHaveProperty(['secrets']);
    }
  });

  it('are generated into a folder that git ignores', () => {
    expect(textOf(undefined, '.secrets/.gitignore')).toBe('*\n!.gitignore\n');
    const manifest = JSON.parse(textOf(undefined, 'compose/secrets.json'));
    expect(manifest.folders[0]).toEqual({
      name: 'financial-service',
      files: [
        {
          name: 'DATABASE_URL',
          content: [
            'postgresql://financial_service:',
            { secret: 'postgres-financial-service', encoding: 'url' },
            '@postgres:5432/financial_db',
          ],
        },
      ],
    });
  });

  it('name only sources that exist', () => {
    const { sources, folders } = JSON.parse(textOf(undefined, 'compose/secrets.json'));
    const known = sources.map(({ id }: { id: string }) => id);
    const parts = folders.flatMap(({ files }: { files: { content: unknown[] }[] }) =>
      files.flatMap(({ content }) => content),
    );
    for (const part of parts) if (typeof part !== 'string') expect(known).toContain(part.secret);
  });

  it('need no generator when there are none', () => {
    const development = environment({ backing: containersOf('smtp'), variables: [] });
    expect(filesOf(development).map(({ path }) => path)).toEqual(['compose.yaml']);
    expect(Object.keys(composeOf(development).services)).not.toContain('secrets');
  });
});

describe('a change of what a container reads', () => {
  const labelOf = (produces: string[]): unknown => {
    const uses = [{ service: 's', key: 'kafka', parameters: { produces }, values: {}, passwordSecret: 'p' }];
    const compose = composeOf(environment({ backing: containersOf('kafka', { uses }) }));
    return service(compose, 'kafka-setup').labels;
  };

  it('changes the service too, so that compose creates the container anew', () => {
    expect(labelOf(['a'])).toEqual(labelOf(['a']));
    expect(labelOf(['a'])).not.toEqual(labelOf(['b']));
  });
});

describe('text from a declaration', () => {
  const small = { backing: containersOf('smtp'), jobs: [], migration: null };
  const names = Object.keys(composeOf(environment({ ...small, variables: [] })).services);
  const injected = (text: string): string | undefined => {
    const variables = [variable('TEXT', [{ kind: 'literal', text }])];
    const compose = composeOf(environment({ ...small, variables }));
    expect(Object.keys(compose.services)).toEqual(names);
    return service(compose, 'financial-service').environment?.TEXT;
  };

  it.each([
    '$HOME',
    '${PATH:-x}',
    '$$',
    '`id` $(id)',
    'a: b # c',
    'it\'s "quoted" \\ \t',
    'line one\nservices: {}\n',
    '- [*anchor, &a, !!tag]',
    'yes',
    '0x10',
    '\u2028 \u0085 é 🌾',
    '',
  ])('%j arrives as it is', (text) => {
    expect(injected(text)).toBe(text.replaceAll('$', '$$$$'));
  });

  it('never interpolates and never changes the structure', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        // Other control characters are refused before a plan exists, and half a surrogate pair is no text.
        fc.pre(!/[^\P{Cc}\t\n\u0085]|\p{Cs}/u.test(text));
        expect(injected(text)).toBe(text.replaceAll('$', '$$$$'));
      }),
      { numRuns: 200 },
    );
  });

  it('cannot leave a comment', () => {
    const backing = containersOf('smtp').map((container) => ({ ...container, why: 'one\nservices: {}\r\ntwo' }));
    expect(Object.keys(composeOf(environment({ backing })).services)).toContain('smtp');
  });

  it('leaves no bare dollar in any value', () => {
    const values = (node: unknown): string[] =>
      typeof node === 'object' && node !== null ? Object.values(node).flatMap(values) : [String(node)];
    const withDollars = values(full).filter((value) => value.includes('$'));
    expect(withDollars).toEqual(['$$SYS/broker/uptime']);
  });
});

describe('overrides', () => {
  const override = (operations: EnvironmentPlan['overrides'][number]['operations']) =>
    environment({ overrides: [{ artifact: 'compose', target: '', operations }] });

  it('have the last word', () => {
    const compose = composeOf(
      override([{ op: 'replace', path: '/services/postgres/image', value: 'postgis/postgis:17-3.5' }]),
    );
    expect(service(compose, 'postgres').image).toBe('postgis/postgis:17-3.5');
  });

  it('may remove what a comment is about', () => {
    const compose = composeOf(override([{ op: 'remove', path: '/services/smtp', value: null }]));
    expect(compose.services).not.toHaveProperty(['smtp']);
  });

  it('that do not apply say why', () => {
    expect(() => textOf(override([{ op: 'remove', path: '/services/nobody', value: null }]))).toThrow(
      'The override of compose does not apply: operation 1 is "remove /services/nobody", but there is nothing at /services/nobody.',
    );
  });
});

describe('a plan', () => {
  it('without an environment in compose has no compose file', () => {
    expect(filesOf({ ...environment(), runs: 'kubernetes' })).toEqual([]);
  });

  it('with two services of one name is a fault of ours', () => {
    expect(() => textOf(environment({ workloads: [{ ...web, name: 'postgres' }] }))).toThrow(
      'BUG: two services of the compose file are named postgres',
    );
  });

  it('of the root of a monorepo builds from there', () => {
    const plan = composePlan();
    const monorepo = {
      ...plan,
      build: { ...plan.build, contextFromFolder: '../../..' },
      delivery: { ...plan.delivery, dockerfile: 'backend/services/financial-service/Dockerfile' },
    };
    const [file] = renderCompose(monorepo);
    const { build } = service(parse(file?.body ?? '') as Compose, 'financial-service');
    expect(build).toEqual({ context: '../../..', dockerfile: 'backend/services/financial-service/Dockerfile' });
  });

  it('renders the same bytes twice', () => {
    expect(filesOf()).toEqual(filesOf());
    expect(outside.peer.kind).toBe('addresses');
  });
});
