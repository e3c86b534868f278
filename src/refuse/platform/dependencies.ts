// Refuses what cannot hold between services: who is missing, who waits for whom, what a dependency takes away.
import { didYouMean } from '../../diagnostics';
import { parseRatio } from '../../model/quantities';
import type { ServicePlan } from '../../plan/types';
import type { ClusterPlan, PlatformPlan } from '../../plan/types/platform';
import { cyclesOf } from './cycles';
import { inClusters, once, type PlatformRefusal } from './refusal';

const unknownService: PlatformRefusal = {
  code: 'unknown-service',
  severity: 'error',
  title: 'A service is called that nobody declares',
  why: 'Its name does not resolve, and the network policy opens a door to nothing.',
  check: (plan, services) => {
    const known = [...plan.services, ...plan.foreignServices].map(({ name }) => name);
    return once(
      services.flatMap(({ identity, base }) =>
        base.calls.flatMap((call, index) => {
          if (known.includes(call)) return [];
          const near = didYouMean(call, known);
          return [
            {
              service: identity.name,
              path: ['needs', 'services', index],
              message: `${identity.name} calls ${call}, which is not among the platform's services (${known.join(', ')}).`,
              fix:
                near === null
                  ? `Declare it, or list { name: ${call}, port: … } under services of platform.yaml when it is declared elsewhere.`
                  : `Did you mean ${near}?`,
            },
          ];
        }),
      ),
    );
  },
};

/** Who must be there before whom, in one environment: required calls only. */
function requiredCalls({ edges }: ClusterPlan): ReadonlyMap<string, readonly string[]> {
  const calls = new Map<string, string[]>();
  for (const { from, to, by, optional } of edges) {
    if (by !== 'needs.services' || optional) continue;
    calls.set(from.name, [...(calls.get(from.name) ?? []), to.name]);
  }
  return calls;
}

const startCycle: PlatformRefusal = {
  code: 'start-cycle',
  severity: 'error',
  title: 'Services wait for each other at their start',
  why: 'Each is ready only when the other is: after an outage of all, none of them ever starts.',
  check: (plan) =>
    inClusters(plan, (cluster) =>
      cyclesOf(requiredCalls(cluster)).map((cycle) => ({
        service: cycle[0] ?? null,
        path: ['needs', 'services'],
        message: `${[...cycle, cycle[0]].join(' needs ')}: none of them can start first.`,
        fix: `Set optional: true on the call that its caller can work without, for example { name: ${cycle[0]}, optional: true } in ${cycle.at(-1)}.`,
      })),
    ),
};

/** What produces and what consumes each named thing that is written by one service and read by another. */
function flows({ instances }: ClusterPlan) {
  return instances.flatMap(({ uses, streams }) => {
    const read = uses.flatMap((use) => use.reads.map((thing) => ({ ...thing, service: use.service, key: use.key })));
    const written = uses.flatMap((use) =>
      use.owns
        .filter(({ what }) => streams.includes(what))
        .map((thing) => ({ ...thing, service: use.service, key: use.key })),
    );
    return [{ read, written }];
  });
}

const topicWithoutProducer: PlatformRefusal = {
  code: 'topic-without-producer',
  severity: 'error',
  title: 'A topic is consumed that nobody produces',
  why: 'The consumer waits for ever and nothing tells: no error, no lag, no event. Most often a name is misspelt.',
  check: (plan) =>
    inClusters(plan, (cluster) =>
      flows(cluster).flatMap(({ read, written }) => {
        const names = written.map(({ name }) => name);
        return read
          .filter(({ name }) => !names.includes(name))
          .map(({ what, name, service, key }) => {
            const near = didYouMean(name, names);
            return {
              service,
              path: ['needs', key, 'consumes'],
              message: `${service} consumes the ${what} ${name}, which no service produces.`,
              fix: near === null ? `Declare it under produces of the service that writes it.` : `Did you mean ${near}?`,
            };
          });
      }),
    ),
};

const topicWithoutConsumer: PlatformRefusal = {
  code: 'topic-without-consumer',
  severity: 'warning',
  title: 'A topic is produced that nobody consumes',
  why: 'Its events cost disk on every broker until their retention ends, and nobody reads them.',
  check: (plan) =>
    inClusters(plan, (cluster) =>
      flows(cluster).flatMap(({ read, written }) =>
        written
          .filter(({ name }) => !read.some((thing) => thing.name === name))
          .map(({ what, name, service, key }) => ({
            service,
            path: ['needs', key, 'produces'],
            message: `${service} produces the ${what} ${name}, which no service consumes.`,
            fix: 'Declare it under consumes of the service that reads it, or stop producing it.',
          })),
      ),
    ),
};

const percent = (ratio: number): string => `${Number((ratio * 100).toFixed(4))}%`;

