// Turns the availability objective into the AnalysisTemplate that ends a bad canary.
import type { ObjectivePlan, WorkloadPlan } from '../../plan/types';
import { metadata } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';

/** True when a canary is measured: there is a Prometheus to ask and a promise to hold it to. */
export const isAnalysed = (scope: Scope, workload: WorkloadPlan): boolean =>
  workload.component === 'web' &&
  workload.rollout.strategy === 'canary' &&
  scope.environment.monitoring.prometheusUrl !== null &&
  measured(scope).length > 0;

/** One per analysed workload, of the same name. */
export function analysisTemplate(scope: Scope, workload: WorkloadPlan, file: string): Manifest {
  const objectives = measured(scope);
  return manifest(
    file,
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AnalysisTemplate',
      metadata: metadata(scope, { name: workload.name, component: workload.component, phase: 'run' }),
      spec: { metrics: objectives.map((objective) => metric(scope, objective)) },
    },
    Object.fromEntries(
      objectives.flatMap(({ burnRates, objectiveText }, index) => [
        [
          `spec.metrics.${index}`,
          `Ends the canary at the rate of errors that pages: ${burnRates[0]?.factorText} times what an objective of ${objectiveText} allows.`,
        ],
        [
          `spec.metrics.${index}.successCondition`,
          'Without a request there is no rate, and nothing to complain about.',
        ],
        [`spec.metrics.${index}.failureLimit`, 'The third bad measurement ends it: one may be chance.'],
      ]),
    ),
  );
}

/** The availability objectives that page, which is where the threshold comes from. */
function measured({ environment }: Scope): ObjectivePlan[] {
  return environment.monitoring.objectives.filter(
    ({ kind, burnRates }) => kind === 'availability' && burnRates.length > 0,
  );
}

function metric({ environment }: Scope, { name, errorRatioExpr, burnRates }: ObjectivePlan): object {
  const { prometheusUrl } = environment.monitoring;
  return {
    name,
    interval: '1m',
    successCondition: `len(result) == 0 || isNaN(result[0]) || result[0] <= ${burnRates[0]?.thresholdText}`,
    failureLimit: 2,
    provider: { prometheus: { address: prometheusUrl, query: errorRatioExpr } },
  };
}
