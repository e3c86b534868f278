// Turns secret files of a container, and accounts of an instance, into ExternalSecrets: a reference to the store, never a value.
import type { BackingContainerPlan, SecretSource } from '../../catalog/facts';
import type { BackingInstancePlan } from '../../plan/types/platform';
import { type Manifest, manifest } from '../shared/kubernetes/manifest';
import { fetched, identifier } from '../shared/kubernetes/remote-secret';
import { secretTemplate } from '../shared/kubernetes/secret-template';
import { type ClusterScope, metadata, ownLabels } from './scope';

interface SecretPlan {
  readonly name: string;
  readonly of: string;
  readonly type: 'Opaque' | 'kubernetes.io/basic-auth';
  readonly labels: Readonly<Record<string, string>>;
  readonly sources: readonly SecretSource[];
  readonly data: Readonly<Record<string, string>>;
  readonly why: string;
}

export const filesSecretName = ({ name }: BackingContainerPlan): string => `${name}-files`;

/** One file per key, filled in inside the cluster; nothing when the container has no secret file. */
export function fileSecrets(
  scope: ClusterScope,
  file: string,
  instance: BackingInstancePlan,
  container: BackingContainerPlan,
): Manifest[] {
  const { secretFiles, kind } = container;
  if (secretFiles.length === 0) return [];
  const used = new Set(
    secretFiles.flatMap(({ content }) => content.flatMap((part) => (part.kind === 'secret' ? [part.secret] : []))),
  );
  return [
    externalSecret(scope, file, {
      name: filesSecretName(container),
      of: kind,
      type: 'Opaque',
      labels: {},
      sources: [...used].map((id) => source(instance, id)),
      data: Object.fromEntries(
        secretFiles.map(({ name, content }) => [name, secretTemplate(content, (id) => `.${identifier(id)}`)]),
      ),
      why: `One file per key, mounted by ${container.name} only.`,
    }),
  ];
}

/** Lets CloudNativePG apply a password that was rotated; means nothing to the others. */
const reload = { 'cnpg.io/reload': 'true' };

/** User and password of each service, and of the exporter, at an instance that an operator runs. */
export function accountSecrets(scope: ClusterScope, file: string, instance: BackingInstancePlan): Manifest[] {
  if (instance.objects.length === 0) return [];
  return [
    ...instance.accounts.flatMap(({ service, user, passwordSecret, secretName }) =>
      passwordSecret === null
        ? []
        : [
            {
              user,
              used: source(instance, passwordSecret),
              secretName,
              why: `Account of ${service}: it reads the same entry of the store.`,
            },
          ],
    ),
    ...monitorAccount(instance),
  ].map(({ user, used, secretName, why }) =>
    externalSecret(scope, file, {
      name: secretName,
      of: instance.kind,
      type: 'kubernetes.io/basic-auth',
      labels: reload,
      sources: [used],
      data: {
        username: secretTemplate([{ kind: 'literal', text: user }], () => ''),
        password: `{{ .${identifier(used.id)} }}`,
      },
      why,
    }),
  );
}

function monitorAccount(instance: BackingInstancePlan) {
  const { monitorAccount: account } = instance;
  if (account === null) return [];
  const { user, passwordSecret, secretName } = account;
  return [{ user, used: source(instance, passwordSecret), secretName, why: 'Account of the exporter.' }];
}

function source({ name, secretSources }: BackingInstancePlan, id: string): SecretSource {
  const found = secretSources.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`BUG: no secret source "${id}" of ${name}`);
  return found;
}

function externalSecret(scope: ClusterScope, file: string, plan: SecretPlan): Manifest {
  const { secretStore, dataNamespace } = scope.cluster;
  const { name, of, type, labels, sources, data, why } = plan;
  return manifest(
    file,
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: metadata(scope, { name, namespace: dataNamespace, of, phase: 'configure' }),
      spec: {
        secretStoreRef: { kind: secretStore.kind, name: secretStore.name },
        refreshPolicy: 'Periodic',
        refreshInterval: secretStore.refreshInterval,
        target: {
          name,
          creationPolicy: 'Owner',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            mergePolicy: 'Replace',
            type,
            metadata: { labels: { ...ownLabels(scope, { name, of }), ...labels }, annotations: {} },
            data,
          },
        },
        data: sources.length > 0 ? sources.map(fetched) : undefined,
      },
    },
    {
      'spec.target.deletionPolicy': 'Running pods keep their secrets when the store loses them.',
      'spec.target.template.data': why,
      ...Object.fromEntries(sources.map(({ description }, index) => [`spec.data.${index}`, description])),
    },
  );
}
