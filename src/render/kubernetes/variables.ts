// Sorts the variables of an environment by the way they reach a container: ConfigMap, pod or mounted secret.
import type { EnvironmentPlan, NameValue, SecretText, VariablePlan } from '../../plan/types';
import { literal } from '../shared/kubernetes/expansion';
import type { Component } from './labels';
import type { Commented, Scope } from './manifest';

/** Name of the ConfigMap before kustomize appends the hash of its content. */
export const configMapName = ({ plan }: Scope): string => `${plan.identity.name}-config`;

/** Variables without a secret part that fit on one line: the only ones that kustomize's env file can hold exactly. */
export function configMapVariables(environment: EnvironmentPlan): NameValue[] {
  return plainVariables(environment.variables).filter(({ value }) => !/[\r\n]/.test(value));
}

/** Variables with a secret part: each becomes a file. */
export function secretVariables(environment: EnvironmentPlan): VariablePlan[] {
  return environment.variables.filter(({ value }) => !isPlain(value));
}

/** Key in the Secret of what only the migration reads. */
export const migrationKey = ({ name }: VariablePlan): string => `${name}.migration`;

/** Variables with a secret part that only the migration gets. */
export const migrationSecrets = (environment: EnvironmentPlan): VariablePlan[] =>
  environment.migrationVariables.filter(({ value }) => !isPlain(value));

/** `env` and `envFrom` of a container; `own` are the variables of this workload alone. */
export function environmentOf(scope: Scope, own: readonly NameValue[], component: Component): Commented {
  const { environment } = scope;
  const replaced = component === 'migration' ? environment.migrationVariables : [];
  const lines = plainVariables(environment.variables).filter(({ value }) => /[\r\n]/.test(value));
  // `env` wins over `envFrom`.
  const direct = [...own, ...lines, ...plainVariables(replaced)].map(({ name, value }) => ({
    name,
    value: literal(value),
  }));
  const files = secretFiles(environment, replaced);
  const env = [...direct, ...files];
  const fromConfigMap = configMapVariables(environment).length > 0;
  return {
    value: {
      envFrom: fromConfigMap ? [{ configMapRef: { name: configMapName(scope) } }] : undefined,
      env: env.length > 0 ? env : undefined,
    },
    comments:
      files.length > 0
        ? {
            [`env.${direct.length}`]:
              'Paths of files, not secrets: what is in a variable ends up in crash dumps and child processes.',
          }
        : {},
  };
}

function secretFiles(environment: EnvironmentPlan, replaced: readonly VariablePlan[]): NameValue[] {
  return secretVariables(environment).map(({ name }) => {
    const other = replaced.find((variable) => variable.name === name);
    return {
      name: `${name}_FILE`,
      value: literal(`${environment.secretStore.mountPath}/${other === undefined ? name : migrationKey(other)}`),
    };
  });
}

function plainVariables(variables: readonly VariablePlan[]): NameValue[] {
  return variables.flatMap(({ name, value }) => (isPlain(value) ? [{ name, value: plainText(value) }] : []));
}

function isPlain(text: SecretText): boolean {
  return text.every(({ kind }) => kind === 'literal');
}

function plainText(text: SecretText): string {
  return text.map((part) => (part.kind === 'literal' ? part.text : '')).join('');
}
