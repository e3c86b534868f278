// Turns the web workload or a worker into a Deployment.
import type { WorkloadPlan } from '../../plan/types';
import type { YamlComments } from '../shared/yaml';
import { metadata, workloadSelector } from './labels';
import { type Commented, type Manifest, manifest, type Scope, under } from './manifest';
import { podTemplate } from './pod';
import { probesOf } from './probes';
import { isProgressive } from './rollout';

/** The number of replicas is somebody else's: an autoscaler's, or the Rollout's that takes over the pods. */
const replicasAreLeftOut = (workload: WorkloadPlan): boolean =>
  workload.scale.signals.length > 0 || isProgressive(workload);

export function deployment(scope: Scope, workload: WorkloadPlan, file: string): Manifest {
  const template = podTemplate(scope, {
    ...workload,
    container: containerOf(workload),
    pod: podOf(scope, workload),
    annotations: {},
  });
  const { rollout } = workload;
  return manifest(
    file,
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata(scope, {
        name: workload.name,
        component: workload.component,
        phase: 'run',
        annotations: waiversOf(workload),
      }),
      spec: {
        replicas: replicasAreLeftOut(workload) ? undefined : workload.scale.minReplicas,
        revisionHistoryLimit: rollout.revisionHistoryLimit,
        minReadySeconds: rollout.minReadySeconds,
        progressDeadlineSeconds: rollout.progressDeadlineSeconds,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: rollout.maxSurge, maxUnavailable: rollout.maxUnavailable },
        },
        selector: { matchLabels: workloadSelector(scope, workload.name) },
        template: template.value,
      },
    },
    { ...replicaComments(workload), ...under('spec.template', template.comments) },
  );
}

function containerOf(workload: WorkloadPlan): Commented {
  const probes = probesOf(workload.probes);
  const { preStopSeconds } = workload.shutdown;
  const comments: YamlComments =
    preStopSeconds > 0
      ? { lifecycle: 'Requests still arrive until every proxy has heard that the pod leaves: wait, then SIGTERM.' }
      : {};
  return {
    value: {
      ports: workload.port === null ? undefined : [{ name: 'http', containerPort: workload.port, protocol: 'TCP' }],
      ...probes.value,
      lifecycle: preStopSeconds > 0 ? { preStop: { sleep: { seconds: preStopSeconds } } } : undefined,
    },
    comments: { ...probes.comments, ...comments },
  };
}

function podOf(scope: Scope, workload: WorkloadPlan): Commented {
  const { preStopSeconds, drainSeconds, terminationGraceSeconds } = workload.shutdown;
  const labelSelector = { matchLabels: workloadSelector(scope, workload.name) };
  // Counts the pods of one revision alone, or a rollout would spread against the pods that it replaces.
  const matchLabelKeys = [isProgressive(workload) ? 'rollouts-pod-template-hash' : 'pod-template-hash'];
  const spread = (topologyKey: string, whenUnsatisfiable: WorkloadPlan['zoneSpread']): object => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable,
    labelSelector,
    matchLabelKeys,
  });
  return {
    value: {
      terminationGracePeriodSeconds: terminationGraceSeconds,
      topologySpreadConstraints: [
        spread('topology.kubernetes.io/zone', workload.zoneSpread),
        spread('kubernetes.io/hostname', 'ScheduleAnyway'),
      ],
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } },
          ],
        },
      },
    },
    comments: {
      terminationGracePeriodSeconds: `${preStopSeconds} s before SIGTERM, ${drainSeconds} s to drain, the rest is margin.`,
      topologySpreadConstraints:
        workload.zoneSpread === 'ScheduleAnyway'
          ? 'Preferences: when a zone is lost its pods must find a place elsewhere.'
          : 'Zones are kept even; nodes as far as there is room.',
      affinity: 'The same once more: kube-score and kube-linter do not count the spread constraints.',
    },
  };
}

/** kube-score wants replicas or an autoscaler on the Deployment, Argo Rollouts wants both on the Rollout. */
const ignore = 'kube-score/ignore';

function waiversOf(workload: WorkloadPlan): Readonly<Record<string, string>> {
  return isProgressive(workload) ? { [ignore]: 'deployment-replicas' } : {};
}

function replicaComments(workload: WorkloadPlan): YamlComments {
  if (isProgressive(workload)) {
    return {
      [`metadata.annotations.${ignore}`]: 'kube-score does not know that the Rollout of this name runs the pods.',
      spec: 'No replicas: the Rollout takes the pods over, and a number here would bring the old ones back at each apply.',
    };
  }
  return replicasAreLeftOut(workload)
    ? { spec: 'No replicas: the autoscaler sets them, and a number here would undo it at each apply.' }
    : {};
}
