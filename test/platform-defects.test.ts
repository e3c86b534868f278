// The defects of the hand-written files that only a platform can have: each is refused, or shown to be impossible on the example.
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { GeneratedFile } from '../src/render/shared/generated-file';
import { examplesFolder, generateFolder } from './support/platform-examples';

// biome-ignore lint/suspicious/noExplicitAny: what a test reads out of a generated file has no type.
type Data = any;

const outcome = generateFolder(path.join(examplesFolder, 'daorsagro'));
const environments = ['development', 'staging', 'production'];
const clusters = ['staging', 'production'];

const below = (folder: string, pattern: RegExp): GeneratedFile[] =>
  outcome.files.filter((file) => file.path.startsWith(folder) && pattern.test(file.path));

/** Every container of one environment run by compose, by name. */
function containersOf(environment: string): Map<string, Data> {
  const files = below(`platform/compose/${environment}/`, /^platform\/compose\/[^/]+\/(services\/)?[^/]+\.yaml$/);
  return new Map(files.flatMap(({ body }) => Object.entries<Data>(parse(body).services ?? {})));
}

/** Every object of one environment in a cluster that the platform itself renders. */
const objectsOf = (environment: string): Data[] =>
  below(`platform/kubernetes/${environment}/`, /\.yaml$/).flatMap(({ body }) =>
    parseAllDocuments(body)
      .map((document) => document.toJS() as Data)
      .filter((object) => object?.kind !== undefined && object.kind !== 'Kustomization'),
  );

const refusedBy = (code: string): string[] =>
  generateFolder(path.join(__dirname, 'refused-platform', code)).diagnostics.map((found) => found.code);

