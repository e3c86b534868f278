// The rendered policies against the edges of the plan, for every pair: by the evaluator that reads objects alone.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ClusterPlan, PlatformEdgePlan } from '../../../src/plan/types/platform';
import { cluster, type Loose, named, objectsIn, ofKind, plan, rendered, serviceObjects } from './cluster';

let evaluator: Loose;
beforeAll(async () => {
  evaluator = await import(pathToFileURL(path.join(__dirname, '../../../conformance/network-policies.mjs')).href);
});

const componentOf = (pod: Loose): string => pod.labels['app.kubernetes.io/component'];
const standIn = (name: string, namespace: string, labels: object): Loose => ({
  name,
  namespace,
  labels,
  ports: [],
  hostNetwork: false,
  address: '10.0.0.9',
});

/** Whether an edge allows this pod of a service. */
const isFor = (edge: PlatformEdgePlan, pod: Loose): boolean =>
  edge.from.kind === 'service' &&
  edge.from.name === pod.labels['app.kubernetes.io/name'] &&
  edge.components.includes(componentOf(pod) as never);

describe.each(plan.clusters.map(({ name }) => name))('%s', (name) => {
  const one = cluster(name);
  const own = objectsIn(one);
  const all = [...own, ...serviceObjects(one)];
  const here = one.instances.filter(({ podLabels }) => Object.keys(podLabels).length > 0);
  const podsOf = (labels: Readonly<Record<string, string>>): Loose[] =>
    evaluator
      .podsOf(all)
      .filter(
        (pod: Loose) =>
          pod.namespace === one.dataNamespace &&
          Object.entries(labels).every(([key, value]) => pod.labels[key] === value),
      );

  it('opens each data store to the declared pods at the declared ports, and to nobody else', () => {
    const { isAllowed } = evaluator.createEvaluator(all);
    const callers = evaluator.podsOf(all).filter((pod: Loose) => pod.namespace === one.namespace);
    expect(callers.length).toBeGreaterThan(20);
    let open = 0;
    for (const instance of here) {
      const servers = podsOf(instance.podLabels);
      expect(servers.length, instance.name).toBeGreaterThan(0);
      for (const pod of callers) {
        const ports = one.edges
          .filter(({ to }) => to.kind === 'resource' && to.name === instance.name)
          .filter((edge) => isFor(edge, pod))
          .map(({ port }) => port);
        for (const port of [5432, 6379, 8000, 8123, 8443, 9000, 9090, 9092, 9093, 9200, 9300, 9363, 27017, 61000]) {
          const expected = ports.includes(port);
          if (expected) open += 1;
          expect(isAllowed(pod, servers[0], port), `${pod.name} → ${instance.name}:${port}`).toBe(expected);
        }
      }
    }
    expect(open).toBeGreaterThan(0);
  });

  it('keeps strangers and the monitoring out of every data store', () => {
    const { isAllowed } = evaluator.createEvaluator(
      // By the policies of the stores themselves, whatever else is closed.
      own.filter(({ metadata }) => !['default-deny', 'names'].includes(metadata.name)),
    );
    const strangers = [
      standIn('stranger', 'default', { app: 'stranger' }),
      standIn('stranger', one.dataNamespace, { app: 'stranger' }),
      standIn('grafana', one.monitoringNamespace, { 'app.kubernetes.io/name': 'grafana' }),
      standIn('alike', 'default', { 'app.kubernetes.io/name': 'auth-service', 'app.kubernetes.io/component': 'web' }),
    ];
    for (const { podLabels, port, name: instance } of here)
      for (const stranger of strangers)
        for (const server of podsOf(podLabels))
          expect(isAllowed(stranger, server, port), `${stranger.name} → ${instance}`).toBe(false);
  });

  it('lets Prometheus read every exporter, and every exporter its data store', () => {
    const { isAllowed } = evaluator.createEvaluator(
      own.filter(({ metadata }) => metadata.namespace === one.dataNamespace),
    );
    const prometheus = standIn('prometheus', one.monitoringNamespace, { 'app.kubernetes.io/name': 'prometheus' });
    const watched = one.instances.filter(({ exporter }) => exporter !== null);
    expect(watched.length).toBeGreaterThan(1);
    for (const { exporter, podLabels, port, host } of watched) {
      if (exporter?.container == null) {
        for (const server of podsOf(podLabels)) expect(isAllowed(prometheus, server, exporter?.port)).toBe(true);
        continue;
      }
      const [pod] = podsOf({ 'app.kubernetes.io/instance': exporter.host });
      expect(isAllowed(prometheus, pod, exporter.port), exporter.host).toBe(true);
      expect(isAllowed(prometheus, pod, 61000)).toBe(false);
      const targets =
        Object.keys(podLabels).length > 0 ? podsOf(podLabels) : [{ name: host, address: '10.0.7.7', ports: [] }];
      for (const target of targets) {
        expect(isAllowed(pod, target, port), `${exporter.host} → ${target.name}`).toBe(true);
        expect(isAllowed(pod, target, 61000)).toBe(false);
      }
    }
  });

  it('sends public requests to exactly the public services', () => {
    const { isAllowed } = evaluator.createEvaluator(all);
    const proxy = standIn('proxy', one.gateway.namespace, { 'app.kubernetes.io/name': 'envoy' });
    const reached = evaluator
      .podsOf(all)
      .filter((pod: Loose) => pod.namespace === one.namespace)
      .filter((pod: Loose) => pod.ports.some(({ port }: Loose) => isAllowed(proxy, pod, port)))
      .map((pod: Loose) => `${pod.labels['app.kubernetes.io/name']} ${componentOf(pod)}`);
    const expected = [...new Set(one.routes.map(({ service }) => `${service} web`))];
    expect([...new Set(reached)].sort()).toEqual(expected.sort());
    const internet = { name: 'internet', address: '198.51.100.7' };
    expect([80, 443, 10080, 10443, 19000].filter((port) => isAllowed(internet, proxy, port))).toEqual([10080, 10443]);
  });

  it('leaves nothing open in a namespace but names', () => {
    const { isAllowed } = evaluator.createEvaluator(own);
    for (const { name: namespace } of one.namespaces) {
      const pod = standIn('pod', namespace, { app: 'whatever' });
      const dns = standIn('dns', 'kube-system', { 'k8s-app': 'kube-dns' });
      const other = standIn('other', namespace, { app: 'other' });
      const outside = { name: 'outside', address: '198.51.100.7' };
      expect([isAllowed(pod, dns, 53, 'UDP'), isAllowed(pod, dns, 53), isAllowed(pod, dns, 443)], namespace).toEqual([
        true,
        true,
        false,
      ]);
      expect([isAllowed(pod, other, 80), isAllowed(other, pod, 80), isAllowed(pod, outside, 443)]).toEqual([
        false,
        false,
        false,
      ]);
    }
  });

  it('never opens every port, nor the credentials of the node', () => {
    for (const { metadata, spec } of ofKind(own, 'NetworkPolicy')) {
      expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
      for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
        expect(rule.ports.length, metadata.name).toBeGreaterThan(0);
        for (const { ipBlock } of rule.to ?? [])
          if (ipBlock !== undefined)
            expect(
              evaluator.inBlock('169.254.169.254', ipBlock.cidr) &&
                !(ipBlock.except ?? []).some((except: string) => evaluator.inBlock('169.254.169.254', except)),
            ).toBe(false);
      }
    }
  });
});

