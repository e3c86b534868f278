// Decides how a service's traces reach the APM server: its address, the variables that tracing libraries read, and how many are kept.
import type { EnvironmentFacts, PlatformFacts } from '../model/platform-facts';
import type { ServiceSettings } from '../model/settings';
import type { Decisions } from './decisions';
import type { SecretSource, VariablePlan } from './types';

/** The server in edges, and its container on a laptop. */
export const traceServer = 'apm-server';
/** Agents of Elastic and OTLP, both at one port: https://www.elastic.co/docs/solutions/observability/apm/opentelemetry */
export const tracePort = 8200;

/** Whose pods take traces, by the operator's label: https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s/apm-server */
export const tracePods: Readonly<Record<string, string>> = { 'apm.k8s.elastic.co/name': traceServer };

/** Names of the Service that the operator makes, the shortest first. */
export const traceHosts = (namespace: string): readonly string[] =>
  ['', `.${namespace}`, `.${namespace}.svc`, `.${namespace}.svc.cluster.local`].map(
    (ending) => `${traceServer}-apm-http${ending}`,
  );

/** Where its variables say that they are from: nothing in the service's declaration does. */
export const platformOrigin = 'the platform';

/** Whether services have a server to send traces to; it is run beside what measures. */
export const hasTraces = ({ observability }: Pick<PlatformFacts, 'observability'>): boolean =>
  observability.tracing !== 'none' && observability.metrics !== 'none';

/** A static site runs no code of ours. */
export const isTraced = (settings: ServiceSettings, platform: PlatformFacts): boolean =>
  hasTraces(platform) && settings.runtime.static === null;

/** Entry of the secret store with the token that agents show; on a laptop nobody is asked for one. */
export const tokenSource = (platform: string, environment: string): SecretSource => ({
  id: 'apm-secret-token',
  description: 'Token that services show to the APM server',
  generatedLength: 32,
  developmentValue: null,
  remoteKey: `${platform}/${environment}/tracing`,
  remoteProperty: 'secret-token',
});

/** New traces a second of one service: a 99th percentile over five minutes then rests on 3000 of them. */
const tracesPerSecond = 10;
/** Where a service that people depend on promises no throughput: https://opentelemetry.io/docs/languages/js/sampling/ */
const undeclaredRatio = 0.1;

function sampleRatio(settings: ServiceSettings, { runs, gated }: EnvironmentFacts, decisions: Decisions): number {
  const { throughputPerSecond } = settings.objectives;
  const note = { path: 'tracing.sampleRatio', by: 'rule' } as const;
  if (runs === 'compose' || !gated)
    return decisions.decide(1, { ...note, why: 'few requests come here, and each may be the one that is looked for' });
  if (throughputPerSecond === null)
    return decisions.decide(undeclaredRatio, {
      ...note,
      why: 'one in ten, since no throughput is promised: declare objectives.throughput to have it computed',
    });
  const ratio = Math.max(0.001, Math.min(1, Math.round((tracesPerSecond / throughputPerSecond) * 1000) / 1000));
  return decisions.decide(ratio, {
    ...note,
    why: `${tracesPerSecond} of the ${throughputPerSecond} requests a second that are promised: a 99th percentile over five minutes rests on 3000 traces`,
  });
}

type Variable = Pick<VariablePlan, 'name' | 'description'> & {
  readonly value: string | VariablePlan['value'];
  readonly type?: VariablePlan['type'];
};

const variable = ({ name, value, type = 'string', description }: Variable): VariablePlan => {
  const text = typeof value === 'string' ? [{ kind: 'literal' as const, text: value }] : value;
  return {
    name,
    type,
    value: text,
    secret: text.some(({ kind }) => kind === 'secret'),
    required: true,
    origin: platformOrigin,
    declaredAt: [],
    description,
  };
};

/** Of a resource attribute: https://opentelemetry.io/docs/specs/otel/resource/sdk/#specifying-resource-information-via-an-environment-variable */
const attributes = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join(',');

