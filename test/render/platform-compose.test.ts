// What must hold of a platform run by compose: one file of each name, exact networks, one way in, nobody who waits for ever.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bodyOf, filesOf, isGenerated, plan, projects } from './platform-compose-files';

const environments = projects.map((project) => [project.laptop.name, project] as const);

describe('the root', () => {
  it('starts the first environment', () => {
    const files = filesOf('compose.yaml').map(([file]) => file);
    expect(files.slice(0, 2)).toEqual(['compose.yaml', 'platform/compose/development/compose.yaml']);
    expect(files.length).toBeGreaterThan(15);
  });
});

describe.each(environments)('%s', (_name, { laptop, files, services, networks }) => {
  const containers = Object.entries(services);

  it.each(['services', 'networks', 'volumes'] as const)('declares each of its %s in one file only', (part) => {
    const names = files.flatMap(([, document]) => Object.keys(document[part] ?? {}));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
  });

  it('declares every network that a container joins', () => {
    const joined = containers.flatMap(([, service]) => service.networks ?? []);
    expect(joined.filter((name) => networks[name] === undefined)).toEqual([]);
  });

  it('leaves no container on the default network', () => {
    expect(containers.filter(([, { networks: joined, network_mode }]) => !joined === !network_mode)).toEqual([]);
  });

  // Defect 3: a bridge without communication between its containers, between what needs each other.
  it('has only networks whose members reach each other, and two that lead out and in, whose members do not', () => {
    const doors = ['outside', 'published'];
    const apart = 'com.docker.network.bridge.enable_icc';
    for (const [name, { internal, driver_opts }] of Object.entries(networks)) {
      expect(internal === true, name).toBe(!doors.includes(name));
      expect(driver_opts?.[apart], name).toBe(doors.includes(name) ? 'false' : undefined);
    }
    expect(doors.filter((name) => networks[name] === undefined)).toEqual([]);
  });

  it('gives no two networks the same addresses', () => {
    const subnets = Object.values(networks).flatMap(({ ipam }) => ipam?.config.map(({ subnet }) => subnet) ?? []);
    expect(new Set(subnets).size).toBe(subnets.length);
    expect(subnets.length).toBeGreaterThan(20);
    // What is left to the engine has to fit into its thirty.
    expect(Object.keys(networks).length - subnets.length).toBe(0);
  });

  /** Containers of a service, by the component that an edge names. */
  const containersOf = (service: string): readonly { readonly name: string; readonly component: string }[] => {
    const { environment } = laptop.services.find(({ name }) => name === service) ?? {};
    if (environment === undefined) return [{ name: service, component: '' }];
    return [
      ...environment.workloads.map(({ name, component }) => ({ name, component })),
      ...environment.jobs.map(({ name }) => ({ name, component: 'job' })),
      ...(environment.migration === null ? [] : [{ name: environment.migration.name, component: 'migration' }]),
    ];
  };
  const inside = (name: string): readonly string[] =>
    (services[name]?.networks ?? []).filter((network) => network !== 'outside' && network !== 'published');
  const pair = (one: string, other: string): string => [one, other].sort().join(' ');

  it('lets exactly those containers see each other that an edge joins', () => {
    const joined = new Set<string>();
    for (const { from, to, components } of laptop.edges) {
      if (to.kind === 'outside' || services[to.name] === undefined) continue;
      for (const { name, component } of containersOf(from.name))
        if (from.kind === 'platform' || components.some((each) => each === component)) joined.add(pair(name, to.name));
    }
    const preparing = laptop.instances.flatMap(({ containers: own }) =>
      own.flatMap(({ name, after }) =>
        after
          .filter((other) => own.some((each) => each.name === other && !each.oneShot))
          .map((other) => pair(name, other)),
      ),
    );
    for (const each of preparing) joined.add(each);
    const seen = new Set<string>();
    const members = new Map<string, string[]>();
    for (const [name] of containers)
      for (const network of inside(name)) members.set(network, [...(members.get(network) ?? []), name]);
    const oneService = new Map(
      laptop.services.flatMap(({ name: service }) => containersOf(service).map(({ name }) => [name, service] as const)),
    );
    for (const [, names] of members)
      for (const one of names)
        for (const other of names) {
          // Containers of one service are one program.
          const ours = oneService.get(one);
          if (one < other && (ours === undefined || ours !== oneService.get(other))) seen.add(pair(one, other));
        }
    expect([...seen].sort()).toEqual([...joined].sort());
  });

  // Defects 4 and 20.
  it('publishes at 127.0.0.1, each port once, and no data store or service', () => {
    const published = containers.flatMap(([name, { ports }]) => (ports ?? []).map((port) => ({ name, ...port })));
    expect(published.filter(({ host_ip }) => host_ip !== '127.0.0.1')).toEqual([]);
    const ports = published.map((port) => port.published);
    expect(new Set(ports).size).toBe(ports.length);
    const inside = new Set([...laptop.services, ...laptop.instances].map(({ name }) => name));
    expect(published.filter(({ name }) => inside.has(name))).toEqual([]);
    expect(published.map(({ name }) => name)).toContain('proxy');
  });

  // Defect 18.
  it('waits for health only where it is checked, and for an end only where there is one', () => {
    for (const [name, { depends_on }] of containers)
      for (const [other, { condition }] of Object.entries(depends_on ?? {})) {
        const waited = services[other];
        expect(waited, `${name} → ${other}`).toBeDefined();
        if (condition === 'service_healthy') expect(waited?.healthcheck, `${name} → ${other}`).toBeDefined();
        if (condition === 'service_completed_successfully') expect(waited?.restart, `${name} → ${other}`).toBe('no');
      }
  });

  it('waits in no circle', () => {
    const visit = (name: string, trail: readonly string[]): void => {
      if (trail.includes(name)) throw new Error([...trail, name].join(' → '));
      for (const other of Object.keys(services[name]?.depends_on ?? {})) visit(other, [...trail, name]);
    };
    expect(() => {
      for (const [name] of containers) visit(name, []);
    }).not.toThrow();
  });

  it('waits for what is called, unless the caller works without it', () => {
    const calls = laptop.edges.filter(({ from, to }) => from.kind === 'service' && to.kind === 'service');
    expect(calls.some(({ optional }) => optional)).toBe(true);
    for (const { from, to, optional } of calls)
      expect(to.name in (services[from.name]?.depends_on ?? {}), `${from.name} → ${to.name}`).toBe(!optional);
  });

  // Defect 2.
  it('leaves nothing in a command to a shell that is not there', () => {
    for (const [name, { command, entrypoint }] of containers) {
      const words = [...(entrypoint ?? []), ...(command ?? [])];
      const hasShell = words.some((word) => /^(?:\/bin\/)?(?:ba)?sh$/.test(word));
      if (!hasShell)
        expect(
          words.filter((word) => /\$\(|\$\{|`/.test(word)),
          name,
        ).toEqual([]);
    }
  });

  it('takes privileges away and limits what a container may use', () => {
    for (const [name, service] of containers) {
      expect(service.cap_drop, name).toEqual(['ALL']);
      expect(service.security_opt, name).toEqual(['no-new-privileges:true']);
      expect(service.user, name).toMatch(/^\d+:\d+$/);
      expect(Object.keys(service.deploy?.resources.limits ?? {}).sort(), name).toEqual(['cpus', 'memory', 'pids']);
      if (name !== 'secrets' && name !== 'logs-filebeat') expect(service.user, name).not.toMatch(/^0:/);
    }
  });

  it('mounts only what is generated, or made by the generator', () => {
    for (const [file, { services: here }] of files)
      for (const [name, { volumes }] of Object.entries(here ?? {}))
        for (const { type, source } of volumes ?? []) {
          if (type !== 'bind' || source.startsWith('/')) continue;
          const target = path.posix.join(path.posix.dirname(file), source);
          if (target.includes('/.secrets')) {
            expect(target, name).toMatch(new RegExp(`^platform/compose/${laptop.name}/\\.secrets`));
            continue;
          }
          expect(isGenerated(target), `${name}: ${target}`).toBe(true);
        }
  });
});

describe('images', () => {
  it('are built from the services’ folders on a laptop', () => {
    const development = projects[0];
    for (const { name, folder } of plan.services) {
      const build = development?.services[name]?.build;
      const context = path.posix.join('platform/compose/development/services', build?.context ?? '');
      expect(path.posix.join(context, build?.dockerfile ?? ''), name).toBe(`${folder}/Dockerfile`);
    }
  });

  it('are pulled elsewhere, by a tag that the caller may name', () => {
    const [, ...others] = projects;
    expect(others.length).toBeGreaterThan(0);
    for (const { services } of others)
      for (const { name, imageRepository } of plan.services) {
        const variable = `${name.toUpperCase().replaceAll('-', '_')}_TAG`;
        expect(services[name]?.build, name).toBeUndefined();
        expect(services[name]?.image).toMatch(`${imageRepository}:\${${variable}:-`);
      }
  });
});

describe('secrets', () => {
  interface Manifest {
    readonly sources: readonly { readonly id: string }[];
    readonly folders: readonly {
      readonly name: string;
      readonly files: readonly { readonly name: string; readonly content: readonly unknown[] }[];
    }[];
  }
  const manifest = JSON.parse(bodyOf('platform/compose/development/generator/secrets.json')) as Manifest;
  const fileOf = (folder: string, name: string) =>
    manifest.folders.find((one) => one.name === folder)?.files.find((file) => file.name === name)?.content;

  it('have a source each, and every source is read', () => {
    const read = new Set(
      manifest.folders.flatMap(({ files }) =>
        files.flatMap(({ content }) => content.flatMap((part) => (part as { secret?: string }).secret ?? [])),
      ),
    );
    expect([...read].sort()).toEqual(manifest.sources.map(({ id }) => id).sort());
  });

  it('are one value where services share an entry of the store, and another one where they do not', () => {
    expect(fileOf('api-gateway', 'JWT_SECRET')).toEqual(fileOf('auth-service', 'JWT_SECRET'));
    expect(fileOf('api-gateway', 'JWT_SECRET')).not.toEqual(fileOf('auth-service', 'JWT_REFRESH_SECRET'));
    expect(fileOf('auth-service', 'DATABASE_URL')).not.toEqual(fileOf('financial-service', 'DATABASE_URL'));
  });

  it('give the server the password that the service connects with', () => {
    const url = fileOf('auth-service', 'DATABASE_URL')?.find((part) => typeof part === 'object') as { secret: string };
    const [password] = fileOf('postgres-setup', 'auth_service.password') as { secret: string }[];
    expect(password?.secret).toBe(url.secret);
  });
});
