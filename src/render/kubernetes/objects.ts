// Turns one environment of a plan into all its Kubernetes objects: the table of what there is, and when.
import type { EnvironmentPlan, ServicePlan, WorkloadPlan } from '../../plan/types';
import { analysisTemplate, isAnalysed } from './analysis-template';
import { backendTrafficPolicy, hasTrafficLimits } from './backend-traffic-policy';
import { cronJob } from './cron-job';
import { deployment } from './deployment';
import { externalSecret } from './external-secret';
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler';
import { httpRoute } from './http-route';
import { ingress } from './ingress';
import type { KubernetesObject, Manifest, Scope } from './manifest';
import { migrationJob } from './migration-job';
import { networkPolicies } from './network-policy';
import { withOverrides } from './overrides';
import { podDisruptionBudget } from './pod-disruption-budget';
import { podMonitor } from './pod-monitor';
import { prometheusRule } from './prometheus-rule';
import { isProgressive, previewName, rollout } from './rollout';
import { needsKeda, scaledObject } from './scaled-object';
import { service } from './service';
import { serviceAccount } from './service-account';
import { triggerAuthentication } from './trigger-authentication';
import { secretVariables } from './variables';

/** All objects but the ConfigMap, which kustomize makes to put the hash of its content into its name. */
export function objectsOf(plan: ServicePlan, environment: EnvironmentPlan): KubernetesObject[] {
  return manifestsOf(plan, environment).map(({ object }) => object);
}

/** The same with files and comments, in the order in which they are listed. */
export function manifestsOf(plan: ServicePlan, environment: EnvironmentPlan): Manifest[] {
  const scope: Scope = { plan, environment };
  const manifests = [
    serviceAccount(scope),
    ...(secretVariables(environment).length > 0 ? [externalSecret(scope)] : []),
    ...networkPolicies(scope),
    ...(environment.migration === null ? [] : [migrationJob(scope, environment.migration)]),
    ...environment.workloads.flatMap((workload) => workloadManifests(scope, workload)),
    ...environment.jobs.map((job) => cronJob(scope, job)),
    ...(environment.monitoring.groups.length > 0 ? [prometheusRule(scope)] : []),
  ];
  return withOverrides(scope, manifests);
}

/** The web workload has a file per kind, a worker one file for all. */
function workloadManifests(scope: Scope, workload: WorkloadPlan): Manifest[] {
  const file = (kind: string): string =>
    workload.component === 'web' ? `${kind}.yaml` : `worker-${workload.declaredName}.yaml`;
  const { metrics } = scope.environment.monitoring;
  return [
    deployment(scope, workload, file('deployment')),
    ...(isProgressive(workload) ? [rollout(scope, workload, file('rollout'))] : []),
    ...(isAnalysed(scope, workload) ? [analysisTemplate(scope, workload, file('analysis-template'))] : []),
    ...autoscaler(scope, workload, file),
    podDisruptionBudget(scope, workload, file('pod-disruption-budget')),
    ...(workload.component === 'web' ? publicManifests(scope, workload) : []),
    ...(workload.metricsPath === null || metrics === null
      ? []
      : [podMonitor(scope, workload, workload.metricsPath, metrics, file('pod-monitor'))]),
  ];
}

function autoscaler(scope: Scope, workload: WorkloadPlan, file: (kind: string) => string): Manifest[] {
  if (workload.scale.signals.length === 0) return [];
  return needsKeda(workload)
    ? [
        ...workload.scale.signals.flatMap((signal) =>
          signal.kind === 'kafka-lag' ? triggerAuthentication(scope, workload, signal, file('scaled-object')) : [],
        ),
        scaledObject(scope, workload, file('scaled-object')),
      ]
    : [horizontalPodAutoscaler(scope, workload, file('horizontal-pod-autoscaler'))];
}

function publicManifests(scope: Scope, workload: WorkloadPlan): Manifest[] {
  const { exposure } = scope.environment;
  if (workload.port === null) return [];
  const services = [
    service(scope, workload, workload.name, 'service.yaml'),
    ...(workload.rollout.strategy === 'blue-green'
      ? [service(scope, workload, previewName(workload), 'service-preview.yaml')]
      : []),
  ];
  if (exposure === null) return services;
  if (exposure.kind === 'ingress') return [...services, ingress(scope, workload, exposure)];
  return [
    ...services,
    httpRoute(scope, workload, exposure),
    ...(hasTrafficLimits(exposure) ? [backendTrafficPolicy(scope, workload, exposure)] : []),
  ];
}
