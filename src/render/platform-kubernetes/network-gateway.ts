// Turns the public routes into the policies of the proxies: from anywhere to their ports, on to exactly the public services.
import type { Manifest } from '../shared/kubernetes/manifest';
import { envoyGateway, solver } from './fixed';
import { isEnd, networkPolicy, type PolicyRule, podsHere, podsIn, tcp, webPods } from './peers';
import type { ClusterScope } from './scope';

export function gatewayPolicies(scope: ClusterScope, file: string): Manifest[] {
  const { edges, gateway } = scope.cluster;
  const services = edges
    .filter(({ from, to }) => isEnd(from, 'platform', 'gateway') && to.kind === 'service')
    .map(
      ({ to, port, protocol, why }): PolicyRule => ({
        peers: [webPods(scope, to.name)],
        ports: [{ port, protocol }],
        why,
      }),
    );
  return [
    networkPolicy(scope, file, {
      name: 'proxies',
      namespace: gateway.namespace,
      selector: { matchLabels: envoyGateway.proxy },
      podsElsewhere: true,
      ingress: [
        {
          peers: [],
          ports: tcp(envoyGateway.ports.http, envoyGateway.ports.https),
          why: 'from anywhere: the only door of the platform',
        },
      ],
      egress: [
        ...services,
        {
          peers: [podsIn(envoyGateway.namespace, envoyGateway.controller)],
          ports: tcp(envoyGateway.configurationPort),
          why: 'their configuration, from the controller',
        },
        {
          peers: [podsHere(solver.labels)],
          ports: tcp(solver.port),
          why: "answers to Let's Encrypt while a certificate is being asked for",
        },
      ],
      why: 'Envoy: on to the public services and to no other.',
    }),
    networkPolicy(scope, file, {
      name: 'certificate-solvers',
      namespace: gateway.namespace,
      selector: { matchLabels: solver.labels },
      podsElsewhere: true,
      ingress: [
        { peers: [podsHere(envoyGateway.proxy)], ports: tcp(solver.port), why: 'the question, by the gateway' },
      ],
      egress: [],
      why: 'Pods that cert-manager starts for a moment.',
    }),
  ];
}
