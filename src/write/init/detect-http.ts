// Finds the port, the health checks and the metrics of a service's HTTP server.
import type { EnvironmentUse } from '../../source/environment-use';
import type { Seen, ServerFacts } from '../../source/read-server';
import type { Written } from '../../source/value';
import { dependsOn, ownPackage } from './detect-runtime';
import type { ExampleValue } from './example-values';
import type { HttpFindings } from './findings';
import { type Found, inFolder, type PackageFile, type ProjectSnapshot, shownPath } from './snapshot';

const FRAMEWORKS = ['express', 'fastify', 'koa', '@nestjs/core', '@hapi/hapi', 'hono', 'restify', 'polka'];

const LIVE = [
  '/live',
  '/livez',
  '/liveness',
  '/alive',
  '/health/live',
  '/healthz/live',
  '/health/liveness',
  '/api/health/live',
];
const READY = [
  '/ready',
  '/readyz',
  '/readiness',
  '/health/ready',
  '/healthz/ready',
  '/health/readiness',
  '/api/health/ready',
];
const EITHER = ['/health', '/healthz', '/healthcheck', '/health-check', '/_health', '/api/health', '/status', '/ping'];

/** The default of the commonest frameworks' own examples. */
const USUAL_PORT = 3000;
// A container without privileges cannot listen below, and nothing is gained by it: the Service maps 80 to any port.
const LOWEST_PORT = 1024;

export const shownPlace = (snapshot: ProjectSnapshot, at: Written): string =>
  `${shownPath(snapshot, at.path)}:${at.line}`;

/** `EXPOSE 3002` of an existing Dockerfile. */
function exposedPort(text: string | undefined): number | null {
  for (const line of (text ?? '').split('\n')) {
    const [word = '', port = ''] = line
      .trim()
      .split(' ')
      .filter((part) => part !== '');
    const exposed = Number(port.split('/')[0]);
    if (word.toUpperCase() === 'EXPOSE' && Number.isInteger(exposed) && exposed > 0) return exposed;
  }
  return null;
}

/** Every port that something tells, the most certain first. */
function ports(
  snapshot: ProjectSnapshot,
  server: ServerFacts,
  uses: readonly EnvironmentUse[],
  examples: readonly ExampleValue[],
  exampleFile: string,
): Found<number>[] {
  const names = [
    ...new Set([...server.listens.map(({ value }) => value.variable).filter((name) => name !== null), 'PORT']),
  ];
  const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port < 65_536;
  const inCode = server.listens.flatMap(({ value, at }) =>
    value.port === null ? [] : [{ value: value.port, from: `listened on at ${shownPlace(snapshot, at)}` }],
  );
  const fallbacks = names.flatMap((name) =>
    uses
      .filter((use) => use.name === name && isPort(Number(use.fallback ?? '')))
      .map((use) => ({
        value: Number(use.fallback),
        from: `what ${name} falls back to at ${shownPlace(snapshot, use)}`,
      })),
  );
  const proposed = names.flatMap((name) =>
    examples
      .filter((each) => each.name === name && isPort(Number(each.value)))
      .map((each) => ({ value: Number(each.value), from: `${name} in ${exampleFile}:${each.line}` })),
  );
  const exposed = exposedPort(snapshot.files.get(inFolder(snapshot, 'Dockerfile')));
  return [
    ...inCode,
    ...fallbacks,
    ...proposed,
    ...(exposed === null ? [] : [{ value: exposed, from: 'from Dockerfile "EXPOSE"' }]),
  ];
}

function firstOf(
  snapshot: ProjectSnapshot,
  paths: readonly Seen<string>[],
  wanted: readonly string[],
): Found<string> | null {
  for (const path of wanted) {
    const seen = paths.find(({ value }) => value === path || value === `${path}/`);
    if (seen !== undefined) return { value: path, from: `served at ${shownPlace(snapshot, seen.at)}` };
  }
  return null;
}

function findHealth(snapshot: ProjectSnapshot, server: ServerFacts): HttpFindings['health'] {
  const either = firstOf(snapshot, server.paths, EITHER);
  const live = firstOf(snapshot, server.paths, LIVE) ?? either;
  const ready = firstOf(snapshot, server.paths, READY) ?? either;
  const one = live ?? ready;
  return one === null ? null : { live: live ?? one, ready: ready ?? one };
}

function findMetrics(snapshot: ProjectSnapshot, server: ServerFacts, file: PackageFile): HttpFindings['metrics'] {
  const served = firstOf(snapshot, server.paths, ['/metrics']);
  if (dependsOn(file, '@opentelemetry/exporter-prometheus')) {
    const from = 'the usual path of @opentelemetry/exporter-prometheus';
    return { path: served ?? { value: '/metrics', from }, library: 'opentelemetry' };
  }
  const library = ['prom-client', 'express-prom-bundle', 'fastify-metrics', '@willsoto/nestjs-prometheus'].find(
    (name) => dependsOn(file, name),
  );
  if (library === undefined && served === null) return null;
  return { path: served ?? { value: '/metrics', from: `the usual path of ${library}` }, library: 'prom-client' };
}

export function findHttp(
  snapshot: ProjectSnapshot,
  server: ServerFacts,
  uses: readonly EnvironmentUse[],
  examples: readonly ExampleValue[],
  exampleFile: string,
): { http: HttpFindings | null; remarks: string[] } {
  const file = ownPackage(snapshot);
  const framework = FRAMEWORKS.find((name) => file.dependencies.has(name));
  if (server.listens.length === 0 && framework === undefined) return { http: null, remarks: [] };
  const told = ports(snapshot, server, uses, examples, exampleFile);
  const usual: Found<number> = { value: USUAL_PORT, from: 'no port was found in the code: check it' };
  const port = told.find(({ value }) => value >= LOWEST_PORT) ?? usual;
  const low = told.find(({ value }) => value < LOWEST_PORT);
  const remarks =
    low === undefined
      ? []
      : [
          `Port ${low.value} (${low.from}) needs privileges that the container does not have: ${port.value} is set as PORT.`,
        ];
  const health = findHealth(snapshot, server);
  if (health === null)
    remarks.push('No health check was found in the code: serve /live and /ready, or name the paths under http.health.');
  return { http: { port, health, metrics: findMetrics(snapshot, server, file) }, remarks };
}
