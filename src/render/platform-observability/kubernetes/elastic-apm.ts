// Turns the APM server of a cluster into an object of the operator of Elastic, with its certificate and the token that services show.
import { certificateSecret } from '../../../catalog/certificates';
import { elasticStack } from '../../../catalog/elastic-stack';
import { certificateSpec } from '../../../catalog/server-certificate';
import type { ElasticPlan, TraceServerPlan } from '../../../plan/types/platform';
import type { Manifest } from '../../shared/kubernetes/manifest';
import { watcherSecret } from './alertmanager';
import { elasticSecurity, inFile, type MonitoringScope, metadata } from './scope';

const write = inFile('elastic.yaml');
const { store } = elasticStack.inCluster;

function server(scope: MonitoringScope, version: string, { name, token }: TraceServerPlan, secret: string): Manifest {
  return write(
    {
      apiVersion: 'apm.k8s.elastic.co/v1',
      kind: 'ApmServer',
      metadata: metadata(scope, name, name, 'run'),
      spec: {
        version,
        count: 1,
        elasticsearchRef: { name: store },
        http: { tls: { certificate: { secretName: certificateSecret(name) } } },
        secureSettings: [{ secretName: secret }],
        config: { 'apm-server.auth.secret_token': `\${${token.name}}` },
        podTemplate: { spec: { automountServiceAccountToken: false, securityContext: elasticSecurity } },
      },
    },
    {
      'spec.http.tls': "By the platform's authority, which the services' pods trust.",
      'spec.config': "From the server's key store; one that the operator made would be known to this namespace alone.",
    },
  );
}

export function traceObjects(scope: MonitoringScope, { version, traceServer }: ElasticPlan): Manifest[] {
  if (traceServer === null) return [];
  const { name, hosts, token } = traceServer;
  const certificate = { dnsNames: hosts, addresses: [], usages: ['server auth'] } as const;
  const secret = `${name}-token`;
  return [
    write(watcherSecret(scope, { secretFiles: [token] }, secret, name)),
    write({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: metadata(scope, certificateSecret(name), name, 'configure'),
      spec: certificateSpec(scope.plan.identity.name, certificateSecret(name), certificate),
    }),
    server(scope, version, traceServer, secret),
  ];
}
