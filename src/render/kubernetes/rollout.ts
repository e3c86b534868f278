// Turns a canary or blue-green workload into an Argo Rollout that runs the pods of the Deployment of the same name.
import type { WorkloadPlan } from '../../plan/types';
import { isAnalysed } from './analysis-template';
import { metadata } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';

/** True when an Argo Rollout, not the Deployment, replaces the pods. */
export const isProgressive = (workload: WorkloadPlan): boolean => workload.rollout.strategy !== 'rolling';

/** Name of the Service that shows the new version before it is switched to; blue-green only. */
export const previewName = (workload: WorkloadPlan): string => `${workload.name}-preview`;

/** What an autoscaler scales. */
export function scaleTarget(workload: WorkloadPlan): { apiVersion: string; kind: string; name: string } {
  return isProgressive(workload)
    ? { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: workload.name }
    : { apiVersion: 'apps/v1', kind: 'Deployment', name: workload.name };
}

export function rollout(scope: Scope, workload: WorkloadPlan, file: string): Manifest {
  const { rollout: plan, scale } = workload;
  const fixed = scale.signals.length === 0;
  return manifest(
    file,
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: metadata(scope, { name: workload.name, component: workload.component, phase: 'run' }),
      spec: {
        replicas: fixed ? scale.minReplicas : undefined,
        workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: workload.name, scaleDown: 'onsuccess' },
        minReadySeconds: plan.minReadySeconds,
        revisionHistoryLimit: plan.revisionHistoryLimit,
        progressDeadlineSeconds: plan.progressDeadlineSeconds,
        progressDeadlineAbort: true,
        strategy: strategyOf(scope, workload),
      },
    },
    {
      'spec.workloadRef': 'The pod template stays in the Deployment, where every tool looks for it.',
      'spec.workloadRef.scaleDown':
        'The Deployment keeps its pods until those of the Rollout are healthy, so that changing over loses no request.',
      'spec.progressDeadlineAbort': 'Back to the old version when the new one does not become ready in time.',
    },
  );
}

function strategyOf(scope: Scope, workload: WorkloadPlan): object {
  const { strategy, maxSurge, maxUnavailable, canarySteps, scaleDownDelaySeconds } = workload.rollout;
  if (strategy === 'blue-green') {
    return {
      blueGreen: {
        activeService: workload.name,
        previewService: previewName(workload),
        autoPromotionEnabled: true,
        scaleDownDelaySeconds: scaleDownDelaySeconds ?? undefined,
      },
    };
  }
  // Counted from 0: the first measurement follows the first weight.
  const analysis = isAnalysed(scope, workload)
    ? { templates: [{ templateName: workload.name }], startingStep: 1 }
    : undefined;
  const steps = canarySteps.flatMap(({ weightPercent, pauseSeconds }) => [
    { setWeight: weightPercent },
    ...(pauseSeconds > 0 ? [{ pause: { duration: `${pauseSeconds}s` } }] : []),
  ]);
  return { canary: { maxSurge, maxUnavailable, analysis, steps } };
}
