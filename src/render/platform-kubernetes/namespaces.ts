// Turns namespaces and priorities of the plan into Namespaces that enforce Pod Security, their quotas, and PriorityClasses.
import type { LimitRangePlan, NamespacePlan, NamespaceQuotaPlan, PriorityClassPlan } from '../../plan/types/platform';
import { type Manifest, manifest } from '../shared/kubernetes/manifest';
import { cpu, mebibytes } from '../shared/kubernetes/quantity';
import { meshComments, meshLabels } from './mesh';
import { type ClusterScope, type Concern, concern, metadata } from './scope';

export function namespaces(scope: ClusterScope): Concern {
  const { cluster } = scope;
  return concern('namespaces', [
    ...cluster.namespaces.map((plan) => namespace(scope, plan)),
    ...cluster.namespaces.flatMap((plan) => [
      ...(plan.quota === null ? [] : [resourceQuota(scope, plan.name, plan.quota)]),
      ...(plan.limitRange === null ? [] : [limitRange(scope, plan.name, plan.limitRange)]),
    ]),
    ...cluster.priorityClasses.map((plan) => priorityClass(scope, plan)),
  ]);
}

function namespace(scope: ClusterScope, plan: NamespacePlan): Manifest {
  const modes = ['enforce', 'audit', 'warn'].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, plan.podSecurity],
    [`pod-security.kubernetes.io/${mode}-version`, `v${scope.cluster.kubernetes}`],
  ]);
  return manifest(
    'namespaces.yaml',
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: metadata(scope, {
        name: plan.name,
        phase: 'found',
        labels: { ...Object.fromEntries(modes), ...meshLabels(scope, plan) },
        // Argo CD would delete all that is in it together with the namespace.
        annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
      }),
    },
    {
      metadata: `Holds ${plan.why}.`,
      ...meshComments(scope, plan),
      'metadata.annotations.argocd.argoproj.io/sync-options':
        'A namespace that is taken out of the declaration keeps its data until somebody deletes it by hand.',
    },
  );
}

function resourceQuota(scope: ClusterScope, name: string, quota: NamespaceQuotaPlan): Manifest {
  const { cpuMillis, memoryMiB, volumes } = quota;
  return manifest(
    'quotas.yaml',
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: metadata(scope, { name: 'quota', namespace: name, phase: 'found' }),
      spec: {
        hard: {
          ...(cpuMillis === null ? {} : { 'requests.cpu': cpu(cpuMillis.request), 'limits.cpu': cpu(cpuMillis.limit) }),
          ...(memoryMiB === null
            ? {}
            : { 'requests.memory': mebibytes(memoryMiB.request), 'limits.memory': mebibytes(memoryMiB.limit) }),
          ...(volumes === null ? {} : { persistentvolumeclaims: String(volumes) }),
        },
      },
    },
    { 'spec.hard': demandOf(scope) },
  );
}

/** What the services need at most, so that whoever changes the quota sees by how much it may shrink. */
function demandOf({ cluster: { demand } }: ClusterScope): string {
  const { cpuMillis, memoryMiB, pods } = demand;
  return [
    `All ${pods} pods at maximum scale, with every rollout, job and migration at once, ask for`,
    `${cpuMillis.request}m to ${cpuMillis.limit}m of CPU and ${memoryMiB.request}Mi to ${memoryMiB.limit}Mi of memory.`,
  ].join('\n');
}

function limitRange(scope: ClusterScope, name: string, { defaults, minimum, maximum }: LimitRangePlan): Manifest {
  const amounts = ({ cpuMillis, memoryMiB }: { readonly cpuMillis: number; readonly memoryMiB: number }) => ({
    cpu: cpu(cpuMillis),
    memory: mebibytes(memoryMiB),
  });
  return manifest(
    'quotas.yaml',
    {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: metadata(scope, { name: 'containers', namespace: name, phase: 'found' }),
      spec: {
        limits: [
          {
            type: 'Container',
            defaultRequest: amounts(defaults.request),
            default: amounts(defaults.limit),
            min: amounts(minimum),
            max: amounts(maximum),
          },
        ],
      },
    },
    {
      'spec.limits.0.defaultRequest': 'Without these a container that says nothing is refused, since there is a quota.',
      'spec.limits.0.max': 'The largest limit of any container that is declared.',
    },
  );
}

function priorityClass(scope: ClusterScope, { name, value, preempts, description }: PriorityClassPlan): Manifest {
  return manifest('priority-classes.yaml', {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: metadata(scope, { name, phase: 'found' }),
    value,
    globalDefault: false,
    preemptionPolicy: preempts ? 'PreemptLowerPriority' : 'Never',
    description,
  });
}
