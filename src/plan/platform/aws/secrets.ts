// Decides every entry of the secret store that somebody reads, and who knows the value of each property.
import type { SecretSource } from '../../../catalog/facts';
import type { AwsPlan, AwsSecretPlan, BackingInstancePlan } from '../../types/platform';
import type { ServiceThere } from '../input';

interface Read {
  readonly source: SecretSource;
  /** A service declared it under `secrets`: nobody here can know its value. */
  readonly isDeclared: boolean;
  readonly instance: string | null;
}

const declaredIn = ({ environment }: ServiceThere): Set<string> =>
  new Set(
    environment.variables
      .filter(({ origin }) => origin === 'secrets')
      .flatMap(({ value }) => value.flatMap((part) => (part.kind === 'secret' ? [part.secret] : []))),
  );

function readBy(services: readonly ServiceThere[], instances: readonly BackingInstancePlan[]): Read[] {
  return [
    ...services.flatMap((there) => {
      const declared = declaredIn(there);
      return there.environment.secretSources.map((source) => ({
        source,
        isDeclared: declared.has(source.id),
        instance:
          there.environment.bindings.find(({ instance }) => source.id.startsWith(`${instance}-`))?.instance ?? null,
      }));
    }),
    ...instances.flatMap(({ name, secretSources }) =>
      secretSources.map((source) => ({ source, isDeclared: false, instance: name })),
    ),
  ];
}

function propertyOf({ source, isDeclared, instance }: Read, instances: readonly BackingInstancePlan[]): AwsSecretPlan {
  const name = source.remoteProperty;
  if (isDeclared) return { name, from: 'person', instance: null };
  if (name !== 'host' && name !== 'server-host')
    return { name, from: name === 'user' ? 'person' : 'random', instance: null };
  const isManaged = instances.some((one) => one.name === instance && one.managed !== null);
  return { name, from: isManaged ? name : 'person', instance: isManaged ? instance : null };
}

export function planAwsSecrets(
  services: readonly ServiceThere[],
  instances: readonly BackingInstancePlan[],
): AwsPlan['secrets'] {
  const read = readBy(services, instances);
  const names = [...new Set(read.map(({ source }) => source.remoteKey))].sort();
  return names.map((name) => {
    const properties = read
      .filter(({ source }) => source.remoteKey === name)
      .map((one) => propertyOf(one, instances))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return {
      name,
      properties: properties.filter((one, index) => properties.findIndex((other) => other.name === one.name) === index),
    };
  });
}
