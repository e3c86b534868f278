// Turns the public routes of an environment into what the template of nginx.conf reads.
import type { LaptopPlan, PublicRoutePlan } from '../../plan/types/platform';

const unitSeconds = { Second: 1, Minute: 60, Hour: 3600 } as const;

/** nginx counts requests per second or per minute, whole ones; what is allowed per unit may come at once. */
function limitOf(zone: string, { rateLimit }: PublicRoutePlan) {
  if (rateLimit === null) return null;
  const { requests, unit } = rateLimit;
  const rate = unit === 'Second' ? `${requests}r/s` : `${Math.ceil((requests * 60) / unitSeconds[unit])}r/m`;
  return { zone, rate, burst: Math.max(0, requests - 1) };
}

/** nginx compares with the path as it is after decoding. */
function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** A prefix ends at a slash: `/api` is for `/api` and `/api/…`, not for `/apis`, as the Gateway API has it. */
function locationsOf(path: string) {
  const plain = decoded(path);
  if (plain.endsWith('/')) return [{ exact: false, path: plain }];
  return [
    { exact: true, path: plain },
    { exact: false, path: `${plain}/` },
  ];
}

const upstreamOf = ({ service, port }: PublicRoutePlan) => `${service}_${port}`;

function routeView(route: PublicRoutePlan, index: number) {
  const limit = limitOf(`route_${index}`, route);
  return locationsOf(route.path).map((location) => ({
    ...location,
    upstream: upstreamOf(route),
    limit,
    hasBodyLimit: route.bodyLimitBytes !== null,
    bodyLimitBytes: route.bodyLimitBytes ?? 0,
    // nginx knows no endless wait: a day between two messages is one.
    timeout: route.requestTimeoutSeconds === 0 ? '1d' : `${route.requestTimeoutSeconds}s`,
    websockets: route.websockets,
    isStatic: route.isStatic,
  }));
}

export function proxyView({ proxy }: LaptopPlan): Readonly<Record<string, unknown>> {
  const routes = proxy.routes.map((route, index) => ({ route, locations: routeView(route, index) }));
  const upstreams = new Map(routes.map(({ route }) => [upstreamOf(route), route]));
  const hosts = [...new Set(proxy.routes.map(({ host }) => host))];
  const served = new Set(hosts);
  return {
    workerConnections: proxy.workerConnections,
    http: proxy.listen.http,
    https: proxy.listen.https,
    status: proxy.listen.status,
    httpsPort: proxy.httpsPort,
    cacheMiB: proxy.cacheMiB,
    hasCache: proxy.routes.some(({ isStatic }) => isStatic),
    limits: routes.flatMap(({ locations: [first] }) => (first?.limit == null ? [] : [first.limit])),
    upstreams: [...upstreams].map(([name, { service, port }]) => ({
      name,
      service,
      port,
      keepAlive: proxy.keepAliveConnections,
    })),
    names: proxy.certificate.dnsNames,
    servers: hosts.map((host) => {
      const locations = routes.filter(({ route }) => route.host === host).flatMap((found) => found.locations);
      return { host, locations, needsDefault: !locations.some(({ path }) => path === '/') };
    }),
    // A host of the certificate without a route says which hosts there are: a person typed it.
    indexHosts: proxy.certificate.dnsNames.filter((host) => !served.has(host)),
    index: JSON.stringify(
      proxy.routes.map(({ host, path, service }) => ({ url: `https://${host}:${proxy.httpsPort}${path}`, service })),
    ),
  };
}
