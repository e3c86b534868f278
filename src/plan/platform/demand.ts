// Sums what every pod may use when all services are at their maximum and replaced at once, with a term for each.
import { replicasAtPeak } from '../rollout';
import type { ResourcesPlan } from '../types';
import type { ClusterDemandPlan, DemandPlan } from '../types/platform';
import type { ServiceThere } from './input';

interface Pods {
  readonly name: string;
  readonly count: number;
  readonly spelled: string;
  readonly resources: ResourcesPlan;
}

function podsOf({ environment }: ServiceThere): Pods[] {
  const { workloads, jobs, migration } = environment;
  return [
    ...workloads.map(({ name, rollout, scale, resources }) => ({
      name,
      count: replicasAtPeak(rollout, scale.maxReplicas),
      spelled:
        rollout.strategy === 'blue-green'
          ? `2 × ${scale.maxReplicas} replicas`
          : `(${scale.maxReplicas} replicas + ${rollout.maxSurge} surge)`,
      resources,
    })),
    ...jobs.map(({ name, resources }) => ({ name, count: 1, spelled: '1 run', resources })),
    ...(migration === null
      ? []
      : [{ name: migration.name, count: 1, spelled: '1 run', resources: migration.resources }]),
  ];
}

function demandOf(pods: readonly Pods[], amount: 'cpuMillis' | 'memoryMiB'): DemandPlan {
  const unit = amount === 'cpuMillis' ? 'm' : 'Mi';
  const terms = pods.map(({ name, count, spelled, resources }) => {
    const limit = count * resources.limit[amount];
    return {
      name,
      request: count * resources.request[amount],
      limit,
      text: `${name}: ${spelled} × ${resources.limit[amount]}${unit} = ${limit}${unit}`,
    };
  });
  return {
    request: terms.reduce((sum, { request }) => sum + request, 0),
    limit: terms.reduce((sum, { limit }) => sum + limit, 0),
    terms,
  };
}

export function planDemand(services: readonly ServiceThere[]): ClusterDemandPlan {
  const pods = services.flatMap(podsOf);
  return {
    cpuMillis: demandOf(pods, 'cpuMillis'),
    memoryMiB: demandOf(pods, 'memoryMiB'),
    pods: pods.reduce((sum, { count }) => sum + count, 0),
  };
}
