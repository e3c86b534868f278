// What kinds of object Argo CD may create: the lists of the AppProjects.
import type { PlatformFacts } from '../../model/platform-facts';
import type { GitopsKindPlan } from '../types/platform/gitops';

const kind = (group: string, name: string): GitopsKindPlan => ({ group, kind: name });

const byName = (a: GitopsKindPlan, b: GitopsKindPlan): number =>
  `${a.group}/${a.kind}` < `${b.group}/${b.kind}` ? -1 : 1;

/** Cluster-scoped kinds of platform/kubernetes; a test holds the list to what is rendered. */
export function clusterKinds({ calico, observability }: PlatformFacts): GitopsKindPlan[] {
  return [
    kind('', 'Namespace'),
    kind('cert-manager.io', 'ClusterIssuer'),
    kind('external-secrets.io', 'ClusterSecretStore'),
    kind('gateway.networking.k8s.io', 'GatewayClass'),
    kind('scheduling.k8s.io', 'PriorityClass'),
    ...(observability.metrics === 'none' && observability.logging === 'none'
      ? []
      : [kind('rbac.authorization.k8s.io', 'ClusterRole'), kind('rbac.authorization.k8s.io', 'ClusterRoleBinding')]),
    ...(calico ? [kind('projectcalico.org', 'GlobalNetworkPolicy')] : []),
  ].sort(byName);
}

/** Never part of the platform's manifests: addresses set by hand, and what could widen the projects themselves. */
export const deniedKinds: readonly GitopsKindPlan[] = [
  kind('', 'Endpoints'),
  kind('argoproj.io', 'AppProject'),
  kind('argoproj.io', 'Application'),
  kind('argoproj.io', 'ApplicationSet'),
  kind('discovery.k8s.io', 'EndpointSlice'),
].sort(byName);

/** Every kind that is made from a service's declaration, and no other: no quota, no role, no Secret with a value. */
export const serviceKinds: readonly GitopsKindPlan[] = [
  kind('', 'ConfigMap'),
  kind('', 'Service'),
  kind('', 'ServiceAccount'),
  kind('apps', 'Deployment'),
  kind('argoproj.io', 'AnalysisTemplate'),
  kind('argoproj.io', 'Rollout'),
  kind('autoscaling', 'HorizontalPodAutoscaler'),
  kind('batch', 'CronJob'),
  kind('batch', 'Job'),
  kind('external-secrets.io', 'ExternalSecret'),
  kind('gateway.envoyproxy.io', 'BackendTrafficPolicy'),
  kind('gateway.networking.k8s.io', 'HTTPRoute'),
  kind('keda.sh', 'ScaledObject'),
  kind('keda.sh', 'TriggerAuthentication'),
  kind('monitoring.coreos.com', 'PodMonitor'),
  kind('monitoring.coreos.com', 'PrometheusRule'),
  kind('networking.k8s.io', 'Ingress'),
  kind('networking.k8s.io', 'NetworkPolicy'),
  kind('policy', 'PodDisruptionBudget'),
].sort(byName);
