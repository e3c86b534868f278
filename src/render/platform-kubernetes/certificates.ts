// Turns issuers and certificates of the plan into objects of cert-manager, which asks Let's Encrypt through the gateway.
import type { CertificatePlan, IssuerPlan } from '../../plan/types/platform';
import { type Manifest, manifest } from '../shared/kubernetes/manifest';
import { httpSection } from './gateway';
import { type ClusterScope, type Concern, concern, metadata } from './scope';

export function certificates(scope: ClusterScope): Concern {
  const { issuers, gateway } = scope.cluster;
  return concern('certificates', [
    ...issuers.map((plan) => clusterIssuer(scope, plan)),
    ...gateway.certificates.map((plan) => certificate(scope, plan)),
  ]);
}

function clusterIssuer(scope: ClusterScope, { name, server, email, accountSecret }: IssuerPlan): Manifest {
  const { gateway } = scope.cluster;
  const parent = {
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    namespace: gateway.namespace,
    name: gateway.name,
    sectionName: httpSection,
  };
  return manifest(
    'cluster-issuers.yaml',
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: metadata(scope, { name, phase: 'found' }),
      spec: {
        acme: {
          server,
          email: email ?? undefined,
          privateKeySecretRef: { name: accountSecret },
          solvers: [{ http01: { gatewayHTTPRoute: { parentRefs: [parent] } } }],
        },
      },
    },
    {
      'spec.acme.privateKeySecretRef': 'Made by cert-manager in its own namespace.',
      'spec.acme.solvers.0.http01': "Let's Encrypt asks by plain HTTP, so the listener without TLS answers.",
    },
  );
}

function certificate(scope: ClusterScope, { name, secretName, hosts, issuer }: CertificatePlan): Manifest {
  return manifest(
    'certificates.yaml',
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: metadata(scope, { name, namespace: scope.cluster.gateway.namespace, phase: 'configure' }),
      spec: {
        secretName,
        dnsNames: hosts,
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuer },
        usages: ['digital signature', 'server auth'],
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      },
    },
    {
      'spec.privateKey.rotationPolicy': 'A new key with each renewal: an old one that leaked is worth nothing then.',
    },
  );
}
