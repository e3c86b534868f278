// Refuses a pooler that has too little to lend, and tells of one that nobody needs.
import type { BackingInstancePlan, ClusterPlan } from '../../plan/types/platform';
import { inClusters, type PlatformRefusal } from './refusal';

const larger: Readonly<Record<string, string>> = { small: 'medium', medium: 'large' };

const shareOf = ({ pooling }: BackingInstancePlan): string =>
  pooling === null
    ? ''
    : `${pooling.lent} connections / (${pooling.processes} processes × ${pooling.pools} pools) = ${pooling.poolSize} for each`;

const poolerBelowThroughput: PlatformRefusal = {
  code: 'pooler-below-throughput',
  severity: 'error',
  title: 'What the pooler can lend to a service is less than its promised requests hold at once',
  why: 'Requests then wait for a connection before they wait for the database: the promised latency is lost at the promised rate.',
  check: (plan) =>
    inClusters(plan, ({ instances }: ClusterPlan) =>
      instances.flatMap((instance) => {
        const { pooling, title, kind, class: size } = instance;
        if (pooling === null) return [];
        const most = pooling.poolSize * pooling.processes;
        const next = larger[size];
        const raise = next === undefined ? 'Lower throughput or latency' : `Set backing.${kind}.class: ${next}`;
        const short = pooling.demands.filter(({ connections }) => connections > most);
        const nothing =
          pooling.poolSize > 0
            ? []
            : [
                {
                  service: null,
                  path: ['backing', kind],
                  message: `${title}: ${pooling.title} has ${shareOf(instance)}: none.`,
                  fix: `${raise}.`,
                },
              ];
        return [
          ...nothing,
          ...(pooling.poolSize === 0 ? [] : short).map(({ service, connections, arithmetic }) => ({
            service,
            path: ['objectives'],
            message: `${arithmetic} = ${connections} requests at once, but ${pooling.title} before ${title} has ${shareOf(instance)}, ${most} in ${pooling.processes} processes.`,
            fix: `${raise}, or promise less: with ${most} connections at most ${most} requests are served at once.`,
          })),
        ];
      }),
    ),
};

const poolerNotNeeded: PlatformRefusal = {
  code: 'pooler-not-needed',
  severity: 'warning',
  title: 'A pooler stands before a server that would carry all connections itself',
  why: 'It is one more thing that can fail and that LISTEN, advisory locks and SET do not pass.',
  check: (plan) =>
    inClusters(plan, ({ instances }: ClusterPlan) =>
      instances.flatMap(({ pooling, connections, title, kind, class: size }) => {
        if (pooling === null || connections === null) return [];
        const { atPeak, limit, reserved, arithmetic } = connections;
        if (atPeak > limit - reserved) return [];
        return [
          {
            service: null,
            path: ['backing', kind],
            message: `${title}: ${arithmetic}, and class "${size}" allows ${limit}, of which ${reserved} are reserved: they fit without ${pooling.title}.`,
            fix: 'Remove pooling, or keep it if more services are to come.',
          },
        ];
      }),
    ),
};

export const poolingRefusals: readonly PlatformRefusal[] = [poolerBelowThroughput, poolerNotNeeded];
