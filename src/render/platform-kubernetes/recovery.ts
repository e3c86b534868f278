// Turns the jobs of backups and restore tests into CronJobs with an identity, secrets and scripts of their own.
import type { BackupJob } from '../../catalog/backups';
import type { BackingInstancePlan } from '../../plan/types/platform';
import { type Commented, type Manifest, manifest, under } from '../shared/kubernetes/manifest';
import { mebibytes } from '../shared/kubernetes/quantity';
import { configMapGenerator, configurationFiles } from './configuration-files';
import { fileSecrets } from './external-secret';
import { imagesOf } from './images';
import { containerOf, volumesOf } from './pod';
import { type ClusterScope, type Concern, metadata, ownLabels } from './scope';

/** Jobs of an instance that the cluster runs. */
export const scheduledJobs = ({ recovery }: BackingInstancePlan): readonly BackupJob[] =>
  (recovery?.jobs ?? []).filter(({ schedule }) => schedule !== null);

export function recovery(scope: ClusterScope): Concern {
  const all = scope.cluster.instances.flatMap((instance) => scheduledJobs(instance).map((job) => ({ instance, job })));
  const stages = all.flatMap(({ job }) => job.stages);
  return {
    folder: 'recovery',
    manifests: all.flatMap(({ instance, job }) => jobManifests(scope, instance, job)),
    files: stages.flatMap(configurationFiles),
    kustomization:
      all.length === 0
        ? {}
        : {
            configMapGenerator: stages.map((container) => configMapGenerator(scope, container)),
            images: imagesOf(stages.map(({ image }) => image)),
          },
  };
}

function jobManifests(scope: ClusterScope, instance: BackingInstancePlan, job: BackupJob): Manifest[] {
  const file = `${instance.name}.yaml`;
  const { dataNamespace: namespace } = scope.cluster;
  const template = jobPod(scope, instance, job);
  const account = manifest(
    file,
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadata(scope, { name: job.name, namespace, of: instance.kind, phase: 'configure' }),
      automountServiceAccountToken: false,
    },
    {
      metadata: job.reachesCloud
        ? 'An EKS Pod Identity association gives it its rights at S3, and nothing else.'
        : job.why,
    },
  );
  const cronJob = manifest(
    file,
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: metadata(scope, {
        name: job.name,
        namespace,
        of: instance.kind,
        component: job.purpose,
        phase: 'prepare',
      }),
      spec: {
        schedule: job.schedule,
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: scope.cluster.running.saving.startingDeadlineSeconds,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          spec: {
            backoffLimit: scope.cluster.running.saving.backoffLimit,
            activeDeadlineSeconds: job.deadlineSeconds,
            ttlSecondsAfterFinished: scope.cluster.running.saving.keptSeconds,
            template: template.value,
          },
        },
      },
    },
    {
      spec: job.why,
      'spec.concurrencyPolicy': 'The one before is not done: a second one would only slow it down.',
      ...under('spec.jobTemplate.spec.template', template.comments),
    },
  );
  return [account, ...job.stages.flatMap((stage) => fileSecrets(scope, file, instance, stage)), cronJob];
}

/** All stages but the last run first and one after another. */
function jobPod(scope: ClusterScope, instance: BackingInstancePlan, job: BackupJob): Commented {
  const users = job.stages.map(({ user }) => user.split(':').map(Number));
  const [[uid = 0, gid = 0] = []] = users;
  const user = { runAsNonRoot: true, runAsUser: uid, runAsGroup: gid };
  const prefix = (index: number): string => `stage-${index}-`;
  const containers = job.stages.map((stage, index) => containerOf(stage, user, false, prefix(index)));
  const last = containers.length - 1;
  const work =
    job.workMiB === 0
      ? []
      : [
          {
            name: 'work',
            ephemeral: {
              volumeClaimTemplate: {
                spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: mebibytes(job.workMiB) } } },
              },
            },
          },
        ];
  const volumes = [...work, ...job.stages.flatMap((stage, index) => volumesOf(stage, instance.name, prefix(index)))];
  return {
    value: {
      metadata: { labels: ownLabels(scope, { name: job.name, of: instance.kind, component: job.purpose }) },
      spec: {
        serviceAccountName: job.name,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        restartPolicy: 'Never',
        securityContext: {
          ...user,
          fsGroup: gid,
          fsGroupChangePolicy: 'OnRootMismatch',
          seccompProfile: { type: 'RuntimeDefault' },
        },
        initContainers: last > 0 ? containers.slice(0, last).map(({ value }) => value) : undefined,
        containers: containers.slice(last).map(({ value }) => value),
        volumes: volumes.length > 0 ? volumes : undefined,
      },
    },
    comments: {
      'spec.automountServiceAccountToken': 'It does not call the Kubernetes API.',
      ...(last > 0
        ? { 'spec.initContainers': 'One after another; the next one starts when the one before has succeeded.' }
        : {}),
      ...(work.length > 0 ? { 'spec.volumes.0': 'A disk that is made for the pod and gone with it.' } : {}),
      ...Object.assign(
        {},
        ...containers.map(({ comments }, index) =>
          under(index === last ? 'spec.containers.0' : `spec.initContainers.${index}`, comments),
        ),
      ),
    },
  };
}
