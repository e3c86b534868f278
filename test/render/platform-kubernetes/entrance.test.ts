// What stands between the internet and the services, and between services: gateway, certificates, secret store, mesh.
import { describe, expect, it } from 'vitest';
import type { ClusterPlan } from '../../../src/plan/types/platform';
import { cluster, type Loose, named, objectsIn, ofKind, plan } from './cluster';

describe('the gateway', () => {
  const one = cluster('production');
  const objects = objectsIn(one);
  const [gateway] = ofKind(objects, 'Gateway');
  const [http, https] = gateway.spec.listeners;

  it('serves every certificate on the listener that routes attach to', () => {
    expect(https).toMatchObject({ name: one.gateway.section, protocol: 'HTTPS', port: 443 });
    const served = https.tls.certificateRefs.map(({ name }: Loose) => name);
    const certificates = ofKind(objects, 'Certificate').filter(
      ({ metadata }) => metadata.namespace === 'gateway-system',
    );
    expect(served).toEqual(certificates.map(({ spec }) => spec.secretName));
    const hosts = certificates.flatMap(({ spec }) => spec.dnsNames);
    expect(hosts.sort()).toEqual([...new Set(one.routes.map(({ host }) => host))].sort());
  });

  it('takes routes of the services only, and none without TLS', () => {
    expect(https.allowedRoutes.namespaces).toEqual({
      from: 'Selector',
      selector: { matchLabels: { 'kubernetes.io/metadata.name': one.namespace } },
    });
    expect(http.allowedRoutes.namespaces).toEqual({ from: 'Same' });
    const [redirect] = ofKind(objects, 'HTTPRoute');
    expect(redirect.metadata.namespace).toBe(gateway.metadata.namespace);
    expect(redirect.spec.parentRefs[0].sectionName).toBe(http.name);
    expect(redirect.spec.rules[0].filters[0].requestRedirect).toEqual({ scheme: 'https', statusCode: 301 });
  });

  it('holds clients to TLS 1.2 and to an end', () => {
    const { spec } = named(objects, 'ClientTrafficPolicy', one.gateway.name);
    expect(spec.targetRefs[0].name).toBe(gateway.metadata.name);
    expect(spec.tls.minVersion).toBe('1.2');
    expect(spec.timeout.http).toEqual({
      requestReceivedTimeout: `${one.gateway.requestReceivedSeconds}s`,
      idleTimeout: `${one.gateway.idleSeconds}s`,
    });
  });

  it('keeps the address of the client, which rate limits count by', () => {
    const { kubernetes } = named(objects, 'EnvoyProxy', one.gateway.name).spec.provider;
    expect(kubernetes.envoyService.externalTrafficPolicy).toBe('Local');
    expect(kubernetes.envoyDeployment.replicas).toBe(one.gateway.replicas);
    expect(gateway.spec.infrastructure.parametersRef.name).toBe(one.gateway.name);
  });

  it('has no listener for TLS while nothing is public', () => {
    const closed: ClusterPlan = { ...one, routes: [], gateway: { ...one.gateway, certificates: [], hosts: [] } };
    expect(ofKind(objectsIn(closed), 'Gateway')[0].spec.listeners.map(({ name }: Loose) => name)).toEqual(['http']);
  });
});

describe('certificates', () => {
  it.each(['staging', 'production'])('of %s come from its directory, by the listener without TLS', (name) => {
    const objects = objectsIn(cluster(name));
    const issuers = ofKind(objects, 'ClusterIssuer').filter(({ spec }) => spec.acme !== undefined);
    expect(issuers.map(({ spec }) => new URL(spec.acme.server).host)).toEqual([
      'acme-staging-v02.api.letsencrypt.org',
      'acme-v02.api.letsencrypt.org',
    ]);
    for (const { spec } of issuers) {
      expect(spec.acme.email).toBe('platform@daorsagro.com');
      expect(spec.acme.solvers[0].http01.gatewayHTTPRoute.parentRefs[0]).toMatchObject({
        name: 'public',
        sectionName: 'http',
      });
    }
    for (const { metadata, spec } of ofKind(objects, 'Certificate'))
      if (metadata.namespace === 'gateway-system') expect(spec.issuerRef.name).toBe(`letsencrypt-${name}`);
  });
});

