// Turns every backing instance that runs in the cluster into the objects that run it, and every watched one into its exporter.
import { certificateSecret } from '../../catalog/certificates';
import type { BackingContainerPlan, ServerCertificatePlan } from '../../catalog/facts';
import { certificateSpec } from '../../catalog/server-certificate';
import type { BackingInstancePlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { type Manifest, manifest } from '../shared/kubernetes/manifest';
import { configMapGenerator, configurationFiles } from './configuration-files';
import { exporterManifests } from './exporter';
import { accountSecrets, fileSecrets } from './external-secret';
import { podsElsewhere } from './fixed';
import { imagesOf } from './images';
import { type ClusterScope, type Concern, instanceSelector, metadata } from './scope';
import { headlessName, preparationJob, serviceAccount, statefulSet } from './workloads';

export function data(scope: ClusterScope): Concern {
  const { instances } = scope.cluster;
  const containers = instances.flatMap(({ containers: own, exporter }) => [
    ...own,
    ...(exporter === null || exporter.container === null ? [] : [exporter.container]),
  ]);
  const configured = containers.filter(({ files }) => files.length > 0);
  const images = imagesOf([
    ...containers.map(({ image }) => image),
    ...instances.flatMap(({ pooling, runs }) => (pooling === null || runs !== 'operator' ? [] : [pooling.image])),
  ]);
  return {
    folder: 'data',
    manifests: instances.flatMap((instance) => [
      ...objects(scope, instance),
      ...accountSecrets(scope, fileOf(instance), instance),
      ...instance.containers.flatMap((container) => containerManifests(scope, instance, container)),
      ...(instance.exporter === null ? [] : exporterManifests(scope, instance, instance.exporter)),
    ]),
    files: configured.flatMap((container): GeneratedFile[] => configurationFiles(container)),
    kustomization: {
      ...(configured.length > 0
        ? { configMapGenerator: configured.map((container) => configMapGenerator(scope, container)) }
        : {}),
      ...(images.length > 0 ? { images } : {}),
    },
  };
}

const fileOf = ({ name }: BackingInstancePlan): string => `${name}.yaml`;

/** Custom resources as their operator knows them. */
function objects(scope: ClusterScope, instance: BackingInstancePlan): Manifest[] {
  return instance.objects.map(({ apiVersion, kind, name, labels, body, why }) => {
    const { '': whole, ...reasons } = why;
    const known = metadata(scope, {
      name,
      namespace: scope.cluster.dataNamespace,
      of: instance.kind,
      phase: 'run',
      labels,
      annotations: kind === 'Service' ? podsElsewhere.service : {},
    });
    return manifest(
      fileOf(instance),
      { apiVersion, kind, metadata: known, ...body },
      { ...(whole === undefined ? {} : { metadata: whole }), ...reasons },
    );
  });
}

function containerManifests(
  scope: ClusterScope,
  instance: BackingInstancePlan,
  container: BackingContainerPlan,
): Manifest[] {
  const file = fileOf(instance);
  return [
    serviceAccount(scope, file, container),
    ...fileSecrets(scope, file, instance, container),
    ...(container.certificate === null ? [] : [certificate(scope, file, container, container.certificate)]),
    ...(container.oneShot
      ? [preparationJob(scope, file, instance, container)]
      : [
          service(scope, file, container, 'clients'),
          service(scope, file, container, 'replicas'),
          statefulSet(scope, file, instance, container),
          ...(instance.replicas > 1 ? [disruptionBudget(scope, file, container)] : []),
        ]),
  ];
}

function certificate(
  scope: ClusterScope,
  file: string,
  { name, kind }: BackingContainerPlan,
  plan: ServerCertificatePlan,
): Manifest {
  const secretName = certificateSecret(name);
  return manifest(
    file,
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: metadata(scope, {
        name: secretName,
        namespace: scope.cluster.dataNamespace,
        of: kind,
        phase: 'configure',
      }),
      spec: certificateSpec(scope.plan.identity.name, secretName, plan),
    },
    { 'spec.dnsNames': 'What services call it, then itself.' },
  );
}

/** For clients one address that follows the pod; for replicas a name of each, before they are ready too. */
function service(
  scope: ClusterScope,
  file: string,
  { name, kind, ports }: BackingContainerPlan,
  use: 'clients' | 'replicas',
): Manifest {
  const isHeadless = use === 'replicas';
  return manifest(
    file,
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(scope, {
        name: isHeadless ? headlessName(name) : name,
        namespace: scope.cluster.dataNamespace,
        of: kind,
        component: 'server',
        phase: 'run',
      }),
      spec: {
        type: 'ClusterIP',
        clusterIP: isHeadless ? 'None' : undefined,
        publishNotReadyAddresses: isHeadless ? true : undefined,
        selector: instanceSelector(name),
        ports: ports.map((own) => ({ name: own.name, port: own.port, targetPort: own.name, protocol: 'TCP' })),
      },
    },
    isHeadless ? { 'spec.clusterIP': 'A name for each replica, which a StatefulSet asks for.' } : {},
  );
}

function disruptionBudget(scope: ClusterScope, file: string, { name, kind }: BackingContainerPlan): Manifest {
  return manifest(file, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(scope, { name, namespace: scope.cluster.dataNamespace, of: kind, phase: 'run' }),
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: instanceSelector(name) },
    },
  });
}
