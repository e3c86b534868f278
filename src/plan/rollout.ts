// Decides how a new version takes over.
import type { Decisions } from './decisions';
import type { RolloutPlan } from './types';

const canarySteps = [
  { weightPercent: 10, pauseSeconds: 300 },
  { weightPercent: 30, pauseSeconds: 300 },
  { weightPercent: 60, pauseSeconds: 300 },
] as const;
const blueGreenKeepSeconds = 600;

/** A surge of a quarter of the fewest replicas, one at least, none missing: capacity never falls below what is declared. */
export function planRollout(
  scale: { readonly min: number; readonly max: number },
  strategy: RolloutPlan['strategy'],
  decisions: Decisions,
): RolloutPlan {
  const blueGreen = strategy === 'blue-green';
  return {
    strategy,
    maxSurge: decisions.decide(Math.max(1, Math.ceil(scale.min / 4)), {
      path: 'rollout.maxSurge',
      unit: 'replicas',
      by: 'rule',
      why: `a quarter of ${scale.min}, at least 1: counted in connections and quota`,
      source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge',
    }),
    maxUnavailable: 0,
    minReadySeconds: 10,
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 5,
    scaleDownDelaySeconds: blueGreen ? blueGreenKeepSeconds : null,
    canarySteps: strategy === 'canary' ? canarySteps : [],
  };
}

/** Replicas that exist at most while a version is replaced: twice all for blue-green, else all and the surge. */
export function replicasAtPeak(rollout: RolloutPlan, maxReplicas: number): number {
  return rollout.strategy === 'blue-green' ? 2 * maxReplicas : maxReplicas + rollout.maxSurge;
}
