// Turns what the applications need of Argo CD itself into keys of its ConfigMap argocd-cm.
import { type Manifest, manifest } from '../shared/kubernetes/manifest';
import type { GitopsScope } from './objects';

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#argocd-app */
const applicationHealth = `local health = { status = "Progressing", message = "" }
if obj.status ~= nil and obj.status.health ~= nil then
  health.status = obj.status.health.status
  if obj.status.health.message ~= nil then
    health.message = obj.status.health.message
  end
end
return health
`;

const tracking = 'application.resourceTrackingMethod';
const health = 'resource.customizations.health.argoproj.io_Application';

/** Applied server-side, so that it claims these keys and leaves the others alone. */
export function settings({ argo }: GitopsScope): Manifest {
  return manifest(
    'settings.yaml',
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'argocd-cm',
        namespace: argo.namespace,
        labels: { 'app.kubernetes.io/name': 'argocd-cm', 'app.kubernetes.io/part-of': 'argocd' },
        annotations: {},
      },
      data: { [tracking]: 'annotation', [health]: applicationHealth },
    },
    {
      [`data.${tracking}`]: 'By label Argo CD would overwrite app.kubernetes.io/instance, which services select by.',
      [`data.${health}`]:
        'Argo CD takes no account of the health of applications by itself; the waves between them need it.',
    },
  );
}