describe('defects of a platform', () => {
  beforeAll(() => expect(outcome.files.length).toBeGreaterThan(500));

  it.each(environments)('2: no command of %s expects a shell that does not run', (environment) => {
    for (const [name, { command, entrypoint }] of containersOf(environment))
      for (const word of [command ?? [], entrypoint ?? []].flat())
        if (![command ?? [], entrypoint ?? []].flat().some((each: string) => /^(\/bin\/)?(ba)?sh$/.test(each)))
          expect(word, name).not.toMatch(/\$\(|`/);
  });

  it.each(environments)(
    '3: every service of %s shares a network with what it needs, and none is cut off',
    (environment) => {
      const containers = containersOf(environment);
      const networks = (name: string): string[] => [containers.get(name)?.networks ?? []].flat();
      const edges = outcome.plan?.laptops.find(({ name }) => name === environment)?.edges ?? [];
      const inside = edges.filter(
        ({ from, to }) => from.kind === 'service' && ['service', 'resource'].includes(to.kind),
      );
      expect(inside.length).toBeGreaterThan(20);
      for (const { from, to } of inside)
        expect(
          networks(from.name).filter((network) => networks(to.name).includes(network)),
          `${from.name} → ${to.name}`,
        ).not.toEqual([]);
      // Only on the ways out and in, whose members have nothing to do with each other.
      for (const { path: at, body } of below(`platform/compose/${environment}/`, /\.yaml$/))
        if (!at.endsWith('/compose.yaml')) expect(body).not.toContain('enable_icc');
    },
  );

  it.each(environments)('4: every port of the host is published once in %s, at 127.0.0.1', (environment) => {
    const ports = [...containersOf(environment).values()].flatMap((container) => container.ports ?? []);
    expect(ports.length).toBeGreaterThan(0);
    const published = ports.map((port: Data) => String(port.published).replace(/^\$\{[^:]+:-(\d+)\}$/, '$1'));
    expect(new Set(published).size).toBe(published.length);
    for (const { host_ip: address } of ports) expect(address).toBe('127.0.0.1');
  });

  it('6: pools of all services above the connections of their database are refused', () => {
    expect(refusedBy('connections-exceed-limit')).toContain('connections-exceed-limit');
    for (const { instances } of outcome.plan?.clusters ?? [])
      for (const { connections, pooling } of instances) {
        if (connections === null) continue;
        const atServer = pooling === null ? connections.atPeak : pooling.processes * pooling.pools * pooling.poolSize;
        expect(atServer).toBeGreaterThan(0);
        expect(atServer).toBeLessThanOrEqual(connections.limit - connections.reserved);
      }
  });

  it('7: limits of all services above the quota are refused', () => {
    expect(refusedBy('quota-below-sum')).toContain('quota-below-sum');
    for (const cluster of outcome.plan?.clusters ?? []) {
      const quota = objectsOf(cluster.name).find(
        ({ kind, metadata }) => kind === 'ResourceQuota' && metadata.namespace === cluster.namespace,
      );
      const cores = (text: string): number => (text.endsWith('m') ? Number.parseInt(text, 10) : Number(text) * 1000);
      expect(cores(String(quota.spec.hard['limits.cpu']))).toBeGreaterThanOrEqual(cluster.demand.cpuMillis.limit);
    }
  });

  it.each(environments)('8: Prometheus of %s loads every rule that is there', (environment) => {
    const folder = `platform/compose/${environment}/prometheus`;
    const [config] = below(`${folder}/prometheus.yml`, /$/);
    expect(parse(config?.body ?? '').rule_files).toEqual(['rules/*.yaml']);
    const rules = below(`${folder}/rules/`, /\.yaml$/).map((file) => path.posix.basename(file.path, '.yaml'));
    const watched = outcome.services
      .filter(({ plan }) => plan.base.monitoring.metrics !== null)
      .map(({ name }) => name);
    expect(rules.sort()).toEqual([...watched, 'platform'].sort());
  });

  it.each(environments)('9: Prometheus of %s asks for metrics where they are served', (environment) => {
    const laptop = outcome.plan?.laptops.find(({ name }) => name === environment);
    const [config] = below(`platform/compose/${environment}/prometheus/prometheus.yml`, /$/);
    const targets: string[] = parse(config?.body ?? '').scrape_configs.flatMap((job: Data) =>
      job.static_configs.flatMap((each: Data) => each.targets),
    );
    const own = laptop?.instances.map(({ name, port }) => `${name}:${port}`) ?? [];
    expect(targets.filter((target) => own.includes(target))).toEqual([]);
    expect(targets).toContain('api-gateway:3000');
    const containers = containersOf(environment);
    for (const target of targets) {
      const [host = ''] = target.split(':');
      if (host !== 'localhost') expect([...containers.keys()], target).toContain(host);
    }
  });

  it.each(clusters)(
    '14, 20: %s denies what nobody declared, and every namespace enforces "restricted"',
    (environment) => {
      const objects = objectsOf(environment);
      const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
      expect(namespaces.length).toBe(4);
      for (const { metadata } of namespaces) {
        expect(metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
        const deny = objects.filter(
          ({ kind, metadata: place, spec }) =>
            kind === 'NetworkPolicy' &&
            place.namespace === metadata.name &&
            Object.keys(spec.podSelector ?? {}).length === 0 &&
            spec.ingress === undefined,
        );
        expect(deny.length, metadata.name).toBeGreaterThan(0);
      }
    },
  );

  it.each(clusters)('15: %s has a gateway and no Ingress', (environment) => {
    const kinds = objectsOf(environment).map(({ kind }) => kind);
    expect(kinds).toContain('Gateway');
    expect(kinds).not.toContain('Ingress');
  });

  it('16: an end-of-life Kubernetes is refused', () => {
    expect(refusedBy('end-of-life-kubernetes')).toContain('end-of-life-kubernetes');
  });

  it.each(environments)('18: nobody in %s waits for the health of what has no health check', (environment) => {
    const containers = containersOf(environment);
    let waits = 0;
    for (const [name, each] of containers)
      for (const [needed, { condition }] of Object.entries<Data>(each.depends_on ?? {})) {
        const target = containers.get(needed);
        expect(target, `${name} waits for ${needed}`).toBeDefined();
        waits += 1;
        if (condition === 'service_healthy')
          // A service's own image has its check in the Dockerfile or here; all of them have one here.
          expect(target.healthcheck?.test?.length, `${needed}, that ${name} waits for`).toBeGreaterThan(1);
      }
    expect(waits).toBeGreaterThan(20);
  });

  it.each(clusters)('19: %s holds no value of a secret', (environment) => {
    for (const { kind, metadata, data, stringData } of objectsOf(environment))
      if (kind === 'Secret') {
        const text = JSON.stringify({ data, stringData });
        expect(text, metadata.name).not.toMatch(/password\W*:\W*\w/i);
      }
    for (const { path: file, body } of outcome.files) expect(body, file).not.toMatch(/REPLACE_WITH|CHANGE_?ME/);
  });

  it.each(clusters)('20: no data store of %s is a Deployment', (environment) => {
    const instances = outcome.plan?.clusters.find(({ name }) => name === environment)?.instances ?? [];
    const deployments = objectsOf(environment).filter(({ kind }) => kind === 'Deployment');
    for (const { metadata } of deployments) expect(instances.map(({ name }) => name)).not.toContain(metadata.name);
  });
});
