// Refuses what the platform's own settings take away: limits of the rate, channels, versions, environments that differ.
import type { EnvironmentPlan, ServicePlan } from '../../plan/types';
import { inClusters, once, type PlatformRefusal } from './refusal';

const perMinute: Readonly<Record<string, number>> = { Second: 60, Minute: 1, Hour: 1 / 60 };

const rateLimitBelowThroughput: PlatformRefusal = {
  code: 'rate-limit-below-throughput',
  severity: 'warning',
  title: 'The limit of the rate is smaller than the declared throughput',
  why: 'The limit counts per client address. Farmers behind one mobile carrier or office share an address, and are refused together.',
  check: (_plan, services) =>
    services.flatMap(({ identity, environments }) =>
      environments.flatMap(({ name, exposure, promises }) => {
        const limit = exposure?.rateLimit ?? null;
        const promised = promises.throughputPerSecond;
        if (limit === null || promised === null) return [];
        const allowed = limit.requests * (perMinute[limit.unit] ?? 1);
        const needed = Math.ceil(promised * 60);
        if (allowed >= needed) return [];
        return [
          {
            environment: name,
            service: identity.name,
            path: ['http', 'public', 'rateLimit'],
            message: `${identity.name} promises ${needed}/min, but one address gets ${Number(allowed.toFixed(2))}/min: ${needed} / ${Number(allowed.toFixed(2))} = ${Math.ceil(needed / allowed)} addresses have to be active at once before the promise is used.`,
            fix: `Raise http.public.rateLimit towards ${needed}/min, or promise the throughput that your clients' addresses can bring.`,
          },
        ];
      }),
    ),
};

const alertsWithoutChannel: PlatformRefusal = {
  code: 'alerts-without-channel',
  severity: 'error',
  title: 'Alerts of an owner go to no channel',
  why: 'An alert that nobody is told about is a dashboard that nobody looks at.',
  check: (plan) =>
    once(
      plan.channels
        .filter(({ declared }) => !declared)
        .map(({ owner }) => ({
          service: null,
          path: ['notify'],
          message: `no channel is declared for the alerts of ${owner}, and there is no default.`,
          fix: `Add to platform.yaml: notify: { default: "#alerts" }, or a channel for ${owner}.`,
        })),
    ),
};

const endOfLifeKubernetes: PlatformRefusal = {
  code: 'end-of-life-kubernetes',
  severity: 'error',
  title: 'The cluster runs a version of Kubernetes that is no longer supported',
  why: 'It gets no security fixes, and EKS upgrades it by itself on a day that nobody chose.',
  check: (plan) =>
    inClusters(plan, ({ name, kubernetes, kubernetesEndOfLife }) => {
      if (kubernetesEndOfLife === null || kubernetesEndOfLife >= plan.asOf) return [];
      return [
        {
          service: null,
          path: ['environments', name, 'kubernetes'],
          message: `Kubernetes ${kubernetes} left the standard support of EKS on ${kubernetesEndOfLife}, before ${plan.asOf}.`,
          fix: `Upgrade the cluster, one minor version at a time, and set environments.${name}.kubernetes: "1.35".`,
        },
      ];
    }),
};

/** What a person would be surprised to find different where a change is tried and where it counts. */
const shapeOf = ({ variables, workloads, jobs, migration, exposure }: EnvironmentPlan) => ({
  variable: variables.map(({ name }) => name),
  worker: workloads.filter(({ component }) => component === 'worker').map(({ declaredName }) => declaredName),
  job: jobs.map(({ declaredName }) => declaredName),
  migration: migration === null ? [] : ['migration'],
  'public path': (exposure?.paths ?? []).map((path) => `${exposure?.host}${path}`.replace(/^[^/]*/, '')),
});

function driftOf({ identity, environments }: ServicePlan, last: string) {
  const final = environments.find(({ name }) => name === last);
  if (final === undefined) return [];
  const wanted = shapeOf(final);
  return environments
    .filter(({ name, runs }) => name !== last && runs === 'kubernetes')
    .flatMap((environment) => {
      const there = shapeOf(environment);
      return (Object.keys(wanted) as (keyof typeof wanted)[]).flatMap((what) => {
        const missing = wanted[what].filter((name) => !there[what].includes(name));
        const extra = there[what].filter((name) => !wanted[what].includes(name));
        if (missing.length === 0 && extra.length === 0) return [];
        const parts = [
          ...(missing.length === 0 ? [] : [`has no ${what} ${missing.join(', ')}`]),
          ...(extra.length === 0 ? [] : [`has the ${what} ${extra.join(', ')} alone`]),
        ];
        return [
          {
            environment: environment.name,
            service: identity.name,
            path: ['environments', environment.name],
            message: `${identity.name} ${parts.join(' and ')}, other than in ${last}.`,
            fix: `Declare it for both: what ${environment.name} does not have is tried for the first time in ${last}.`,
          },
        ];
      });
    });
}

const environmentsDrift: PlatformRefusal = {
  code: 'environments-drift',
  severity: 'warning',
  title: 'An environment lacks what the last one has',
  why: 'A fault in a variable, a worker, a job or a migration that exists in production alone shows in production alone.',
  check: (plan, services) => {
    const last = plan.clusters.at(-1)?.name ?? '';
    return services.flatMap((service) => driftOf(service, last));
  },
};

const kubernetesRunsAhead: PlatformRefusal = {
  code: 'kubernetes-runs-ahead',
  severity: 'error',
  title: 'A later environment runs a newer Kubernetes than the one before it',
  why: 'What the newer version removed or changed is met first where it counts.',
  check: (plan) =>
    once(
      plan.clusters.slice(1).flatMap((cluster, index) => {
        const before = plan.clusters[index];
        const minor = (version: string): number => Number(version.split('.')[1]);
        if (before === undefined || minor(cluster.kubernetes) <= minor(before.kubernetes)) return [];
        return [
          {
            service: null,
            path: ['environments', cluster.name, 'kubernetes'],
            message: `${cluster.name} runs Kubernetes ${cluster.kubernetes}, ${before.name} before it ${before.kubernetes}.`,
            fix: `Upgrade ${before.name} first.`,
          },
        ];
      }),
    ),
};

export const promiseRefusals: readonly PlatformRefusal[] = [
  alertsWithoutChannel,
  endOfLifeKubernetes,
  environmentsDrift,
  kubernetesRunsAhead,
  rateLimitBelowThroughput,
];