describe('the authority of the data stores', () => {
  const objects = objectsIn(cluster('production'));
  const certificates = ofKind(objects, 'Certificate');
  const issuer = named(objects, 'ClusterIssuer', 'daorsagro-authority');

  it('signs itself, with a key where no service is deployed', () => {
    const authority = certificates.filter(({ spec }) => spec.isCA === true);
    expect(authority).toHaveLength(1);
    expect(authority[0].metadata.namespace).toBe('cert-manager');
    expect(authority[0].spec.secretName).toBe(issuer.spec.ca.secretName);
    expect(named(objects, 'ClusterIssuer', authority[0].spec.issuerRef.name).spec).toEqual({ selfSigned: {} });
  });

  it('signs every data store, for the host that services name', () => {
    const stores = cluster('production').instances.filter(({ objects: own }) => own.length > 0);
    expect(stores.length).toBeGreaterThan(0);
    for (const { name, host } of stores) {
      const { spec } = named(objects, 'Certificate', `${name}-tls`);
      expect(spec.issuerRef).toEqual({ group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'daorsagro-authority' });
      expect(spec.dnsNames).toContain(host);
    }
  });

  it('is known to the services by its certificate', () => {
    const known = certificates.filter(({ metadata }) => metadata.namespace === 'daorsagro');
    expect(known.map(({ spec }) => [spec.secretName, spec.issuerRef.name])).toEqual([
      ['daorsagro-authority', 'daorsagro-authority'],
    ]);
  });
});

describe('the secret store', () => {
  it('is read by the namespaces of the platform, without a key', () => {
    const one = cluster('production');
    const [{ spec }] = ofKind(objectsIn(one), 'ClusterSecretStore');
    expect(spec.provider).toEqual({ aws: { service: 'SecretsManager', region: one.region } });
    expect(spec.conditions).toEqual([{ namespaces: one.namespaces.map(({ name }) => name) }]);
  });
});

describe('the mesh', () => {
  const meshed: ClusterPlan = { ...cluster('production'), mesh: 'istio' };
  const objects = objectsIn(meshed);
  const policies = ofKind(objects, 'AuthorizationPolicy');

  it('is not there unless asked for', () => {
    const without = objectsIn(cluster('production'));
    expect(without.filter(({ apiVersion }) => apiVersion.includes('istio.io'))).toEqual([]);
    expect(JSON.stringify(without)).not.toContain('istio');
  });

  it('takes no plain text, and nothing that no policy names', () => {
    expect(ofKind(objects, 'PeerAuthentication')[0].spec.mtls.mode).toBe('STRICT');
    expect(named(objects, 'AuthorizationPolicy', 'default-deny').spec).toEqual({ action: 'ALLOW' });
    for (const { metadata } of policies) expect(metadata.namespace).toBe(meshed.namespace);
  });

  it('lets exactly the declared callers in, for every pair of services', () => {
    let allowed = 0;
    for (const { name: callee } of plan.services) {
      const rules = policies.filter(({ metadata }) => metadata.name === callee).flatMap(({ spec }) => spec.rules);
      for (const { name: caller } of plan.services) {
        const principal = `cluster.local/ns/${meshed.namespace}/sa/${caller}`;
        const ports = rules
          .filter(({ from }: Loose) => from[0].source.principals?.includes(principal))
          .flatMap(({ to }: Loose) => to[0].operation.ports);
        const expected = meshed.edges
          .filter(({ from, to }) => from.kind === 'service' && from.name === caller && to.name === callee)
          .map(({ port }) => String(port));
        expect(ports, `${caller} → ${callee}`).toEqual(expected);
        allowed += ports.length;
      }
      for (const { from, to } of rules) {
        expect(from[0].source.principals?.length ?? from[0].source.namespaces?.length).toBe(1);
        expect(to[0].operation.ports).toHaveLength(1);
      }
    }
    expect(allowed).toBeGreaterThan(5);
  });

  it('lets the gateway reach public services only', () => {
    const reached = policies
      .filter(({ spec }) => JSON.stringify(spec).includes(`"namespaces":["${meshed.gateway.namespace}"]`))
      .map(({ metadata }) => metadata.name);
    expect(reached.sort()).toEqual([...new Set(meshed.routes.map(({ service }) => service))].sort());
  });

  it('is spoken to by the gateway through Services, which is where the sidecar encrypts', () => {
    const routing = (one: ClusterPlan) => named(objectsIn(one), 'EnvoyProxy', one.gateway.name).spec.routingType;
    expect([routing(meshed), routing({ ...meshed, mesh: 'none' })]).toEqual(['Service', undefined]);
  });

  it('puts sidecars beside services and the gateway, and lets them reach their control plane', () => {
    for (const { name, holds } of meshed.namespaces) {
      const isMeshed = holds === 'services' || holds === 'gateway';
      expect(named(objects, 'Namespace', name).metadata.labels['istio-injection'], name).toBe(
        isMeshed ? 'enabled' : undefined,
      );
      const { egress } = ofKind(objects, 'NetworkPolicy').find(
        ({ metadata }) => metadata.name === 'names' && metadata.namespace === name,
      ).spec;
      expect(egress.some(({ ports }: Loose) => ports.some(({ port }: Loose) => port === 15012))).toBe(isMeshed);
    }
  });
});
