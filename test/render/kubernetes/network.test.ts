// Who may talk to the pods, and how the internet reaches them.
import { describe, expect, it } from 'vitest';
import type { EnvironmentPlan, NetworkEdge } from '../../../src/plan/types';
import { objectsOf } from '../../../src/render/kubernetes/objects';
import { base, plan } from '../fixtures/kubernetes-plan';
import type { Loose } from './kustomize';

const objects = (environment: EnvironmentPlan): Loose[] => objectsOf(plan, environment);
const find = (list: Loose[], kind: string, name = 'financial-service'): Loose =>
  list.find((object) => object.kind === kind && object.metadata.name === name);

describe('network policies', () => {
  const policy = (component: string, environment = base): Loose =>
    find(objects(environment), 'NetworkPolicy', `financial-service-${component}`);

  it('hold exactly the edges of their component', () => {
    expect(policy('web').spec.egress.map(({ ports }: Loose) => ports.map(({ port }: Loose) => port))).toEqual([
      [53, 53],
      [3001],
      [443],
    ]);
    expect(policy('worker').spec.egress).toHaveLength(2);
    expect(policy('job').spec.egress).toHaveLength(1);
    expect(policy('web').spec.ingress).toEqual([
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'envoy-gateway-system' } } }],
        ports: [{ protocol: 'TCP', port: 'http' }],
      },
    ]);
    expect(policy('worker').spec).not.toHaveProperty('ingress');
  });

  it('name pods of another namespace by both labels in one peer', () => {
    expect(policy('web').spec.egress[0].to).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      },
    ]);
  });

  it('refuse an edge without a port, which would open all of them', () => {
    const [edge] = base.network.egress as [NetworkEdge];
    expect(() => objects({ ...base, network: { ...base.network, egress: [{ ...edge, ports: [] }] } })).toThrow(
      'BUG: the network edge "dns" has no port',
    );
  });
});

describe('the public side', () => {
  const exposed = base.exposure as NonNullable<EnvironmentPlan['exposure']>;
  const exposure = (change: Partial<typeof exposed>): Loose[] =>
    objects({ ...base, exposure: { ...exposed, ...change } });

  it('counts requests per client address, of both families', () => {
    const { spec } = find(exposure({}), 'BackendTrafficPolicy');
    expect(spec.rateLimit.local.rules.map(({ clientSelectors }: Loose) => clientSelectors[0].sourceCIDR)).toEqual([
      { type: 'Distinct', value: '0.0.0.0/0' },
      { type: 'Distinct', value: '::/0' },
    ]);
    expect(spec.requestBuffer).toEqual({ limit: '10Mi' });
  });

  it('buffers no body where connections are upgraded', () => {
    expect(find(exposure({ websockets: true }), 'BackendTrafficPolicy').spec).not.toHaveProperty('requestBuffer');
    expect(find(exposure({ websockets: true, rateLimit: null }), 'BackendTrafficPolicy')).toBeUndefined();
  });

  it('may be an Ingress with TLS and without the annotations of a controller', () => {
    const list = exposure({ kind: 'ingress' });
    expect(find(list, 'HTTPRoute')).toBeUndefined();
    const { metadata, spec } = find(list, 'Ingress');
    expect(spec.tls).toEqual([{ hosts: ['api.daorsagro.com'], secretName: 'api-tls' }]);
    expect(Object.keys(metadata.annotations).filter((key) => key.includes('ingress.kubernetes.io'))).toEqual([]);
  });
});
