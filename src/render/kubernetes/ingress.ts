// Turns the public paths of a service into an Ingress, without the annotations of any one controller.
import type { ExposurePlan, WorkloadPlan } from '../../plan/types';
import { metadata } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';

export function ingress(scope: Scope, workload: WorkloadPlan, exposure: ExposurePlan): Manifest {
  const { host, paths, tls, ingressClass } = exposure;
  const issuer = 'cert-manager.io/cluster-issuer';
  return manifest(
    'ingress.yaml',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: metadata(scope, {
        name: workload.name,
        component: workload.component,
        phase: 'run',
        annotations: { [issuer]: tls.issuer },
      }),
      spec: {
        ingressClassName: ingressClass,
        tls: [{ hosts: [host], secretName: tls.secretName }],
        rules: [
          {
            host,
            http: {
              paths: paths.map((path) => ({
                path,
                pathType: 'Prefix',
                backend: { service: { name: workload.name, port: { name: 'http' } } },
              })),
            },
          },
        ],
      },
    },
    { [`metadata.annotations.${issuer}`]: 'cert-manager makes and renews the certificate.' },
  );
}
