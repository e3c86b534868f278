// Turns a container of a backing resource into a pod template that Pod Security "restricted" admits.
import { certificateSecret, certificatesFolder } from '../../catalog/certificates';
import type { BackingContainerPlan, HealthCheckPlan } from '../../catalog/facts';
import { secretFolder } from '../../catalog/hardened-container';
import { literal } from '../shared/kubernetes/expansion';
import { type Commented, under } from '../shared/kubernetes/manifest';
import { amounts, mebibytes } from '../shared/kubernetes/quantity';
import { baseName, configMapName } from './configuration-files';
import { filesSecretName } from './external-secret';
import { logMiB } from './fixed';
import { type ClusterScope, ownLabels } from './scope';

const volumeNames = { files: 'configuration', secrets: 'secret-files', certificates: 'certificates' } as const;

interface PodSource {
  readonly container: BackingContainerPlan;
  readonly component: string;
  readonly restartPolicy: 'Always' | 'Never';
  readonly priorityClassName: string | null;
  /** The instance that the container runs, prepares or measures. */
  readonly instance: string;
}

export function podTemplate(scope: ClusterScope, source: PodSource): Commented {
  const { container, component, restartPolicy, priorityClassName, instance } = source;
  const [uid = '', gid = ''] = container.user.split(':');
  const user = { runAsNonRoot: true, runAsUser: Number(uid), runAsGroup: Number(gid) };
  const inner = containerOf(container, user, restartPolicy === 'Always');
  const volumes = volumesOf(container, instance);
  return {
    value: {
      metadata: { labels: ownLabels(scope, { name: container.name, of: container.kind, component }) },
      spec: {
        serviceAccountName: container.name,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        priorityClassName: priorityClassName ?? undefined,
        restartPolicy,
        terminationGracePeriodSeconds: container.stopGraceSeconds,
        securityContext: {
          ...user,
          fsGroup: Number(gid),
          fsGroupChangePolicy: 'OnRootMismatch',
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [inner.value],
        volumes: volumes.length > 0 ? volumes : undefined,
      },
    },
    comments: {
      'spec.automountServiceAccountToken': 'It does not call the Kubernetes API.',
      'spec.terminationGracePeriodSeconds': 'A server writes its memory to disk before it ends.',
      'spec.securityContext': 'Pod Security "restricted"; the volumes belong to the group.',
      ...under('spec.containers.0', inner.comments),
    },
  };
}

/** A container; `prefix` keeps the volumes of several containers of one pod apart. */
export function containerOf(container: BackingContainerPlan, user: object, isServer: boolean, prefix = ''): Commented {
  const { name, image, entrypoint, command, environment, ports, healthCheck, readOnlyRootFileSystem } = container;
  const mounts = mountsOf(container, prefix);
  const [port] = ports;
  const probes = isServer && healthCheck !== null && port !== undefined ? probesOf(healthCheck, port.name) : null;
  return {
    value: {
      name,
      image: `${image.repository}:${image.tag}`,
      imagePullPolicy: 'Always',
      command: entrypoint?.map(literal),
      args: command !== null && command.length > 0 ? command.map(literal) : undefined,
      env:
        environment.length > 0
          ? environment.map((variable) => ({ name: variable.name, value: literal(variable.value) }))
          : undefined,
      ports:
        ports.length > 0
          ? ports.map((own) => ({ name: own.name, containerPort: own.port, protocol: 'TCP' }))
          : undefined,
      ...probes?.value,
      resources: {
        requests: amounts({ ...container.request, ephemeralStorageMiB: logMiB }),
        limits: amounts({ ...container.limit, ephemeralStorageMiB: logMiB }),
      },
      securityContext: {
        ...user,
        privileged: false,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: readOnlyRootFileSystem,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      },
      volumeMounts: mounts.length > 0 ? mounts : undefined,
    },
    comments: {
      image: 'Digests are set in the kustomization: kustomize edit set image.',
      'resources.limits.ephemeral-storage': 'The log of the container: its writable folders are in memory.',
      ...probes?.comments,
    },
  };
}

/** A liveness probe that asks less than readiness does: a server that is busy is no reason to restart it. */
function probesOf(check: HealthCheckPlan, port: string): Commented {
  const { command, intervalSeconds, timeoutSeconds, startPeriodSeconds, retries } = check;
  const exec = { exec: { command: command.map(literal) } };
  const pace = { periodSeconds: intervalSeconds, timeoutSeconds };
  return {
    value: {
      // A probe counts failures where a health check counts seconds.
      startupProbe: { ...exec, ...pace, failureThreshold: Math.ceil(startPeriodSeconds / intervalSeconds) + retries },
      readinessProbe: { ...exec, ...pace, failureThreshold: retries },
      livenessProbe: { tcpSocket: { port }, ...pace, failureThreshold: retries },
    },
    comments: {
      startupProbe: `${startPeriodSeconds} s to start, then ${retries} more attempts.`,
      livenessProbe: 'Only whether the port is open: what is slow gets no clients, what is dead is restarted.',
    },
  };
}

const hasCertificates = ({ certificate, verifies }: BackingContainerPlan): boolean => certificate !== null || verifies;

/** A server's own certificate with its key; of another one only the authority's. */
function certificateVolumes(container: BackingContainerPlan, instance: string, prefix: string): object[] {
  if (!hasCertificates(container)) return [];
  const secret = { secretName: certificateSecret(instance), defaultMode: 0o440 };
  const authority = { items: [{ key: 'ca.crt', path: 'ca.crt' }] };
  return [
    {
      name: `${prefix}${volumeNames.certificates}`,
      secret: container.certificate === null ? { ...secret, ...authority } : secret,
    },
  ];
}

function mountsOf(container: BackingContainerPlan, prefix: string): object[] {
  const { files, secretFiles, volumes, writableFolders } = container;
  const folder = (name: string, mountPath: string) => ({ name: `${prefix}${name}`, mountPath, readOnly: true });
  return [
    ...volumes.map(({ name, path }) => ({ name, mountPath: path })),
    ...writableFolders.map(({ name, path }) => ({ name: `${prefix}${name}`, mountPath: path })),
    ...files.map(({ target }) => ({
      name: `${prefix}${volumeNames.files}`,
      mountPath: target,
      subPath: baseName(target),
      readOnly: true,
    })),
    ...(secretFiles.length > 0 ? [folder(volumeNames.secrets, secretFolder)] : []),
    ...(hasCertificates(container) ? [folder(volumeNames.certificates, certificatesFolder)] : []),
  ];
}

/** All but the claims of a StatefulSet. Modes are decimal, since YAML 1.1 and 1.2 read octal numbers differently. */
export function volumesOf(container: BackingContainerPlan, instance: string, prefix = ''): object[] {
  const { files, secretFiles, writableFolders } = container;
  return [
    ...writableFolders.map(({ name, sizeMiB }) => ({
      name: `${prefix}${name}`,
      emptyDir: { medium: 'Memory', sizeLimit: mebibytes(sizeMiB) },
    })),
    ...(files.length > 0
      ? [
          {
            name: `${prefix}${volumeNames.files}`,
            configMap: {
              name: configMapName(container),
              items: files.map(({ target, executable }) => ({
                key: baseName(target),
                path: baseName(target),
                mode: executable ? 0o550 : 0o440,
              })),
            },
          },
        ]
      : []),
    ...(secretFiles.length > 0
      ? [
          {
            name: `${prefix}${volumeNames.secrets}`,
            secret: { secretName: filesSecretName(container), defaultMode: 0o440 },
          },
        ]
      : []),
    ...certificateVolumes(container, instance, prefix),
  ];
}
