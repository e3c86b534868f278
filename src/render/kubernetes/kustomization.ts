// Turns objects and differences into kustomization.yaml of the base and of an overlay.
import { parsePointer } from '../shared/json-patch';
import { toYaml, type YamlComments } from '../shared/yaml';
import { configMapGenerator } from './config-map';
import type { Change } from './difference';
import type { KubernetesObject, Manifest, Scope } from './manifest';
import type { OverlayDifference } from './overlay';
import { configMapName } from './variables';

const header = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };

/** What happens to the ConfigMap between the base and an environment. */
export type ConfigChange = 'same' | 'create' | 'replace' | 'remove';

export function baseKustomization(scope: Scope, files: readonly string[], hasConfig: boolean): string {
  return toYaml(
    {
      ...header,
      namespace: scope.environment.namespace,
      resources: files,
      ...(hasConfig ? { configMapGenerator: [configMapGenerator(scope, 'create')] } : {}),
    },
    {
      namespace: 'Each overlay sets its own; nothing is deployed from here.',
      ...(hasConfig ? configComments : {}),
    },
  );
}

export function overlayKustomization(
  scope: Scope,
  difference: OverlayDifference,
  files: readonly string[],
  config: ConfigChange,
): string {
  const { image } = scope.plan;
  const generated = config === 'create' || config === 'replace';
  const patches = [
    ...difference.patched.map(({ manifest, changes }) => patchOf(manifest, changes)),
    ...difference.removed.map(({ object }) => deletionOf(object, object.metadata.name)),
    ...(config === 'remove' ? [deletionOf({ apiVersion: 'v1', kind: 'ConfigMap' }, configMapName(scope))] : []),
  ];
  return toYaml(
    {
      ...header,
      namespace: scope.environment.namespace,
      resources: ['../../base', ...files],
      ...(generated ? { configMapGenerator: [configMapGenerator(scope, config)] } : {}),
      images: [{ name: image.repository, newTag: image.tag }],
      ...(patches.length > 0 ? { patches } : {}),
    },
    {
      images: 'The delivery sets what it has built: kustomize edit set image, by digest.',
      ...(generated ? configComments : {}),
      ...patchComments(scope, difference),
    },
  );
}

const configComments: YamlComments = {
  'configMapGenerator.0.envs': 'Not `literals`, from which kustomize strips quotes.',
};

function patchOf({ object, comments }: Manifest, changes: readonly Change[]): object {
  const operations = changes.map(({ operation: { op, path, value } }) =>
    op === 'remove' ? { op, path } : { op, path, value },
  );
  const reasons = changes.flatMap((change, index) => {
    const reason = reasonOf(change, comments);
    return reason === null ? [] : [[String(index), reason]];
  });
  return { target: targetOf(object, object.metadata.name), patch: toYaml(operations, Object.fromEntries(reasons)) };
}

/** Why something is added, as its manifest says; otherwise what was there before, where that is short. */
function reasonOf({ operation, before }: Change, comments: YamlComments): string | null {
  if (operation.op === 'add') return comments[(parsePointer(operation.path) ?? []).join('.')] ?? null;
  const text = ['string', 'number', 'boolean'].includes(typeof before) ? String(before) : '';
  return text === '' || text.length > 60 || text.includes('\n') ? null : `In the base: ${text}`;
}

/** `$patch: delete` is kustomize's own directive; it goes by kind and name for custom resources as well. */
function deletionOf(object: Pick<KubernetesObject, 'apiVersion' | 'kind'>, name: string): object {
  const { apiVersion, kind } = object;
  return { target: targetOf(object, name), patch: toYaml({ $patch: 'delete', apiVersion, kind, metadata: { name } }) };
}

/** Kustomize reads the fields of a target as regular expressions, which a DNS name with a dot in it would be too. */
function targetOf({ apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>, name: string): object {
  const [version, group] = apiVersion.split('/').reverse();
  return { ...(group === undefined ? {} : { group }), version, kind, name };
}

function patchComments({ environment }: Scope, { patched, removed }: OverlayDifference): YamlComments {
  return Object.fromEntries([
    ...patched.map(({ changes }, index): [string, string] => [
      `patches.${index}`,
      `Differs in ${[...new Set(changes.map(({ operation }) => subject(operation.path)))].join(', ')}.`,
    ]),
    ...removed.map(({ object }, index): [string, string] => [
      `patches.${patched.length + index}`,
      `${environment.name} has no ${object.kind} ${object.metadata.name}.`,
    ]),
  ]);
}

/** The last name in a pointer: what a person would call the field. */
function subject(pointer: string): string {
  const keys = parsePointer(pointer) ?? [];
  return keys.filter((key) => !/^[0-9]+$/.test(key)).at(-1) ?? pointer;
}
