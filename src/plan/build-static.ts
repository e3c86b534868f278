// Decides how a static site is built and served.
import { nodeLines } from '../catalog/node/lines';
import type { ServiceModel } from '../model/service-model';
import type { StaticSettings } from '../model/settings';
import { commonBuild } from './build-common';
import type { Decisions } from './decisions';
import type { StaticBuild } from './types';
import { serviceUser } from './user';

/** Asked by probes and by compose; answered by nginx itself. */
export const staticHealthPath = '/healthz';

/** Origins of https values that are compiled in: the page calls them, so its policy must allow them. */
function originsIn(values: readonly string[]): string[] {
  return values.flatMap((value) => /^(?:https|wss):\/\/[A-Za-z0-9.-]+(?::[0-9]+)?/.exec(value)?.[0] ?? []);
}

export function staticBuild(model: ServiceModel, site: StaticSettings, decisions: Decisions): StaticBuild {
  const { settings } = model;
  const buildArguments = settings.config
    .filter(({ name }) => name.startsWith('VITE_'))
    .map(({ name, value }) => ({ name, value }));
  const connectSources = [...new Set([...site.connect, ...originsIn(buildArguments.map(({ value }) => value))])].sort();
  const policy = [
    "default-src 'self'",
    `connect-src ${["'self'", ...connectSources].join(' ')}`,
    "img-src 'self' data:",
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; ');
  return {
    ...commonBuild(model, decisions),
    shape: 'static',
    user: serviceUser,
    nodeMajor: settings.runtime.node,
    nodeEndOfLife: nodeLines[settings.runtime.node] ?? null,
    runtimeImage: {
      repository: 'nginxinc/nginx-unprivileged',
      tag: decisions.decide('1.30.4-alpine', {
        path: 'runtimeImage.tag',
        by: 'rule',
        why: 'stable nginx that never was root and writes to /tmp only',
        source: 'https://github.com/nginx/docker-nginx-unprivileged',
      }),
      digest: settings.runtime.runDigest,
    },
    outputFolder: site.output,
    port: settings.http?.port ?? 8080,
    fallback: site.fallback,
    buildArguments,
    // https://owasp.org/www-project-secure-headers/
    headers: [
      { name: 'Content-Security-Policy', value: policy },
      { name: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
      { name: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
      { name: 'Strict-Transport-Security', value: 'max-age=31536000; includeSubDomains' },
      { name: 'X-Content-Type-Options', value: 'nosniff' },
      { name: 'X-Frame-Options', value: 'DENY' },
    ],
    immutableFolder: site.immutable,
    bodyLimitBytes: (settings.http?.public?.bodyLimitMiB ?? 1) * 1024 * 1024,
    connectSources,
    healthPath: staticHealthPath,
    healthCheck: {
      command: ['wget', '-qO', '/dev/null', `http://127.0.0.1:${settings.http?.port ?? 8080}${staticHealthPath}`],
      intervalSeconds: 10,
      timeoutSeconds: 3,
      startPeriodSeconds: 10,
      retries: 3,
    },
  };
}
