// The example service's monitoring in two Kubernetes environments and one on a laptop: what rules, dashboard and runbook are rendered from.
import { type AlertInput, planAlerts } from '../../src/plan/alerts';
import type { EnvironmentPlan, OverridePlan, ServicePlan } from '../../src/plan/types';
import { exampleInput } from '../plan/alerts/example-input';

/** Holds only what these renderers read; anything else that they asked for would be an error. */
export function monitoringPlan(change: Partial<AlertInput> = {}, overrides: readonly OverridePlan[] = []): ServicePlan {
  const environment = (name: string): EnvironmentPlan => {
    const input = { ...exampleInput, environment: name, ...change };
    const { decisions, ...planned } = planAlerts(input);
    const monitoring = {
      ...planned,
      runbookUrl: input.runbookUrl,
      dashboardUrl: input.dashboardUrl,
      dashboardCommand: 'kubectl port-forward',
    };
    return {
      name,
      runs: 'kubernetes',
      namespace: input.namespace,
      cluster: `cluster-${name}`,
      overrides,
      monitoring,
      recovery: null,
      bindings: [],
    } as unknown as EnvironmentPlan;
  };
  const laptop = {
    name: 'development',
    runs: 'compose',
    overrides: [],
    recovery: null,
    bindings: [],
    monitoring: { groups: [], tests: [], dashboard: null },
  };
  const identity = { name: exampleInput.service, owner: change.owner ?? exampleInput.owner };
  return {
    identity,
    environments: [laptop, environment('staging'), environment('production')],
  } as unknown as ServicePlan;
}