describe('operators', () => {
  const one = cluster('staging');

  it('reach exactly the ports that they ask, and members each other', () => {
    const objects = objectsIn(one);
    const { isAllowed } = evaluator.createEvaluator(objects);
    const operated = one.instances.filter(({ network }) => network !== null);
    expect(operated.length).toBeGreaterThan(2);
    for (const { name, network, podLabels } of operated) {
      const [server] = evaluator
        .podsOf(objects)
        .filter((pod: Loose) => pod.labels['app.kubernetes.io/instance'] === podLabels['app.kubernetes.io/instance']);
      const operator = network?.operator ?? null;
      if (operator !== null) {
        const pod = standIn('operator', operator.namespace, operator.labels);
        for (const port of operator.ports) expect(isAllowed(pod, server, port), `${name} ${port}`).toBe(true);
        expect(isAllowed(pod, server, 61000)).toBe(false);
        expect(isAllowed({ ...pod, namespace: 'default' }, server, operator.ports[0])).toBe(false);
      }
      for (const port of network?.members ?? [])
        expect(isAllowed(server, { ...server, name: 'twin' }, port)).toBe(true);
    }
  });
});

describe('KEDA', () => {
  const one = cluster('staging');
  const edge: PlatformEdgePlan = {
    from: { kind: 'platform', name: 'keda' },
    to: { kind: 'resource', name: 'kafka' },
    port: 9093,
    protocol: 'TCP',
    components: [],
    by: 'platform',
    optional: true,
    why: 'reads how far consumers are behind',
  };
  const kafkaOf = (edges: readonly PlatformEdgePlan[]): [Loose, Loose] => {
    const objects = objectsIn({ ...one, edges });
    const [server] = evaluator
      .podsOf(objects)
      .filter((pod: Loose) => pod.labels['app.kubernetes.io/instance'] === 'kafka');
    return [evaluator.createEvaluator(objects), server];
  };

  it('reaches a broker where an edge says so, and no other pod of its namespace does', () => {
    const operator = standIn('keda-operator', 'keda', { app: 'keda-operator' });
    const [without, closed] = kafkaOf(one.edges.filter(({ from }) => from.name !== 'keda'));
    expect(without.isAllowed(operator, closed, 9093)).toBe(false);
    const [open, server] = kafkaOf([...one.edges, edge]);
    expect(open.isAllowed(operator, server, 9093)).toBe(true);
    expect(open.isAllowed({ ...operator, labels: { app: 'other' } }, server, 9093)).toBe(false);
  });

  it('is no guess: an edge from what nobody knows is a defect', () => {
    const strange = { ...edge, from: { kind: 'platform' as const, name: 'somebody' } };
    expect(() => objectsIn({ ...one, edges: [strange] })).toThrow(/BUG: no pods are known for platform somebody/);
  });
});

describe('Calico', () => {
  const withCalico = (calico: boolean): ClusterPlan => ({ ...cluster('production'), calico });

  it('adds what no other policy can reopen, only when asked', () => {
    expect(rendered(withCalico(false)).some(({ path: file }) => file.endsWith('calico.yaml'))).toBe(false);
    const objects = objectsIn(withCalico(true));
    const deny = named(objects, 'GlobalNetworkPolicy', 'daorsagro-deny-instance-metadata').spec;
    const last = named(objects, 'GlobalNetworkPolicy', 'daorsagro-default-deny').spec;
    // Those of Kubernetes have 1000.
    expect(deny.order).toBeLessThan(1000);
    expect(last.order).toBeGreaterThan(1000);
    expect(deny.types).toEqual(['Egress']);
    expect(deny.egress.map(({ action }: Loose) => action)).toEqual(['Deny', 'Deny', 'Deny']);
    expect(deny.egress[0].destination.nets).toEqual(['169.254.169.254/32']);
    expect([last.ingress, last.egress]).toEqual([undefined, undefined]);
    for (const { name } of cluster('production').namespaces) expect(last.namespaceSelector).toContain(`"${name}"`);
  });
});
