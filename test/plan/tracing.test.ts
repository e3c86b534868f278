// Where traces go: the variables of each service, the edge to the server, and what the server itself is given.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { generatePlatform } from '../../src/generate-platform';
import type { VariablePlan } from '../../src/plan/types';
import { compareEnvironment } from '../../src/source/compare-environment';
import { injectedVariables } from '../../src/source/injected-variables';

const service = (name: string, port: number, more: object = {}) => ({
  declaration: `services/${name}/service.yaml`,
  folder: `services/${name}`,
  published: null,
  value: { name, owner: 'team-a', http: { port }, ...more },
});

const made = (observability: object, mesh = 'none') =>
  generatePlatform({
    platform: {
      name: 'farm',
      domain: 'farm.example',
      services: ['services/*'],
      environments: { development: { runs: 'compose' }, staging: {}, production: {} },
      notify: { default: '#alerts' },
      observability: { logging: 'elastic', ...observability },
      mesh,
    },
    declaration: 'platform.yaml',
    services: [
      service('busy-service', 3001, {
        http: { port: 3001, metrics: '/metrics' },
        objectives: { availability: '99.9%', throughput: '2000/s' },
        workers: { ingest: { command: 'node worker.js' } },
      }),
      service('quiet-service', 3002, { config: { OTEL_TRACES_SAMPLER_ARG: '0.5' } }),
      {
        ...service('site-app', 3003),
        value: { name: 'site-app', owner: 'team-a', runtime: { static: { output: 'dist' } } },
      },
    ],
  });

const outcome = made({ tracing: 'elastic-apm' });
const planOf = (name: string) => {
  const found = outcome.services.find(({ plan }) => plan.identity.name === name);
  if (found === undefined) throw new Error(`nobody planned ${name}`);
  return found.plan;
};
const literal = ({ value }: VariablePlan): string =>
  value.map((part) => (part.kind === 'literal' ? part.text : `<${part.secret}>`)).join('');
const variablesOf = (name: string, environment: string): Record<string, string> =>
  Object.fromEntries(
    (planOf(name).environments.find((found) => found.name === environment)?.variables ?? []).map((variable) => [
      variable.name,
      literal(variable),
    ]),
  );

const names = (variables: object): string[] =>
  Object.keys(variables).filter((name) => /^(OTEL|ELASTIC_APM)_/.test(name));

