// Spells how an ExternalSecret reaches a value in the secret store.
import type { SecretSource } from '../../../plan/types';

/** Written out since Argo CD compares lists of custom resources as a whole, and the API server fills them in. */
export const remoteDefaults = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };

/** An entry of `spec.data`. */
export function fetched({ id, remoteKey, remoteProperty }: SecretSource): object {
  return { secretKey: identifier(id), remoteRef: { key: remoteKey, property: remoteProperty, ...remoteDefaults } };
}

/** A DNS label as a Go identifier: injective, as a label holds no underscore. */
export function identifier(id: string): string {
  const name = id.replace(/-/g, '_');
  return /^[0-9]/.test(name) ? `_${name}` : name;
}
