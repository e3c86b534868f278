// Turns a workload, a job or the migration into a pod template that Pod Security "restricted" admits.
import type { NameValue, ResourcesPlan, WritableFolder } from '../../plan/types';
import { literal } from '../shared/kubernetes/expansion';
import { amounts, mebibytes } from '../shared/kubernetes/quantity';
import type { YamlComments } from '../shared/yaml';
import { type Component, podLabels } from './labels';
import { type Commented, type Scope, under } from './manifest';
import { environmentOf, secretVariables } from './variables';

/** Name of the volume that holds the secret files. */
const secretsVolume = 'secrets';
/** Name of the volume that holds the authority's certificate. */
const authorityVolume = 'authority';

/** What all pods of a service have in common. */
export interface PodSource {
  readonly name: string;
  readonly component: Component;
  readonly command: readonly string[] | null;
  readonly resources: ResourcesPlan;
  readonly environment: readonly NameValue[];
  readonly writableFolders: readonly WritableFolder[];
  /** Fields that only this sort of pod has: ports, probes, lifecycle. */
  readonly container: Commented;
  /** Fields that only this sort of pod has: restart policy, grace, spread. */
  readonly pod: Commented;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A pod template. */
export function podTemplate(scope: Scope, source: PodSource): Commented {
  const container = containerOf(scope, source);
  const { user } = scope.plan.build;
  const { volumes, comments: volumeComments } = volumesOf(scope, source);
  const hasAnnotations = Object.keys(source.annotations).length > 0;
  const value = {
    metadata: {
      labels: podLabels(scope, source.name, source.component),
      annotations: hasAnnotations ? source.annotations : undefined,
    },
    spec: {
      serviceAccountName: scope.plan.identity.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      priorityClassName: scope.environment.priorityClassName ?? undefined,
      ...source.pod.value,
      ...placement(scope, source.pod.value),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: user.uid,
        runAsGroup: user.gid,
        fsGroup: user.gid,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [container.value],
      volumes: volumes.length > 0 ? volumes : undefined,
    },
  };
  const comments: YamlComments = {
    'spec.automountServiceAccountToken': 'The service does not call the Kubernetes API.',
    'spec.enableServiceLinks': 'One variable per Service of the namespace would fill the environment.',
    'spec.securityContext': 'Pod Security "restricted". The numbers are those of the image\'s own user.',
    ...(scope.environment.spot === null
      ? {}
      : {
          'spec.tolerations':
            'Spot capacity first, since the work of this tier can wait; any other node where there is none.',
        }),
    ...under('spec', source.pod.comments),
    ...under('spec.containers.0', container.comments),
    ...under('spec', volumeComments),
  };
  return { value, comments };
}

/** On spot capacity where there is some, on any other node where there is none. */
function placement({ environment: { spot } }: Scope, own: Commented['value']) {
  if (spot === null) return {};
  const { key, value } = spot;
  return {
    tolerations: [{ key, operator: 'Equal', value, effect: 'NoSchedule' }],
    affinity: {
      ...('affinity' in own ? (own.affinity as object) : {}),
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, preference: { matchExpressions: [{ key, operator: 'In', values: [value] }] } },
        ],
      },
    },
  };
}

function containerOf(scope: Scope, source: PodSource): Commented {
  const { user } = scope.plan.build;
  const environment = environmentOf(scope, source.environment, source.component);
  const mounts = mountsOf(scope, source);
  return {
    value: {
      name: source.name,
      image: `${scope.plan.image.repository}:${scope.plan.image.tag}`,
      imagePullPolicy: 'Always',
      command: source.command?.map(literal),
      ...environment.value,
      ...source.container.value,
      resources: { requests: amounts(source.resources.request), limits: amounts(source.resources.limit) },
      securityContext: {
        runAsNonRoot: true,
        runAsUser: user.uid,
        runAsGroup: user.gid,
        privileged: false,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      },
      volumeMounts: mounts.length > 0 ? mounts : undefined,
    },
    comments: {
      image: 'The delivery sets tag or digest: kustomize edit set image.',
      imagePullPolicy:
        'The registry is asked at each start, so that credentials count and a node never runs a stale layer.',
      ...environment.comments,
      ...source.container.comments,
    },
  };
}

function mountsOf(scope: Scope, source: PodSource): object[] {
  const { trust } = scope.environment;
  const folders = [
    ...source.writableFolders.map(({ name, path }) => ({ name, mountPath: path })),
    ...(trust === null ? [] : [{ name: authorityVolume, mountPath: trust.folder, readOnly: true }]),
  ];
  if (secretVariables(scope.environment).length === 0) return folders;
  return [...folders, { name: secretsVolume, mountPath: scope.environment.secretStore.mountPath, readOnly: true }];
}

function authorityVolumes({ environment: { trust } }: Scope): object[] {
  if (trust === null || trust.secretName === null) return [];
  const items = [{ key: 'ca.crt', path: 'ca.crt' }];
  return [{ name: authorityVolume, secret: { secretName: trust.secretName, items, defaultMode: 0o440 } }];
}

function volumesOf(scope: Scope, source: PodSource): { volumes: object[]; comments: YamlComments } {
  const writable: object[] = source.writableFolders.map(({ name, sizeMiB }) => ({
    name,
    emptyDir: { sizeLimit: mebibytes(sizeMiB) },
  }));
  const authority = authorityVolumes(scope);
  const folders = [...writable, ...authority];
  const size: YamlComments = {
    ...(writable.length > 0
      ? { 'volumes.0': 'Written to although the root file system is read-only; counted in the ephemeral storage.' }
      : {}),
    ...(authority.length > 0
      ? {
          [`volumes.${writable.length}`]:
            'The certificate of the authority that servers in the cluster are verified by; no key.',
        }
      : {}),
  };
  if (secretVariables(scope.environment).length === 0) return { volumes: folders, comments: size };
  const taken = source.writableFolders.find(({ name }) => name === secretsVolume || name === authorityVolume);
  if (taken !== undefined) throw new Error(`BUG: a writable folder is named "${taken.name}"`);
  // Read by root and by fsGroup.
  const secret = { secretName: scope.environment.secretStore.secretName, defaultMode: 0o440 };
  return {
    volumes: [...folders, { name: secretsVolume, secret }],
    comments: {
      ...size,
      [`volumes.${folders.length}.secret.defaultMode`]:
        '0440; written in decimal, since YAML 1.1 and 1.2 read octal numbers differently.',
    },
  };
}
