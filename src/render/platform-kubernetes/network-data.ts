// Turns the edges of each backing instance in the cluster into its policy, and those of its exporter and its preparation.
import type { BackingInstancePlan, EdgeEnd, PlatformEdgePlan } from '../../plan/types/platform';
import type { Manifest } from '../shared/kubernetes/manifest';
import { keda, prometheus } from './fixed';
import { addresses, callers, isEnd, networkPolicy, type PolicyRule, podsHere, podsIn, tcp } from './peers';
import { scheduledJobs } from './recovery';
import { type ClusterScope, instanceSelector } from './scope';

const isHere = ({ podLabels }: BackingInstancePlan): boolean => Object.keys(podLabels).length > 0;

export const preparations = ({ containers }: BackingInstancePlan) => containers.filter(({ oneShot }) => oneShot);

export function dataPolicies(scope: ClusterScope, file: string): Manifest[] {
  return scope.cluster.instances.flatMap((instance) => [
    ...(isHere(instance) ? [instancePolicy(scope, file, instance), ...preparationPolicies(scope, file, instance)] : []),
    ...exporterPolicy(scope, file, instance),
    ...savingPolicies(scope, file, instance),
  ]);
}

function instancePolicy(scope: ClusterScope, file: string, instance: BackingInstancePlan): Manifest {
  const { name, podLabels, title } = instance;
  const edges = scope.cluster.edges.filter(({ to }) => isEnd(to, 'resource', name));
  const own = ownRules(instance);
  return networkPolicy(scope, file, {
    name,
    namespace: scope.cluster.dataNamespace,
    selector: { matchLabels: podLabels },
    podsElsewhere: instance.objects.length > 0,
    ingress: [
      ...edges.map((edge) => incoming(scope, instance, edge)),
      ...preparations(instance).map(
        (container): PolicyRule => ({
          peers: [podsHere(instanceSelector(container.name))],
          ports: tcp(instance.port),
          why: `${container.name}: ${container.why}`,
        }),
      ),
      ...operatorRules(instance),
      ...own,
    ],
    egress: [...own, ...cloudRules(scope, instance)],
    why: `${title} ${name}: whoever declares a need for it, and nobody else.`,
  });
}

function incoming(scope: ClusterScope, instance: BackingInstancePlan, edge: PlatformEdgePlan): PolicyRule {
  const { from, port, protocol, why } = edge;
  const peer = from.kind === 'service' ? callers(scope, edge) : platformPods(scope, instance, from);
  return { peers: [peer], ports: [{ port, protocol }], why };
}

/** Of what the platform runs beside services and data, the pods that reach an instance. */
function platformPods({ cluster }: ClusterScope, { exporter, recovery }: BackingInstancePlan, from: EdgeEnd) {
  if (from.kind === 'platform') {
    if (from.name === exporter?.host) return podsHere(instanceSelector(from.name));
    if (recovery?.jobs.some(({ name }) => name === from.name)) return podsHere(instanceSelector(from.name));
    if (from.name === 'prometheus') return podsIn(cluster.monitoringNamespace, prometheus);
    if (from.name === 'keda') return podsIn(keda.namespace, keda.labels);
  }
  throw new Error(`BUG: no pods are known for ${from.kind} ${from.name}`);
}

/** Members among themselves. */
function ownRules({ podLabels, network }: BackingInstancePlan): PolicyRule[] {
  const ports = network?.members ?? [];
  return ports.length > 0 ? [{ peers: [podsHere(podLabels)], ports: tcp(...ports), why: 'its own members' }] : [];
}

function operatorRules({ network }: BackingInstancePlan): PolicyRule[] {
  const operator = network?.operator ?? null;
  return network === null || operator === null
    ? []
    : [
        {
          peers: [podsIn(operator.namespace, operator.labels)],
          ports: tcp(...operator.ports),
          why: `its operator: ${network.why}`,
        },
      ];
}

/** S3 and what else the cloud answers in the internet, with the agent that gives the credentials. */
const cloudAccess = ({ cluster }: ClusterScope, why: string): PolicyRule[] => [
  { peers: [addresses(cluster.addresses.outside.cidr, cluster.addresses.outside.except)], ports: tcp(443), why },
  {
    peers: [addresses(cluster.addresses.podIdentity)],
    ports: tcp(80),
    why: 'the EKS Pod Identity agent gives the pod its credentials',
  },
];

function cloudRules(scope: ClusterScope, { network }: BackingInstancePlan): PolicyRule[] {
  return [
    ...(network?.reachesApiServer
      ? [
          {
            peers: [addresses(scope.cluster.addresses.network)],
            ports: tcp(443),
            why: 'the API server, whose addresses are in the private network',
          },
        ]
      : []),
    ...(network?.reachesObjectStore ? cloudAccess(scope, 'backups to S3, which has no fixed address') : []),
  ];
}

function savingPolicies(scope: ClusterScope, file: string, instance: BackingInstancePlan): Manifest[] {
  return scheduledJobs(instance).map((job) =>
    networkPolicy(scope, file, {
      name: job.name,
      namespace: scope.cluster.dataNamespace,
      selector: { matchLabels: instanceSelector(job.name) },
      podsElsewhere: false,
      ingress: [],
      egress: [
        ...(job.reachesInstance
          ? [
              {
                peers: [isHere(instance) ? podsHere(instance.podLabels) : addresses(scope.cluster.addresses.network)],
                ports: tcp(instance.port),
                why: `copies what ${instance.name} holds`,
              },
            ]
          : []),
        ...(job.reachesCloud ? cloudAccess(scope, 'backups in S3, which has no fixed address') : []),
      ],
      why: job.why,
    }),
  );
}

function preparationPolicies(scope: ClusterScope, file: string, instance: BackingInstancePlan): Manifest[] {
  return preparations(instance).map((container) =>
    networkPolicy(scope, file, {
      name: container.name,
      namespace: scope.cluster.dataNamespace,
      selector: { matchLabels: instanceSelector(container.name) },
      podsElsewhere: false,
      ingress: [],
      egress: [{ peers: [podsHere(instance.podLabels)], ports: tcp(instance.port), why: `prepares ${instance.name}` }],
      why: container.why,
    }),
  );
}

function exporterPolicy(scope: ClusterScope, file: string, instance: BackingInstancePlan): Manifest[] {
  const { exporter, name, port } = instance;
  if (exporter === null || exporter.container === null) return [];
  return [
    networkPolicy(scope, file, {
      name: exporter.host,
      namespace: scope.cluster.dataNamespace,
      selector: { matchLabels: instanceSelector(exporter.host) },
      podsElsewhere: false,
      ingress: [
        {
          peers: [podsIn(scope.cluster.monitoringNamespace, prometheus)],
          ports: tcp(exporter.port),
          why: `Prometheus reads the metrics of ${name}`,
        },
      ],
      egress: [
        {
          peers: [isHere(instance) ? podsHere(instance.podLabels) : addresses(scope.cluster.addresses.network)],
          ports: tcp(port),
          why: `reads the state of ${name}`,
        },
      ],
      why: 'Beside the data and not beside Prometheus: nothing of the monitoring can reach a data store.',
    }),
  ];
}
