// Decides what a container gets that says nothing, and the least and the most that one may ask for.

import type { Decisions } from '../decisions';
import type { ResourcesPlan } from '../types';
import type { LimitRangePlan } from '../types/platform';
import { amounts } from './amounts';
import type { ServiceThere } from './input';

/** What a container gets that says nothing: a shell beside the services, no server. */
const defaults: ResourcesPlan = { request: amounts(100, 128), limit: amounts(1000, 1024) };
const least = { cpuMillis: 10, memoryMiB: 16 };

/** The largest container that is declared, so that nobody starts a larger one by hand. */
export function decideLimitRange(services: readonly ServiceThere[], decisions: Decisions): LimitRangePlan {
  const declared = services.flatMap(({ environment: { workloads, jobs, migration } }) =>
    [...workloads, ...jobs, ...(migration === null ? [] : [migration])].map(({ resources }) => resources),
  );
  const maximum = (amount: 'cpuMillis' | 'memoryMiB', unit: string): number =>
    decisions.decide(Math.max(defaults.limit[amount], ...declared.map(({ limit }) => limit[amount])), {
      path: `limitRange.maximum.${amount}`,
      unit,
      by: 'rule',
      why: 'the largest limit of any container that is declared',
    });
  const minimum = (amount: 'cpuMillis' | 'memoryMiB', unit: string): number =>
    decisions.decide(Math.min(least[amount], ...declared.map(({ request }) => request[amount])), {
      path: `limitRange.minimum.${amount}`,
      unit,
      by: 'rule',
      why: 'a container that asks for nothing is placed without measure',
    });
  return {
    defaults,
    maximum: { cpuMillis: maximum('cpuMillis', 'm'), memoryMiB: maximum('memoryMiB', 'MiB') },
    minimum: { cpuMillis: minimum('cpuMillis', 'm'), memoryMiB: minimum('memoryMiB', 'MiB') },
  };
}
