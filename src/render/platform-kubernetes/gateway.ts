// Turns the gateway of the plan into Envoy Gateway's objects: class, proxies, listeners, and what clients are held to.
import { type Manifest, manifest } from '../shared/kubernetes/manifest';
import { amounts } from '../shared/kubernetes/quantity';
import { envoyGateway } from './fixed';
import { inNamespace } from './peers';
import { type ClusterScope, type Concern, concern, metadata } from './scope';

const api = 'gateway.networking.k8s.io';

/** Listener without TLS: redirects, and answers Let's Encrypt. */
export const httpSection = 'http';

export const gateway = (scope: ClusterScope): Concern =>
  concern('gateway', [
    gatewayClass(scope),
    envoyProxy(scope),
    listeners(scope),
    clientTrafficPolicy(scope),
    redirect(scope),
  ]);

function gatewayClass(scope: ClusterScope): Manifest {
  return manifest('gateway.yaml', {
    apiVersion: `${api}/v1`,
    kind: 'GatewayClass',
    metadata: metadata(scope, { name: scope.cluster.gateway.className, phase: 'found' }),
    spec: { controllerName: envoyGateway.controllerName },
  });
}

function envoyProxy(scope: ClusterScope): Manifest {
  const { name, namespace, replicas, resources } = scope.cluster.gateway;
  const meshed = scope.cluster.mesh === 'istio';
  const balancer = 'service.beta.kubernetes.io/aws-load-balancer';
  return manifest(
    'envoy-proxy.yaml',
    {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'EnvoyProxy',
      metadata: metadata(scope, { name, namespace, phase: 'configure' }),
      spec: {
        logging: { level: { default: 'warn' } },
        routingType: meshed ? 'Service' : undefined,
        provider: {
          type: 'Kubernetes',
          kubernetes: {
            envoyDeployment: {
              replicas,
              container: { resources: { requests: amounts(resources.request), limits: amounts(resources.limit) } },
              pod: {
                topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(
                  (topologyKey) => ({
                    maxSkew: 1,
                    topologyKey,
                    whenUnsatisfiable: 'ScheduleAnyway',
                    labelSelector: { matchLabels: envoyGateway.proxy },
                  }),
                ),
              },
            },
            envoyPDB: { maxUnavailable: 1 },
            envoyService: {
              type: 'LoadBalancer',
              externalTrafficPolicy: 'Local',
              annotations: {
                [`${balancer}-type`]: 'external',
                [`${balancer}-nlb-target-type`]: 'ip',
                [`${balancer}-scheme`]: 'internet-facing',
                [`${balancer}-target-group-attributes`]: 'preserve_client_ip.enabled=true',
              },
            },
          },
        },
      },
    },
    {
      metadata:
        "The proxies run here, where the services let the gateway in from: Envoy Gateway's own configuration has to say\n`provider.kubernetes.deploy.type: GatewayNamespace`.",
      ...(meshed
        ? {
            'spec.routingType':
              'The sidecar speaks mutual TLS to Services; to the address of a pod it passes on what it is given.',
          }
        : {}),
      'spec.provider.kubernetes.envoyService.externalTrafficPolicy':
        "Keeps the client's address, which rate limits count by.",
    },
  );
}

function listeners(scope: ClusterScope): Manifest {
  const { cluster } = scope;
  const { name, namespace, className, section, certificates } = cluster.gateway;
  const kinds = [{ group: api, kind: 'HTTPRoute' }];
  return manifest(
    'gateway.yaml',
    {
      apiVersion: `${api}/v1`,
      kind: 'Gateway',
      metadata: metadata(scope, { name, namespace, phase: 'configure' }),
      spec: {
        gatewayClassName: className,
        infrastructure: { parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name } },
        listeners: [
          {
            name: httpSection,
            protocol: 'HTTP',
            port: 80,
            allowedRoutes: { kinds, namespaces: { from: 'Same' } },
          },
          ...(certificates.length > 0
            ? [
                {
                  name: section,
                  protocol: 'HTTPS',
                  port: 443,
                  tls: {
                    mode: 'Terminate',
                    certificateRefs: certificates.map(({ secretName }) => ({
                      group: '',
                      kind: 'Secret',
                      name: secretName,
                    })),
                  },
                  allowedRoutes: {
                    kinds,
                    namespaces: { from: 'Selector', selector: inNamespace(cluster.namespace) },
                  },
                },
              ]
            : []),
        ],
      },
    },
    {
      'spec.listeners.0.allowedRoutes':
        "Only the redirect, and Let's Encrypt's question: no service speaks plain HTTP.",
      ...(certificates.length > 0
        ? { 'spec.listeners.1.allowedRoutes': 'Nobody but the services may take a host of the platform.' }
        : {}),
    },
  );
}

function clientTrafficPolicy(scope: ClusterScope): Manifest {
  const { name, namespace, tlsMinVersion, requestReceivedSeconds, idleSeconds } = scope.cluster.gateway;
  return manifest(
    'client-traffic-policy.yaml',
    {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'ClientTrafficPolicy',
      metadata: metadata(scope, { name, namespace, phase: 'configure' }),
      spec: {
        targetRefs: [{ group: api, kind: 'Gateway', name }],
        tls: { minVersion: tlsMinVersion, alpnProtocols: ['h2', 'http/1.1'] },
        timeout: {
          http: {
            requestReceivedTimeout: `${requestReceivedSeconds}s`,
            idleTimeout: `${idleSeconds}s`,
          },
        },
        headers: { withUnderscoresAction: 'RejectRequest' },
        path: { escapedSlashesAction: 'UnescapeAndRedirect' },
      },
    },
    {
      'spec.tls.minVersion': 'https://www.rfc-editor.org/rfc/rfc8996: older versions are not to be used.',
      'spec.timeout.http.requestReceivedTimeout': 'A client that sends a byte a minute holds no connection for ever.',
      'spec.headers.withUnderscoresAction':
        'Some servers read X_Forwarded_For as X-Forwarded-For, which a client must not be able to set.',
      'spec.path.escapedSlashesAction': 'So that gateway and service mean the same path.',
    },
  );
}

function redirect(scope: ClusterScope): Manifest {
  const { name, namespace } = scope.cluster.gateway;
  return manifest(
    'http-route.yaml',
    {
      apiVersion: `${api}/v1`,
      kind: 'HTTPRoute',
      metadata: metadata(scope, { name: `${name}-redirect`, namespace, phase: 'configure' }),
      spec: {
        parentRefs: [{ group: api, kind: 'Gateway', name, sectionName: httpSection }],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }],
          },
        ],
      },
    },
    { 'spec.rules': 'Everything but what is more specific: the path that a certificate is proven by.' },
  );
}