/** What each hard dependency of a service can carry in an environment. */
function carriersOf(service: string, cluster: ClusterPlan, services: readonly ServicePlan[]) {
  const hard = cluster.edges.filter(
    ({ from, optional }) => from.kind === 'service' && from.name === service && !optional,
  );
  return hard.flatMap(({ to, by }) => {
    if (by === 'needs') {
      const instance = cluster.instances.find(({ name }) => name === to.name);
      return instance === undefined ? [] : [{ name: to.name, ratio: Number(instance.availability.ratioText) }];
    }
    if (by !== 'needs.services') return [];
    const promised = services
      .find(({ identity }) => identity.name === to.name)
      ?.environments.find(({ name }) => name === cluster.name)?.promises.availability;
    return promised == null ? [] : [{ name: to.name, ratio: parseRatio(promised) }];
  });
}

const availabilityBeyondDependencies: PlatformRefusal = {
  code: 'availability-beyond-dependencies',
  severity: 'error',
  title: 'More availability is promised than the hard dependencies carry',
  why: 'A service is down whenever something is down that it cannot work without: their availabilities multiply.',
  check: (plan, services) =>
    inClusters(plan, (cluster) =>
      services.flatMap(({ identity, environments }) => {
        const declared = environments.find(({ name }) => name === cluster.name)?.promises.availability ?? null;
        if (declared === null) return [];
        const promised = parseRatio(declared);
        const carriers = carriersOf(identity.name, cluster, services).filter(({ ratio }) => ratio < 1);
        const carried = carriers.reduce((product, { ratio }) => product * ratio, 1);
        // Ten digits are beyond any promise and above the error of the product.
        if (Number(carried.toFixed(10)) >= promised) return [];
        const floor = Math.floor(carried * 1000) / 1000;
        const weakest = [...carriers].sort((a, b) => a.ratio - b.ratio)[0];
        return [
          {
            service: identity.name,
            path: ['objectives', 'availability'],
            message: `${identity.name} promises ${percent(promised)}, but ${carriers.map(({ name, ratio }) => `${percent(ratio)} ${name}`).join(' × ')} = ${percent(Number(carried.toFixed(6)))}.`,
            fix: `Promise ${percent(floor)}, or work without ${weakest?.name} and say so: optional: true.`,
          },
        ];
      }),
    ),
};

const timeoutOf = (services: readonly ServicePlan[], cluster: ClusterPlan, name: string): number | null =>
  services
    .find(({ identity }) => identity.name === name)
    ?.environments.find((environment) => environment.name === cluster.name)?.requests?.timeoutSeconds ?? null;

function calleesOf(plan: PlatformPlan, services: readonly ServicePlan[], cluster: ClusterPlan) {
  return plan.services.flatMap(({ name }) => {
    const own = timeoutOf(services, cluster, name);
    const callees = cluster.edges
      .filter(({ from, by }) => by === 'needs.services' && from.name === name)
      .flatMap(({ to, optional }) => {
        const seconds = timeoutOf(services, cluster, to.name);
        return seconds === null ? [] : [{ name: to.name, seconds, optional }];
      });
    return own === null ? [] : [{ name, own, callees }];
  });
}

const calleeOutlivesCaller: PlatformRefusal = {
  code: 'callee-outlives-caller',
  severity: 'error',
  title: 'A called service may take longer than its caller waits',
  why: 'The caller answers with an error while the called service still works: the work is lost, and a retry doubles the load.',
  check: (plan, services) =>
    inClusters(plan, (cluster) =>
      calleesOf(plan, services, cluster).flatMap(({ name, own, callees }) =>
        callees
          .filter(({ seconds }) => seconds > own)
          .map((callee) => ({
            service: name,
            path: ['http', 'timeout'],
            message: `${name} answers within ${own}s, but ${callee.name}, which it calls, may take ${callee.seconds}s.`,
            fix: `Set http.timeout of ${name} to at least ${callee.seconds}s, or lower that of ${callee.name} to ${own}s.`,
          })),
      ),
    ),
};

const timeoutsAddUp: PlatformRefusal = {
  code: 'timeouts-add-up',
  severity: 'warning',
  title: 'Calls one after another may take longer than the caller waits',
  why: 'A request that needs all of them is lost although each answered in time.',
  check: (plan, services) =>
    inClusters(plan, (cluster) =>
      calleesOf(plan, services, cluster).flatMap(({ name, own, callees }) => {
        const required = callees.filter(({ optional }) => !optional);
        const sum = required.reduce((total, { seconds }) => total + seconds, 0);
        if (required.length < 2 || sum <= own) return [];
        return [
          {
            service: name,
            path: ['http', 'timeout'],
            message: `${name} answers within ${own}s, but its required calls one after another may take ${required.map((callee) => `${callee.seconds}s ${callee.name}`).join(' + ')} = ${sum}s.`,
            fix: `Call them at once, lower their http.timeout, or set http.timeout of ${name} to ${sum}s.`,
          },
        ];
      }),
    ),
};

export const dependencyRefusals: readonly PlatformRefusal[] = [
  availabilityBeyondDependencies,
  calleeOutlivesCaller,
  startCycle,
  timeoutsAddUp,
  topicWithoutConsumer,
  topicWithoutProducer,
  unknownService,
];
