// Turns the model into the plan: every number and name of a service decided, with who decided it and why.
import type { ServiceModel } from '../model/service-model';
import { planBuild } from './build';
import { createDecisions } from './decisions';
import { planDelivery } from './delivery';
import { planEnvironment } from './environment';
import { frozen } from './frozen';
import { imageRepository, planIdentity } from './identity';
import { platformOrigin } from './tracing';
import type { Decision, EnvironmentPlan, ServicePlan, VariablePlan } from './types';

/** The kustomize base: what holds where no environment says otherwise, named after no environment. */
function baseFacts(model: ServiceModel) {
  const cluster = model.platform.environments.filter(({ runs }) => runs === 'kubernetes').at(-1);
  return (
    cluster ?? {
      name: 'base',
      runs: 'kubernetes' as const,
      namespace: model.platform.name,
      cluster: null,
      account: null,
      region: 'eu-west-1',
      gated: false,
      quota: null,
      nodes: null,
      kubernetes: '1.35',
      issuer: 'staging' as const,
    }
  );
}

/** Rules, proofs and dashboard belong to an environment: the base holds what manifests read. */
function planBase(model: ServiceModel, environments: readonly EnvironmentPlan[]): EnvironmentPlan {
  const facts = baseFacts(model);
  const index = model.environments.findIndex(
    (environment) => environment.facts.name === facts.name && environment.declared === model.declared,
  );
  const base =
    environments[index] ??
    planEnvironment(
      model,
      { facts, settings: model.settings, declared: model.declared },
      createDecisions('base', model.declared),
    );
  return { ...base, monitoring: { ...base.monitoring, groups: [], tests: [], neverFires: [], dashboard: null } };
}

/** The union of all environments' variables: what the accessor knows. Required only where every environment requires it. */
function unionOfVariables(environments: readonly EnvironmentPlan[]): VariablePlan[] {
  const names = [...new Set(environments.flatMap(({ variables }) => variables.map(({ name }) => name)))].sort();
  return names.flatMap((name) => {
    const found = environments.map(({ variables }) => variables.find((variable) => variable.name === name));
    const [first] = found.filter((variable) => variable !== undefined);
    if (first === undefined) return [];
    return [
      {
        ...first,
        secret: found.some((variable) => variable?.secret === true),
        // Read by libraries: code that starts without them, as tests do, is not wrong.
        required: first.origin !== platformOrigin && found.every((variable) => variable?.required === true),
      },
    ];
  });
}

/** The plan of a service: plain JSON, frozen. */
export function planService(model: ServiceModel): ServicePlan {
  const notes: Decision[] = [];
  const decisions = createDecisions('', model.declared, notes);
  const build = planBuild(model, decisions.below('build'));
  const environments = model.environments.map((environment) =>
    planEnvironment(
      model,
      environment,
      createDecisions(`environments.${environment.facts.name}`, environment.declared, notes),
    ),
  );
  const base = planBase(model, environments);
  const delivery = planDelivery(model, build, environments, decisions.below('delivery'));
  return frozen({
    format: 1,
    asOf: model.platform.asOf,
    identity: planIdentity(model),
    image: { repository: imageRepository(model), tag: '0.0.0' },
    build,
    variables: unionOfVariables(environments),
    histogramBucketsSeconds: base.monitoring.metrics?.bucketsSeconds ?? [],
    base,
    environments,
    delivery,
    overrides: [],
    decisions: notes,
  });
}