export interface TracingVariables {
  readonly variables: readonly VariablePlan[];
  readonly secrets: readonly SecretSource[];
}

/**
 * The platform does not know which library a service brings: the standard's names serve every SDK of OpenTelemetry, Elastic's
 * own ones its agent for Node.js, which knows no others. What is read by nobody does no harm.
 */
export function tracingVariables(
  settings: ServiceSettings,
  platform: PlatformFacts,
  environment: EnvironmentFacts,
  namespace: string,
  decisions: Decisions,
): TracingVariables {
  if (!isTraced(settings, platform)) return { variables: [], secrets: [] };
  const compose = environment.runs === 'compose';
  const ratio = String(sampleRatio(settings, environment, decisions));
  const url = compose ? `http://${traceServer}:${tracePort}` : `https://${traceHosts(namespace).at(-1)}:${tracePort}`;
  const token = tokenSource(platform.name, environment.name);
  const secret = [{ kind: 'secret' as const, secret: token.id, encoding: 'none' as const }];
  const authentication: Variable[] = compose
    ? []
    : [
        { name: 'ELASTIC_APM_SECRET_TOKEN', value: secret, description: 'Shown to the APM server' },
        {
          name: 'OTEL_EXPORTER_OTLP_HEADERS',
          // Values are percent-encoded: https://opentelemetry.io/docs/specs/otel/protocol/exporter/#specifying-headers-via-environment-variables
          value: [{ kind: 'literal', text: 'Authorization=Bearer%20' }, ...secret],
          description: 'Shown to the APM server',
        },
      ];
  const resource = {
    'service.namespace': platform.name,
    // https://opentelemetry.io/docs/specs/semconv/resource/deployment-environment/; its older name is the one that Elastic shows.
    'deployment.environment.name': environment.name,
    'deployment.environment': environment.name,
  };
  const all: Variable[] = [
    ...authentication,
    { name: 'ELASTIC_APM_ENVIRONMENT', value: environment.name, description: 'Environment that traces are of' },
    { name: 'ELASTIC_APM_SERVER_URL', value: url, type: 'url', description: 'APM server' },
    { name: 'ELASTIC_APM_SERVICE_NAME', value: settings.name, description: 'Service that traces are of' },
    {
      name: 'ELASTIC_APM_TRANSACTION_SAMPLE_RATE',
      value: ratio,
      type: 'number',
      description: 'Share of new traces that are kept',
    },
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: url, type: 'url', description: 'APM server, which speaks OTLP' },
    { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'http/protobuf', description: 'How OTLP is sent' },
    // A drain waits for what is still to be sent: not for longer than this.
    {
      name: 'OTEL_EXPORTER_OTLP_TIMEOUT',
      value: '3000',
      type: 'integer',
      description: 'Milliseconds until an export is given up',
    },
    { name: 'OTEL_LOGS_EXPORTER', value: 'none', description: 'Logs go to standard output' },
    { name: 'OTEL_METRICS_EXPORTER', value: 'none', description: 'Metrics are read by Prometheus' },
    { name: 'OTEL_RESOURCE_ATTRIBUTES', value: attributes(resource), description: 'What traces are of' },
    { name: 'OTEL_SERVICE_NAME', value: settings.name, description: 'Service that traces are of' },
    { name: 'OTEL_TRACES_EXPORTER', value: 'otlp', description: 'Traces are sent by OTLP' },
    {
      name: 'OTEL_TRACES_SAMPLER',
      value: 'parentbased_traceidratio',
      description: 'Who begins a trace decides whether it is kept, so that a kept one is whole',
    },
    {
      name: 'OTEL_TRACES_SAMPLER_ARG',
      value: ratio,
      type: 'number',
      description: 'Share of new traces that are kept',
    },
  ];
  return { variables: all.map(variable), secrets: compose ? [] : [token] };
}
