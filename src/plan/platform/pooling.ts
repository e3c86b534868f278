// Decides how a pooler divides the connections of a server among the services that share it.
import type { KindDefinition } from '../../catalog/kind';
import { poolerOf } from '../../catalog/pooled';
import type { Decisions } from '../decisions';
import type { PoolingPlan } from '../types/platform';
import type { ServiceThere } from './input';
import type { SharedUse } from './shared-use';

export interface PoolingInput {
  readonly kind: KindDefinition;
  readonly instance: string;
  readonly uses: readonly SharedUse[];
  readonly services: readonly ServiceThere[];
  readonly limit: number | null;
  readonly isHighlyAvailable: boolean;
  /** What all services open at most. */
  readonly clients: number;
}

/** Requests that wait for the server at once: Little's law with the promised latency as the longest time that one takes. */
function concurrentRequests(services: readonly ServiceThere[], name: string): PoolingPlan['demands'][number] | null {
  const promises = services.find((there) => there.name === name)?.environment.promises;
  const rate = promises?.throughputPerSecond ?? null;
  const [slowest] = [...(promises?.latency ?? [])].sort((a, b) => b.thresholdSeconds - a.thresholdSeconds);
  if (rate === null || slowest === undefined) return null;
  return {
    service: name,
    connections: Math.ceil(rate * slowest.thresholdSeconds),
    arithmetic: `${Math.round(rate * 100) / 100} requests/s × ${slowest.thresholdSeconds} s`,
  };
}

export function planPooling(
  { kind, instance, uses, services, limit, isHighlyAvailable, clients }: PoolingInput,
  decisions: Decisions,
): PoolingPlan | null {
  const { pooler } = kind;
  if (pooler === null || limit === null || !uses.some(({ use }) => use.pooled)) return null;
  const below = decisions.below('pooling');
  const processes = below.decide(isHighlyAvailable ? pooler.processes.highlyAvailable : pooler.processes.single, {
    path: 'processes',
    by: 'rule',
    why: isHighlyAvailable ? 'one may fail or be replaced' : 'no replica takes over here',
    source: pooler.documentation,
  });
  const migrating = uses.flatMap(({ service, binding }) => {
    const isThere = services.find(({ name }) => name === service)?.environment.migration ?? null;
    return isThere === null ? [] : [binding.poolSize ?? 0];
  });
  const past = migrating.reduce((sum, size) => sum + size, 0);
  const lent = limit - kind.reservedConnections - past;
  const pools = uses.length;
  const poolSize = below.decide(Math.max(0, Math.floor(lent / (processes * pools))), {
    path: 'poolSize',
    unit: 'connections',
    by: 'rule',
    why: `(${limit} - ${kind.reservedConnections} reserved - ${past} of migrations, which go past it) / (${processes} processes × ${pools} pools), whole connections`,
    source: pooler.documentation,
  });
  return {
    title: pooler.title,
    name: poolerOf(instance),
    image: pooler.image,
    processes,
    poolSize,
    pools,
    lent,
    // Any process may be the only one left.
    clientConnections: below.decide(clients, {
      path: 'clientConnections',
      unit: 'connections',
      by: 'rule',
      why: 'what all services open at most, at one process, since the other one may be away',
    }),
    demands: uses.flatMap(({ service }) => concurrentRequests(services, service) ?? []),
  };
}
