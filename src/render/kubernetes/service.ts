// Turns the web workload into the Service that other services and the gateway call.
import type { WorkloadPlan } from '../../plan/types';
import { metadata, workloadSelector } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';

/** Port of the Service, so that a called service is `http://NAME`. */
export const servicePort = 80;

export function service(scope: Scope, workload: WorkloadPlan, name: string, file: string): Manifest {
  return manifest(
    file,
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(scope, { name, component: workload.component, phase: 'run' }),
      spec: {
        type: 'ClusterIP',
        selector: workloadSelector(scope, workload.name),
        ports: [{ name: 'http', port: servicePort, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
      },
    },
    { 'spec.ports.0.targetPort': 'By name: the port of the container may change without the Service.' },
  );
}
