// Decides how the public side of a service is reached.
import type { PlatformFacts } from '../model/platform-facts';
import type { ServiceSettings } from '../model/settings';
import type { Decisions } from './decisions';
import type { ExposurePlan } from './types';

const units = { s: 'Second', min: 'Minute', h: 'Hour' } as const;

export function planExposure(
  settings: ServiceSettings,
  platform: PlatformFacts,
  decisions: Decisions,
): ExposurePlan | null {
  const side = settings.http?.public ?? null;
  if (side === null || settings.http === null) return null;
  return {
    kind: decisions.decide(side.via, {
      path: 'exposure.kind',
      from: 'http.public.via',
      why: 'Gateway API: ingress-nginx, which most Ingresses run on, is retired since March 2026',
      whyDefault: true,
      source: 'https://gateway-api.sigs.k8s.io/api-types/httproute/',
    }),
    host: side.host,
    paths: side.paths,
    samples: side.samples,
    // Only a declared limit: the gateway buffers whole bodies to count them.
    bodyLimitBytes: side.bodyLimitDeclared && !side.websockets ? side.bodyLimitMiB * 1024 * 1024 : null,
    rateLimit: side.rateLimit === null ? null : { requests: side.rateLimit.amount, unit: units[side.rateLimit.unit] },
    requestTimeoutSeconds: decisions.decide(side.websockets ? 0 : Math.ceil(settings.http.timeoutSeconds), {
      path: 'exposure.requestTimeoutSeconds',
      unit: 's',
      from: side.websockets ? 'http.public.websockets' : 'http.timeout',
      why: side.websockets ? 'an upgraded request does not end: 0 switches the timeout off' : '30 s',
    }),
    websockets: side.websockets,
    tls: { secretName: `${side.host.replaceAll('.', '-')}-tls`, issuer: 'letsencrypt' },
    gateway: platform.gateway,
    ingressClass: 'default',
  };
}
