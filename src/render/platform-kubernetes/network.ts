// Turns the edges of the platform into network policies: nothing is open in any namespace but what an edge names.
import type { NamespacePlan } from '../../plan/types/platform';
import type { Manifest } from '../shared/kubernetes/manifest';
import { calicoPolicies } from './calico';
import { meshEgress } from './mesh';
import { dataPolicies } from './network-data';
import { gatewayPolicies } from './network-gateway';
import { names, networkPolicy } from './peers';
import { type ClusterScope, type Concern, concern } from './scope';

const fileOf = ({ holds }: NamespacePlan): string => `${holds}.yaml`;

export function network(scope: ClusterScope): Concern {
  const { namespaces } = scope.cluster;
  const of = (holds: NamespacePlan['holds'], policies: (scope: ClusterScope, file: string) => Manifest[]) =>
    namespaces.filter((plan) => plan.holds === holds).flatMap((plan) => policies(scope, fileOf(plan)));
  return concern('network', [
    ...namespaces.flatMap((plan) => closed(scope, plan)),
    ...of('data', dataPolicies),
    ...of('gateway', gatewayPolicies),
    ...calicoPolicies(scope),
  ]);
}

/** Pods of the platform's own manifests. */
const hasPods = ({ cluster }: ClusterScope, { holds }: NamespacePlan): boolean =>
  holds === 'data' &&
  cluster.instances.some(({ containers, exporter }) => containers.length > 0 || exporter?.container != null);

/** Everything denied, names allowed: for every pod of the namespace, those that nobody declared too. */
function closed(scope: ClusterScope, plan: NamespacePlan): Manifest[] {
  const common = { namespace: plan.name, selector: {}, ingress: [], podsElsewhere: !hasPods(scope, plan) };
  return [
    networkPolicy(scope, fileOf(plan), {
      ...common,
      name: 'default-deny',
      egress: [],
      why: 'Nothing in, nothing out, for every pod of the namespace; policies add up, so others say what is open.',
    }),
    networkPolicy(scope, fileOf(plan), {
      ...common,
      name: 'names',
      egress: [names, ...meshEgress(scope, plan)],
      why: 'What every pod needs before it can reach anything.',
    }),
  ];
}
