// Turns secret sources and the texts that use them into an ExternalSecret, which keeps the Secret that pods mount.
import type { EnvironmentPlan, SecretSource, VariablePlan } from '../../plan/types';
import { fetched, identifier, remoteDefaults } from '../shared/kubernetes/remote-secret';
import { optionalTemplate, secretTemplate } from '../shared/kubernetes/secret-template';
import type { YamlComments } from '../shared/yaml';
import { metadata, ownerAnnotations, serviceLabels } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';
import { migrationKey, migrationSecrets, secretVariables } from './variables';

export function externalSecret(scope: Scope): Manifest {
  const { environment } = scope;
  const { name, kind, refreshInterval, secretName } = environment.secretStore;
  const variables = [
    ...secretVariables(environment),
    ...migrationSecrets(environment).map((variable) => ({ ...variable, name: migrationKey(variable) })),
  ];
  const required = sourcesOf(
    environment,
    variables.filter((variable) => variable.required),
  );
  const entries = optionalEntries(environment);
  return manifest(
    'external-secret.yaml',
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: metadata(scope, { name: secretName, phase: 'configure' }),
      spec: {
        secretStoreRef: { kind, name },
        refreshPolicy: 'Periodic',
        refreshInterval,
        target: {
          name: secretName,
          creationPolicy: 'Owner',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            mergePolicy: 'Replace',
            type: 'Opaque',
            metadata: { labels: serviceLabels(scope), annotations: ownerAnnotations(scope) },
            data: templates(environment, variables, entries),
          },
        },
        data: required.length > 0 ? required.map(fetched) : undefined,
        dataFrom: entries.length > 0 ? entries.map(extracted) : undefined,
      },
    },
    commentsOf(required, entries),
  );
}

function templates(
  environment: EnvironmentPlan,
  variables: readonly VariablePlan[],
  entries: readonly string[],
): object {
  const optional = (id: string): string => {
    const { remoteKey, remoteProperty } = source(environment, id);
    return `(index . "entry${entries.indexOf(remoteKey)}_${remoteProperty.replace(/[^-._a-zA-Z0-9]/g, '_')}")`;
  };
  return Object.fromEntries(
    variables.map(({ name, value, required }) => [
      name,
      required ? secretTemplate(value, (id) => `.${identifier(id)}`) : optionalTemplate(value, optional),
    ]),
  );
}

/** All properties of an entry under names of their own: asking for one that is missing would be an error. */
function extracted(key: string, index: number): object {
  return {
    extract: { key, ...remoteDefaults },
    rewrite: [{ regexp: { source: '^(.*)$', target: `entry${index}_$1` } }],
  };
}

/** The sources that the variables use, in the order of the plan. */
function sourcesOf(environment: EnvironmentPlan, variables: readonly VariablePlan[]): SecretSource[] {
  const used = new Set(
    variables.flatMap(({ value }) => value.flatMap((part) => (part.kind === 'secret' ? [part.secret] : []))),
  );
  for (const id of used) source(environment, id);
  return environment.secretSources.filter(({ id }) => used.has(id));
}

/** Entries of the store that optional variables read, each once. */
function optionalEntries(environment: EnvironmentPlan): string[] {
  const optional = secretVariables(environment).filter(({ required }) => !required);
  return [...new Set(sourcesOf(environment, optional).map(({ remoteKey }) => remoteKey))];
}

function source(environment: EnvironmentPlan, id: string): SecretSource {
  const found = environment.secretSources.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`BUG: no secret source "${id}" in ${environment.name}`);
  return found;
}

function commentsOf(required: readonly SecretSource[], entries: readonly string[]): YamlComments {
  return {
    'spec.target.deletionPolicy': 'Running pods keep their secrets when the store loses them.',
    'spec.target.template.data': 'One file per variable, filled in inside the cluster.',
    ...Object.fromEntries(required.map(({ description }, index) => [`spec.data.${index}`, description])),
    ...(entries.length > 0
      ? {
          'spec.dataFrom':
            'For optional secrets: the whole entry, so that a missing property is an empty file and no error.',
        }
      : {}),
  };
}
