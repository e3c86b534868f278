// Turns a scheduled job or the migration into the spec of a Job.
import type { NameValue, ResourcesPlan, WritableFolder } from '../../plan/types';
import type { Component } from './labels';
import { type Commented, type Scope, under } from './manifest';
import { podTemplate } from './pod';

/** What jobs and migrations have in common. */
interface RunToEnd {
  readonly name: string;
  readonly command: readonly string[];
  readonly timeoutSeconds: number;
  readonly backoffLimit: number;
  readonly ttlSecondsAfterFinished: number;
  readonly resources: ResourcesPlan;
  readonly environment: readonly NameValue[];
  readonly writableFolders: readonly WritableFolder[];
}

export function jobSpec(scope: Scope, job: RunToEnd, component: Component): Commented {
  const template = podTemplate(scope, {
    ...job,
    component,
    container: { value: {}, comments: {} },
    pod: {
      value: { restartPolicy: 'Never' },
      comments: { restartPolicy: 'A failed attempt keeps its pod and its log; the next one is a new pod.' },
    },
    // A node that is emptied to save money can wait for the end of a run.
    annotations: { 'karpenter.sh/do-not-disrupt': 'true', 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' },
  });
  return {
    value: {
      backoffLimit: job.backoffLimit,
      activeDeadlineSeconds: job.timeoutSeconds,
      ttlSecondsAfterFinished: job.ttlSecondsAfterFinished,
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
      },
      template: template.value,
    },
    comments: {
      activeDeadlineSeconds: 'The longest run, all attempts together.',
      podFailurePolicy: 'A pod that was evicted is no failed attempt.',
      ...under('template', template.comments),
      'template.metadata.annotations': 'Nodes are not emptied to save money while it runs.',
    },
  };
}
