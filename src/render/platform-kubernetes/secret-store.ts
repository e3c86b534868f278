// Turns the secret store into the ClusterSecretStore that every ExternalSecret of the platform reads.
import { manifest } from '../shared/kubernetes/manifest';
import { type ClusterScope, type Concern, concern, metadata } from './scope';

export function secretStore(scope: ClusterScope): Concern {
  const { name, kind, region } = scope.cluster.secretStore;
  const readers = scope.cluster.namespaces.map((plan) => plan.name);
  return concern('secrets', [
    manifest(
      'cluster-secret-store.yaml',
      {
        apiVersion: 'external-secrets.io/v1',
        kind,
        metadata: metadata(scope, { name, phase: 'found' }),
        spec: {
          conditions: [{ namespaces: readers }],
          provider: { aws: { service: 'SecretsManager', region } },
        },
      },
      {
        'spec.conditions': 'Nobody else in the cluster reads it.',
        'spec.provider.aws':
          'No key and no role here: EKS Pod Identity gives the pods of External Secrets an identity of their own.',
      },
    ),
  ]);
}
