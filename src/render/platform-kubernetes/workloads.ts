// Turns containers into what runs them: a StatefulSet for a data store, a Job for its preparation, a Deployment for its exporter.
import type { BackingContainerPlan } from '../../catalog/facts';
import type { BackingInstancePlan } from '../../plan/types/platform';
import { type Manifest, manifest, under } from '../shared/kubernetes/manifest';
import { mebibytes } from '../shared/kubernetes/quantity';
import { podTemplate } from './pod';
import { type ClusterScope, instanceSelector, metadata } from './scope';

export const headlessName = (name: string): string => `${name}-headless`;

/** A data store must not be evicted to make room for a service. */
function highestPriority({ cluster }: ClusterScope): string | null {
  const [highest] = [...cluster.priorityClasses].sort((a, b) => b.value - a.value);
  return highest?.name ?? null;
}

export function serviceAccount(scope: ClusterScope, file: string, { name, kind }: BackingContainerPlan): Manifest {
  return manifest(
    file,
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadata(scope, { name, namespace: scope.cluster.dataNamespace, of: kind, phase: 'configure' }),
      automountServiceAccountToken: false,
    },
    { automountServiceAccountToken: 'A token that nobody needs is a token that can be stolen.' },
  );
}

export function statefulSet(
  scope: ClusterScope,
  file: string,
  { name: instance, replicas, storageMiB }: BackingInstancePlan,
  container: BackingContainerPlan,
): Manifest {
  const { name, kind, volumes, why } = container;
  if (volumes.length > 0 && storageMiB === null) throw new Error(`BUG: ${name} keeps data and has no storage`);
  const template = podTemplate(scope, {
    container,
    component: 'server',
    restartPolicy: 'Always',
    priorityClassName: highestPriority(scope),
    instance,
  });
  const claims = volumes.map((volume) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: volume.name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: mebibytes(storageMiB ?? 0) } },
    },
  }));
  return manifest(
    file,
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: metadata(scope, {
        name,
        namespace: scope.cluster.dataNamespace,
        of: kind,
        component: 'server',
        phase: 'run',
      }),
      spec: {
        replicas,
        serviceName: headlessName(name),
        podManagementPolicy: 'OrderedReady',
        updateStrategy: { type: 'RollingUpdate' },
        revisionHistoryLimit: 3,
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        selector: { matchLabels: instanceSelector(name) },
        template: template.value,
        volumeClaimTemplates: claims.length > 0 ? claims : undefined,
      },
    },
    {
      spec: why,
      'spec.persistentVolumeClaimRetentionPolicy': 'Data outlives the object that made room for it.',
      ...under('spec.template', template.comments),
    },
  );
}

export function preparationJob(
  scope: ClusterScope,
  file: string,
  { name: instance }: BackingInstancePlan,
  container: BackingContainerPlan,
): Manifest {
  const { name, kind, why } = container;
  const template = podTemplate(scope, {
    container,
    component: 'preparation',
    restartPolicy: 'Never',
    priorityClassName: null,
    instance,
  });
  const hook = 'argocd.argoproj.io/hook';
  const deletion = 'argocd.argoproj.io/hook-delete-policy';
  return manifest(
    file,
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: metadata(scope, {
        name,
        namespace: scope.cluster.dataNamespace,
        of: kind,
        component: 'preparation',
        phase: 'prepare',
        annotations: { [hook]: 'Sync', [deletion]: 'BeforeHookCreation' },
      }),
      spec: {
        backoffLimit: scope.cluster.running.preparation.backoffLimit,
        activeDeadlineSeconds: scope.cluster.running.preparation.deadlineSeconds,
        ttlSecondsAfterFinished: scope.cluster.running.preparation.keptSeconds,
        podFailurePolicy: {
          rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
        },
        template: template.value,
      },
    },
    {
      spec: why,
      [`metadata.annotations.${hook}`]: 'At every sync, in the wave after the server is healthy.',
      [`metadata.annotations.${deletion}`]: 'A Job cannot be changed: that of the last sync goes first.',
      'spec.podFailurePolicy': 'A pod that was evicted is no failed attempt.',
      ...under('spec.template', template.comments),
    },
  );
}

export function exporterDeployment(
  scope: ClusterScope,
  file: string,
  { name: instance }: BackingInstancePlan,
  container: BackingContainerPlan,
): Manifest {
  const { name, kind, why } = container;
  const template = podTemplate(scope, {
    container,
    component: 'exporter',
    restartPolicy: 'Always',
    priorityClassName: null,
    instance,
  });
  return manifest(
    file,
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata(scope, {
        name,
        namespace: scope.cluster.dataNamespace,
        of: kind,
        component: 'exporter',
        phase: 'prepare',
        annotations: { 'kube-score/ignore': 'deployment-replicas' },
      }),
      spec: {
        replicas: 1,
        revisionHistoryLimit: 3,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        selector: { matchLabels: instanceSelector(name) },
        template: template.value,
      },
    },
    {
      spec: why,
      'spec.replicas': 'Two would count everything twice; while it is away, an alert says that nothing measures.',
      ...under('spec.template', template.comments),
    },
  );
}
