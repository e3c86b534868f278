// Turns the limits of the public side into Envoy Gateway's BackendTrafficPolicy on the HTTPRoute.
import type { ExposurePlan, WorkloadPlan } from '../../plan/types';
import { bytes } from '../shared/kubernetes/quantity';
import type { YamlComments } from '../shared/yaml';
import { metadata } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';

/** The largest body that the route can be made to refuse, or null: Envoy's buffer holds upgrades up for ever. */
const bufferedBytes = (exposure: ExposurePlan): number | null => (exposure.websockets ? null : exposure.bodyLimitBytes);

/** True when there is a limit that the policy can hold. */
export const hasTrafficLimits = (exposure: ExposurePlan): boolean =>
  exposure.rateLimit !== null || bufferedBytes(exposure) !== null;

export function backendTrafficPolicy(scope: Scope, workload: WorkloadPlan, exposure: ExposurePlan): Manifest {
  const { rateLimit } = exposure;
  const limit = bufferedBytes(exposure);
  return manifest(
    'backend-traffic-policy.yaml',
    {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'BackendTrafficPolicy',
      metadata: metadata(scope, { name: workload.name, component: workload.component, phase: 'run' }),
      spec: {
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: workload.name }],
        rateLimit: rateLimit === null ? undefined : { type: 'Local', local: { rules: everyClient(rateLimit) } },
        requestBuffer: limit === null ? undefined : { limit: bytes(limit) },
      },
    },
    commentsOf(exposure, limit),
  );
}

/** One bucket per client address; a range of the one family never matches the other. */
function everyClient(limit: NonNullable<ExposurePlan['rateLimit']>): object[] {
  return ['0.0.0.0/0', '::/0'].map((value) => ({
    clientSelectors: [{ sourceCIDR: { type: 'Distinct', value } }],
    limit: { requests: limit.requests, unit: limit.unit },
  }));
}

function commentsOf(exposure: ExposurePlan, limit: number | null): YamlComments {
  return {
    ...(exposure.rateLimit === null
      ? {}
      : {
          'spec.rateLimit':
            'Per client address, counted in each Envoy: with n of them a client may get n times as much.',
        }),
    ...(limit === null
      ? {}
      : {
          'spec.requestBuffer': 'Answers 413 to a larger body. Envoy holds each body in memory until it is complete.',
        }),
    ...(exposure.websockets && exposure.bodyLimitBytes !== null
      ? { spec: 'No limit of the body here: the buffer that it needs would hold WebSocket upgrades up for ever.' }
      : {}),
  };
}
