// Turns the public paths of a service into an HTTPRoute on the platform's shared Gateway.
import type { ExposurePlan, WorkloadPlan } from '../../plan/types';
import { metadata } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';
import { servicePort } from './service';

export function httpRoute(scope: Scope, workload: WorkloadPlan, exposure: ExposurePlan): Manifest {
  const { gateway, host, paths, requestTimeoutSeconds } = exposure;
  return manifest(
    'http-route.yaml',
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: metadata(scope, { name: workload.name, component: workload.component, phase: 'run' }),
      spec: {
        parentRefs: [
          {
            group: 'gateway.networking.k8s.io',
            kind: 'Gateway',
            namespace: gateway.namespace,
            name: gateway.name,
            sectionName: gateway.section,
          },
        ],
        hostnames: [host],
        rules: [
          {
            matches: paths.map((value) => ({ path: { type: 'PathPrefix', value } })),
            backendRefs: [{ group: '', kind: 'Service', name: workload.name, port: servicePort, weight: 1 }],
            timeouts: { request: `${requestTimeoutSeconds}s` },
          },
        ],
      },
    },
    {
      'spec.parentRefs': 'Defaults are written out: Argo CD compares lists of custom resources as a whole.',
      'spec.parentRefs.0.sectionName': 'The listener that ends TLS.',
    },
  );
}
