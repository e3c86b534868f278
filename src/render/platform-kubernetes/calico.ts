// Turns the option for Calico into policies that no namespaced policy can reopen.
import { type Manifest, manifest } from '../shared/kubernetes/manifest';
import { instanceMetadataV6 } from './fixed';
import { type ClusterScope, metadata } from './scope';

const file = 'calico.yaml';

// Kubernetes' own policies have order 1000: https://docs.tigera.io/calico/latest/network-policy/get-started/kubernetes-policy/kubernetes-network-policy
const orders = { before: 10, after: 2000 } as const;

export function calicoPolicies(scope: ClusterScope): Manifest[] {
  if (!scope.cluster.calico) return [];
  const names = scope.cluster.namespaces.map(({ name }) => `"${name}"`).join(', ');
  const namespaceSelector = `kubernetes.io/metadata.name in { ${names} }`;
  const nets = { v4: [scope.cluster.addresses.metadata], v6: [instanceMetadataV6] };
  return [
    manifest(
      file,
      {
        apiVersion: 'projectcalico.org/v3',
        kind: 'GlobalNetworkPolicy',
        metadata: metadata(scope, { name: `${scope.plan.identity.name}-deny-instance-metadata`, phase: 'found' }),
        spec: {
          order: orders.before,
          namespaceSelector,
          types: ['Egress'],
          egress: [
            { action: 'Deny', protocol: 'TCP', destination: { nets: nets.v4 } },
            { action: 'Deny', protocol: 'UDP', destination: { nets: nets.v4 } },
            { action: 'Deny', protocol: 'TCP', destination: { nets: nets.v6 } },
          ],
        },
      },
      {
        'spec.order':
          'Before the policies of Kubernetes, which can only allow: whatever they open, the credentials of the node stay closed.',
      },
    ),
    manifest(
      file,
      {
        apiVersion: 'projectcalico.org/v3',
        kind: 'GlobalNetworkPolicy',
        metadata: metadata(scope, { name: `${scope.plan.identity.name}-default-deny`, phase: 'found' }),
        spec: { order: orders.after, namespaceSelector, types: ['Ingress', 'Egress'] },
      },
      { 'spec.order': 'After them: a pod stays closed even when the policies of its namespace are deleted.' },
    ),
  ];
}
