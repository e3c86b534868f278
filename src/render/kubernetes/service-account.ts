// Turns a service into the ServiceAccount that all its pods run as.
import type { YamlComments } from '../shared/yaml';
import { metadata } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';

export function serviceAccount(scope: Scope): Manifest {
  const { podRole } = scope.environment;
  const comments: YamlComments =
    podRole === null
      ? {}
      : { metadata: `EKS Pod Identity gives its pods ${podRole}; no annotation is needed for that.` };
  return manifest(
    'service-account.yaml',
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadata(scope, { name: scope.plan.identity.name, phase: 'configure' }),
      automountServiceAccountToken: false,
    },
    { ...comments, automountServiceAccountToken: 'A token that nobody needs is a token that can be stolen.' },
  );
}
