// Refuses limits of the public side that nothing could enforce.
import { isBelow } from '../plan/platform/routes';
import { inClusters, type Refusal } from './refusal';

const limitNeedsGateway: Refusal = {
  code: 'limit-needs-gateway',
  severity: 'error',
  title: 'A limit that an Ingress cannot express',
  why: 'networking.k8s.io/v1 has no field for it, and annotations differ by controller: one that the controller does not know is silently ignored.',
  check: (plan) =>
    inClusters(plan, ({ exposure }) => {
      if (exposure?.kind !== 'ingress') return [];
      return [
        ...(exposure.rateLimit === null
          ? []
          : [
              {
                path: ['http', 'public', 'rateLimit'],
                message: 'an Ingress cannot limit the rate.',
                fix: 'Use via: gateway, or leave rateLimit out.',
              },
            ]),
        ...(exposure.bodyLimitBytes === null
          ? []
          : [
              {
                path: ['http', 'public', 'bodyLimit'],
                message: 'an Ingress cannot limit the body.',
                fix: 'Use via: gateway, or leave bodyLimit out.',
              },
            ]),
      ];
    }),
};

const bodyLimitBesideWebsockets: Refusal = {
  code: 'body-limit-beside-websockets',
  severity: 'error',
  title: 'A limit of the body beside websockets',
  why: "The gateway counts a body by buffering it, and an upgraded request's body never ends: the upgrade would hang.",
  check: (plan) =>
    inClusters(plan, ({ exposure, bodyLimitDeclared }) =>
      exposure?.websockets === true && bodyLimitDeclared
        ? [
            {
              path: ['http', 'public', 'bodyLimit'],
              message: 'bodyLimit and websockets cannot be kept together at the gateway.',
              fix: 'Leave bodyLimit out and limit bodies in the service, or serve websockets from a service of its own.',
            },
          ]
        : [],
    ),
};

const sampleNotPublic: Refusal = {
  code: 'sample-not-public',
  severity: 'error',
  title: 'A sample path that the internet does not reach',
  why: 'The deployment asks it through the public route: it would answer 404, and every deployment would be taken back.',
  check: ({ environments }) =>
    environments.flatMap(({ name, exposure }) =>
      (exposure?.samples ?? []).flatMap((sample, index) =>
        exposure?.paths.some((path) => isBelow(path, sample)) === true
          ? []
          : [
              {
                environment: name,
                path: ['http', 'public', 'samples', index],
                message: `${sample} is below none of the public paths ${exposure?.paths.join(', ')}.`,
                fix: 'Add its prefix to http.public.paths, or choose a sample below them.',
              },
            ],
      ),
    ),
};

const metricsArePublic: Refusal = {
  code: 'metrics-are-public',
  severity: 'warning',
  title: 'The internet can read the metrics',
  why: 'Metrics tell routes, load and versions.',
  check: (plan) =>
    inClusters(plan, ({ exposure, workloads }) => {
      const path = workloads.find(({ component }) => component === 'web')?.metricsPath ?? null;
      const open =
        path === null
          ? undefined
          : exposure?.paths.find(
              (prefix) =>
                prefix === '/' || path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`),
            );
      return open === undefined
        ? []
        : [
            {
              path: ['http', 'public', 'paths'],
              message: `the public path "${open}" covers ${path}.`,
              fix: 'Name the public paths, for example /api.',
            },
          ];
    }),
};

export const exposureRefusals: readonly Refusal[] = [
  bodyLimitBesideWebsockets,
  limitNeedsGateway,
  metricsArePublic,
  sampleNotPublic,
];
