// Prometheus in a mesh that refuses plain text: its certificate, how it reads services, and that it is let in as itself alone.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { generatePlatform } from '../../src/generate-platform';

const made = (mesh: string) =>
  generatePlatform({
    platform: {
      name: 'farm',
      domain: 'farm.example',
      services: ['services/*'],
      environments: { development: { runs: 'compose' }, production: {} },
      notify: { default: '#alerts' },
      mesh,
    },
    declaration: 'platform.yaml',
    services: [
      {
        declaration: 'services/farm-service/service.yaml',
        folder: 'services/farm-service',
        published: null,
        value: {
          name: 'farm-service',
          owner: 'team-a',
          http: { port: 3000, metrics: '/metrics' },
          needs: { postgres: {} },
        },
      },
    ],
  });

type Loose = Record<string, never> & { readonly kind: string; readonly metadata: { readonly name: string } };

const objectsOf = (mesh: string) => {
  const { files, diagnostics } = made(mesh);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const objects = files
    .filter(({ path }) => /\.yaml$/.test(path) && /^platform\/kubernetes\/production\/|\/deploy\/base\//.test(path))
    .flatMap(({ body }) => body.split('\n---\n').map((document) => parse(document) as Loose | null))
    .filter((object) => object !== null);
  return (kind: string, name: string): { metadata: Loose; spec: Loose } => {
    const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
    if (found === undefined) throw new Error(`no ${kind} ${name}`);
    return found as never;
  };
};

describe('with Istio', () => {
  const one = objectsOf('istio');
  const prometheus = one('Prometheus', 'prometheus').spec as unknown as {
    readonly podMetadata: {
      readonly labels: Record<string, string>;
      readonly annotations: Record<string, string>;
    };
    readonly volumes: readonly { readonly name: string }[];
    readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
    readonly scrapeClasses: readonly { readonly name: string; readonly tlsConfig: Record<string, string> }[];
  };

  it('Prometheus has a sidecar that writes certificates and carries no traffic', () => {
    const { labels, annotations } = prometheus.podMetadata;
    expect(labels['sidecar.istio.io/inject']).toBe('true');
    expect(annotations['traffic.sidecar.istio.io/includeInboundPorts']).toBe('');
    expect(annotations['traffic.sidecar.istio.io/includeOutboundIPRanges']).toBe('');
    const written = parse(annotations['proxy.istio.io/config'] ?? '').proxyMetadata.OUTPUT_CERTS;
    const [mount] = JSON.parse(annotations['sidecar.istio.io/userVolumeMount'] ?? '[]');
    expect(mount).toEqual({ name: prometheus.volumes[0]?.name, mountPath: written });
  });

  it('and reads them where the class of the monitors says', () => {
    const [mount] = prometheus.volumeMounts;
    expect(mount?.name).toBe(prometheus.volumes[0]?.name);
    const [scrapeClass] = prometheus.scrapeClasses;
    for (const file of Object.values(scrapeClass?.tlsConfig ?? {}))
      expect(file.startsWith(`${mount?.mountPath}/`)).toBe(true);
    expect(Object.keys(scrapeClass?.tlsConfig ?? {})).toEqual(['caFile', 'certFile', 'keyFile']);
    expect(one('PodMonitor', 'farm-service').spec).toMatchObject({
      scrapeClass: scrapeClass?.name,
      podMetricsEndpoints: [{ scheme: 'https', tlsConfig: { insecureSkipVerify: true } }],
    });
  });

  it('exporters beside data stores, which have no sidecar, are read as before', () => {
    expect(JSON.stringify(one('PodMonitor', 'grafana').spec)).not.toContain('https');
  });

  it('a service lets in Prometheus by its account, at the port of its metrics', () => {
    expect(one('AuthorizationPolicy', 'farm-service').spec).toMatchObject({
      rules: [
        {
          from: [{ source: { principals: ['cluster.local/ns/monitoring/sa/prometheus'] } }],
          to: [{ operation: { ports: ['3000'] } }],
        },
      ],
    });
    expect(one('Prometheus', 'prometheus').spec).toMatchObject({ serviceAccountName: 'prometheus' });
  });

  it('its pods reach the control plane that signs, and the others of their namespace have no sidecar', () => {
    const signer = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } } };
    expect(one('NetworkPolicy', 'prometheus').spec).toMatchObject({
      egress: expect.arrayContaining([
        expect.objectContaining({ to: [expect.objectContaining(signer)], ports: [{ protocol: 'TCP', port: 15012 }] }),
      ]),
    });
    expect(JSON.stringify(one('Namespace', 'monitoring').metadata)).not.toContain('istio-injection');
  });
});

it('without a mesh nothing of it is there', () => {
  const one = objectsOf('none');
  expect(JSON.stringify(one('Prometheus', 'prometheus'))).not.toMatch(/istio|scrapeClass/);
  expect(one('PodMonitor', 'farm-service').spec).toMatchObject({ podMetricsEndpoints: [{ scheme: 'http' }] });
});
