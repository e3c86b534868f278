// Turns issuers and certificates of the plan into objects of cert-manager, which asks Let's Encrypt through the gateway.
import type { CertificatePlan, ClusterAuthorityPlan, IssuerPlan } from '../../plan/types/platform';
import { type Manifest, manifest } from '../shared/kubernetes/manifest';
import { httpSection } from './gateway';
import { type ClusterScope, type Concern, concern, metadata } from './scope';

export function certificates(scope: ClusterScope): Concern {
  const { issuers, gateway, authority } = scope.cluster;
  return concern('certificates', [
    ...issuers.map((plan) => clusterIssuer(scope, plan)),
    ...gateway.certificates.map((plan) => certificate(scope, plan)),
    ...(authority === null ? [] : authorityManifests(scope, authority)),
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

const certManager = 'cert-manager.io/v1';
const authorityFile = 'authority.yaml';

/** The authority of the data stores, and what the pods of services know it by. */
function authorityManifests(scope: ClusterScope, plan: ClusterAuthorityPlan): Manifest[] {
  const { name, root, namespace, lifetimeHours, renewBeforeHours } = plan;
  const issuerRef = (issuer: string) => ({ group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuer });
  const key = { algorithm: 'ECDSA', size: 256 };
  return [
    manifest(
      authorityFile,
      {
        apiVersion: certManager,
        kind: 'ClusterIssuer',
        metadata: metadata(scope, { name: root, phase: 'found' }),
        spec: { selfSigned: {} },
      },
      { metadata: 'Signs the authority below, which signs the certificates of data stores and of the APM server.' },
    ),
    manifest(
      authorityFile,
      {
        apiVersion: certManager,
        kind: 'Certificate',
        metadata: metadata(scope, { name, namespace, phase: 'found' }),
        spec: {
          isCA: true,
          commonName: name,
          secretName: name,
          duration: `${lifetimeHours}h`,
          renewBefore: `${renewBeforeHours}h`,
          privateKey: { ...key, rotationPolicy: 'Never' },
          issuerRef: issuerRef(root),
        },
      },
      {
        'metadata.namespace':
          'Where cert-manager reads the keys of ClusterIssuers; who may deploy a service cannot read it.',
        'spec.privateKey.rotationPolicy':
          'The same key at each renewal, so that what trusts the authority goes on trusting it.',
      },
    ),
    manifest(authorityFile, {
      apiVersion: certManager,
      kind: 'ClusterIssuer',
      metadata: metadata(scope, { name, phase: 'found' }),
      spec: { ca: { secretName: name } },
    }),
    manifest(
      authorityFile,
      {
        apiVersion: certManager,
        kind: 'Certificate',
        metadata: metadata(scope, { name, namespace: scope.cluster.namespace, phase: 'configure' }),
        spec: {
          secretName: name,
          commonName: `${scope.plan.identity.name} services`,
          duration: '2160h',
          renewBefore: '720h',
          usages: ['digital signature', 'client auth'],
          privateKey: { ...key, rotationPolicy: 'Always' },
          issuerRef: issuerRef(name),
        },
      },
      {
        metadata:
          'Carries ca.crt, which pods verify data stores and the APM server by, into the namespace of the services.',
        'spec.usages': 'Nobody presents it: pods mount nothing but ca.crt.',
      },
    ),
  ];
}
