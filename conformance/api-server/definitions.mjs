// Turns the schemas of custom resources, one file per kind and version, into CustomResourceDefinitions.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { schemasFolder } from '../schemas.mjs';

/** Kinds outside namespaces, by group: the schemas do not say it. */
const clusterScoped = {
  'argoproj.io': ['ClusterAnalysisTemplate'],
  'cert-manager.io': ['ClusterIssuer'],
  'external-secrets.io': ['ClusterSecretStore', 'ClusterExternalSecret', 'ClusterPushSecret'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'keda.sh': ['ClusterTriggerAuthentication', 'ClusterCloudEventSource'],
  'postgresql.cnpg.io': ['ClusterImageCatalog'],
  'projectcalico.org': [
    'BGPConfiguration',
    'BGPFilter',
    'BGPPeer',
    'BlockAffinity',
    'CalicoNodeStatus',
    'ClusterInformation',
    'FelixConfiguration',
    'GlobalNetworkPolicy',
    'GlobalNetworkSet',
    'HostEndpoint',
    'IPAMBlock',
    'IPAMConfiguration',
    'IPAMHandle',
    'IPPool',
    'IPReservation',
    'KubeControllersConfiguration',
    'Profile',
    'StagedGlobalNetworkPolicy',
    'Tier',
  ],
};

const pluralOf = (kind) => {
  const name = kind.toLowerCase();
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
};

/** `oneOf` text and number, as some converters spell a value that may be either. */
const isIntOrString = (list = []) =>
  list.every((entry) => Object.keys(entry).join() === 'type') &&
  ['integer,string', 'number,string'].includes(
    list
      .map(({ type }) => type)
      .sort()
      .join(),
  );

/**
 * The schema as the API server takes it: it closes objects itself (an unknown field is an error under strict validation), so
 * `additionalProperties: false` goes; text-or-number is spelled by its own extension.
 */
export const structural = (schema) => {
  if (Array.isArray(schema)) return schema.map(structural);
  if (typeof schema !== 'object' || schema === null) return schema;
  const result = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'additionalProperties' && value === false) continue;
    if (key === 'properties' || key === 'patternProperties')
      result[key] = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, structural(part)]));
    else if (['items', 'additionalProperties', 'not', 'allOf', 'anyOf', 'oneOf'].includes(key))
      result[key] = structural(value);
    else result[key] = value;
  }
  if (result.type === undefined && isIntOrString(result.oneOf)) {
    delete result.oneOf;
    result['x-kubernetes-int-or-string'] = true;
  }
  return result;
};

/** `v2 > v1 > v1beta2 > v1beta1 > v1alpha1`, as the API server ranks them. */
const rank = (version) => {
  const [, major, stage, minor] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  return (stage === undefined ? 2e6 : stage === 'beta' ? 1e6 : 0) + Number(major) * 1e3 + Number(minor ?? 0);
};

/** The definition of a kind with every version that the schemas know, or null when they know none. */
export const definitionOf = async (group, kind) => {
  const folder = join(schemasFolder, 'crds', group);
  const files = await readdir(folder).catch(() => []);
  const versions = files
    .map((file) => /^(.*)_(v[^_]*)\.json$/.exec(file))
    .filter((match) => match !== null && match[1] === kind.toLowerCase())
    .map(([file, , version]) => ({ file, version }))
    .sort((a, b) => rank(b.version) - rank(a.version));
  if (versions.length === 0) return null;
  const plural = pluralOf(kind);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Groups of Kubernetes itself are protected; these definitions are the approved ones.
      annotations: { 'api-approved.kubernetes.io': 'https://github.com/kubernetes/enhancements' },
    },
    spec: {
      group,
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      scope: clusterScoped[group]?.includes(kind) ? 'Cluster' : 'Namespaced',
      versions: await Promise.all(
        versions.map(async ({ file, version }, index) => ({
          name: version,
          served: true,
          storage: index === 0,
          schema: {
            openAPIV3Schema: {
              ...structural(JSON.parse(await readFile(join(folder, file), 'utf8'))),
              type: 'object',
            },
          },
        })),
      ),
    },
  };
};
