// Fills the defaults of the HTTP server.
import type { Http } from '../declaration/service';
import { parseDurationSeconds, parseMemoryMiB, parseRate } from './quantities';
import type { HttpSettings, PublicSettings } from './settings';

const defaultTimeoutSeconds = 30;
const defaultStartupSeconds = 60;
const defaultBodyLimitMiB = 1;
const statusLabels = { 'prom-client': 'status_code', opentelemetry: 'http_response_status_code' } as const;

function metrics(declared: Http['metrics']): HttpSettings['metrics'] {
  if (declared === undefined) return null;
  if (typeof declared === 'string')
    return { path: declared, library: 'prom-client', statusLabel: statusLabels['prom-client'] };
  const library = declared.library ?? 'prom-client';
  return { path: declared.path, library, statusLabel: declared.statusLabel ?? statusLabels[library] };
}

function publicSide(declared: Http['public']): PublicSettings | null {
  if (declared === undefined) return null;
  return {
    host: declared.host,
    paths: declared.paths ?? ['/'],
    samples: declared.samples ?? [],
    bodyLimitMiB: declared.bodyLimit === undefined ? defaultBodyLimitMiB : parseMemoryMiB(declared.bodyLimit),
    bodyLimitDeclared: declared.bodyLimit !== undefined,
    rateLimit: declared.rateLimit === undefined ? null : parseRate(declared.rateLimit),
    websockets: declared.websockets ?? false,
    via: declared.via ?? 'gateway',
  };
}

/** Null for a service without an HTTP server. */
export function fillHttp(declared: Http | undefined): HttpSettings | null {
  if (declared === undefined) return null;
  const timeoutSeconds =
    declared.timeout === undefined ? defaultTimeoutSeconds : parseDurationSeconds(declared.timeout);
  const health = declared.health;
  return {
    port: declared.port,
    livePath: typeof health === 'string' ? health : (health?.live ?? '/live'),
    readyPath: typeof health === 'string' ? health : (health?.ready ?? '/ready'),
    metrics: metrics(declared.metrics),
    public: publicSide(declared.public),
    publish: declared.publish ?? null,
    timeoutSeconds,
    drainSeconds: declared.drain === undefined ? timeoutSeconds : parseDurationSeconds(declared.drain),
    startupSeconds: declared.startup === undefined ? defaultStartupSeconds : parseDurationSeconds(declared.startup),
  };
}