it('plans the platform without an error', () => {
  expect(outcome.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

describe('the variables of a service', () => {
  it('name the server, the service and the environment in a cluster, and show a token from the secret store', () => {
    const url = 'https://apm-server-apm-http.monitoring.svc.cluster.local:8200';
    expect(variablesOf('busy-service', 'production')).toMatchObject({
      ELASTIC_APM_ENVIRONMENT: 'production',
      ELASTIC_APM_SECRET_TOKEN: '<apm-secret-token>',
      ELASTIC_APM_SERVER_URL: url,
      ELASTIC_APM_SERVICE_NAME: 'busy-service',
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20<apm-secret-token>',
      OTEL_RESOURCE_ATTRIBUTES:
        'service.namespace=farm,deployment.environment.name=production,deployment.environment=production',
      OTEL_SERVICE_NAME: 'busy-service',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    });
  });

  it('name the container on a laptop, where nobody is asked for a token', () => {
    const variables = variablesOf('busy-service', 'development');
    expect(variables.OTEL_EXPORTER_OTLP_ENDPOINT).toBe('http://apm-server:8200');
    expect(names(variables)).not.toContain('ELASTIC_APM_SECRET_TOKEN');
  });

  it('keep ten traces a second of what is promised where people depend on it, and every one elsewhere', () => {
    const ratio = (environment: string) => {
      const { OTEL_TRACES_SAMPLER_ARG: otel, ELASTIC_APM_TRANSACTION_SAMPLE_RATE: elastic } = variablesOf(
        'busy-service',
        environment,
      );
      expect(otel).toBe(elastic);
      return otel;
    };
    expect(['development', 'staging', 'production'].map(ratio)).toEqual(['1', '1', '0.005']);
    const decided = planOf('busy-service').decisions.find(
      ({ path }) => path === 'environments.production.tracing.sampleRatio',
    );
    expect(decided?.why).toContain('10 of the 2000 requests a second');
  });

  it('yield to what the service declares itself', () => {
    expect(variablesOf('quiet-service', 'production').OTEL_TRACES_SAMPLER_ARG).toBe('0.5');
    expect(planOf('quiet-service').base.duplicateVariables).toEqual([]);
  });

  it('are none for a site, which runs no code, and none where nothing is traced', () => {
    expect(names(variablesOf('site-app', 'production'))).toEqual([]);
    for (const off of [made({}), made({ tracing: 'elastic-apm', metrics: 'none' })]) {
      const all = off.services.flatMap(({ plan }) => plan.variables.map(({ name }) => name));
      expect(all.filter((name) => /^(OTEL_(?!TRACES_SAMPLER_ARG)|ELASTIC_APM_)/.test(name))).toEqual([]);
    }
  });

  it('are optional for the accessor, and neither missing nor unused for `check --source`', () => {
    const { variables } = planOf('busy-service');
    const platform = variables.filter(({ name }) => names({ [name]: '' }).length > 0);
    expect(platform.length).toBeGreaterThan(10);
    expect(platform.every(({ required }) => !required)).toBe(true);
    const injected = injectedVariables(planOf('busy-service'), null, () => null);
    const read = {
      name: 'OTEL_SERVICE_NAME',
      access: 'read' as const,
      path: 'a.ts',
      line: 1,
      column: 1,
      fallback: null,
    };
    const port = { ...read, name: 'PORT' };
    expect(compareEnvironment([port], injected)).toEqual([]);
    expect(compareEnvironment([port, read], injected)).toEqual([]);
  });
});

describe('the edge to the server', () => {
  it('is in the list of every environment, for every component that runs code', () => {
    for (const { edges } of [...(outcome.plan?.clusters ?? []), ...(outcome.plan?.laptops ?? [])]) {
      const found = edges.filter(({ to }) => to.kind === 'platform' && to.name === 'apm-server');
      expect(found.map(({ from, port, components, optional }) => [from.name, port, components, optional])).toEqual([
        ['busy-service', 8200, ['web', 'worker'], true],
        ['quiet-service', 8200, ['web'], true],
      ]);
    }
  });

  const text = (path: string): string => outcome.files.find((file) => file.path === path)?.body ?? '';

  it('lets nobody wait for the server on a laptop', () => {
    const { services } = parse(text('platform/compose/development/services/busy-service.yaml'));
    expect(Object.keys(services['busy-service'].depends_on ?? {})).not.toContain('apm-server');
  });

  it('leads to a server with a certificate by the platform, and the same token', () => {
    const documents = text('platform/kubernetes/production/monitoring/elastic.yaml')
      .split('\n---\n')
      .map((document) => parse(document));
    const [server] = documents.filter(({ kind }) => kind === 'ApmServer');
    expect(server.spec).toMatchObject({
      http: { tls: { certificate: { secretName: 'apm-server-tls' } } },
      secureSettings: [{ secretName: 'apm-server-token' }],
      config: { 'apm-server.auth.secret_token': '${SERVICES_TOKEN}' },
    });
    const [certificate] = documents.filter(({ kind }) => kind === 'Certificate');
    expect(certificate.spec.dnsNames).toContain('apm-server-apm-http.monitoring.svc.cluster.local');
    const [token] = documents.filter(({ kind }) => kind === 'ExternalSecret');
    expect(token.spec.data[0].remoteRef).toMatchObject({ key: 'farm/production/tracing', property: 'secret-token' });
    const own = planOf('busy-service').environments.find(({ name }) => name === 'production');
    expect(own?.secretSources.find(({ id }) => id === 'apm-secret-token')).toMatchObject({
      remoteKey: 'farm/production/tracing',
      remoteProperty: 'secret-token',
    });
    expect(own?.trust?.secretName).toBe('farm-authority');
  });
});
