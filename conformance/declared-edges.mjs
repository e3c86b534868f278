// Turns the edges of a platform's plan into pairs of workloads, to be compared with what the rendered policies leave open.
import { keyOf } from './network-policies.mjs';
import { installations, watchingEdges } from './watching-edges.mjs';

/** Stands for every host outside: policies cannot tell one from another. */
export const outside = { name: 'outside', address: '198.51.100.7' };

/** Stands for what the cloud runs in the private network, where policies know addresses only. */
export const network = { name: 'private network', address: '10.0.0.250' };

/** Kinds whose service of AWS has an address of the internet; the others are in the private network. */
const publicInAws = ['s3', 'smtp', 'mqtt'];

/** What every pod may use without declaring it: names, and the agent that gives AWS credentials. */
const dns = {
  name: 'kube-dns',
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
  ports: [],
  hostNetwork: false,
  address: '10.0.0.2',
};
const credentials = { name: 'pod-identity', address: '169.254.170.23' };

/** A pod that nobody declared, in a namespace of its own and in that of the services: everything has to be closed to it. */
const strangers = (cluster) =>
  ['default', cluster.namespace, cluster.dataNamespace].map((namespace) => ({
    name: 'stranger',
    namespace,
    labels: { app: 'stranger' },
    ports: [],
    hostNetwork: false,
    address: '10.0.0.3',
  }));

const carries = (pod, labels) => Object.entries(labels).every(([key, value]) => pod.labels[key] === value);

const standIn = (name, namespace, labels) => ({
  name,
  namespace,
  labels,
  ports: [],
  hostNetwork: false,
  address: '10.0.0.4',
});

/**
 * Ends of edges beside the rendered workloads: what an installation outside this tree runs. `others` and `outside` are for
 * `openEdges`.
 */
export const surroundings = (cluster, pods, watched) => {
  const hasPrometheus = pods.some((pod) => pod.labels['app.kubernetes.io/name'] === 'prometheus');
  return {
    others: [
      dns,
      standIn('gateway', cluster.gateway.namespace, { 'app.kubernetes.io/name': 'envoy' }),
      ...(hasPrometheus
        ? []
        : [standIn('prometheus', cluster.monitoringNamespace, { 'app.kubernetes.io/name': 'prometheus' })]),
      ...installations(cluster, watched).map(({ name, namespace, labels }) => standIn(name, namespace, labels)),
      ...strangers(cluster),
    ],
    outside: [outside, network, credentials],
  };
};

const componentOf = ({ labels }) => labels['app.kubernetes.io/component'];

/**
 * `{ declared, mayOpen, findings }`: the edges between workloads; whether a connection comes with a declared one, because a
 * policy for what the cloud runs holds for every address of the private network; and ends that no workload stands for.
 */
export const declaredEdges = (cluster, pods, others, watched) => {
  const all = [...pods, ...others];
  const missing = new Set();
  const instance = (name) => cluster.instances.find((one) => one.name === name);

  const podsOfService = (name, components) =>
    pods.filter(
      (pod) =>
        pod.namespace === cluster.namespace &&
        pod.labels['app.kubernetes.io/name'] === name &&
        components.includes(componentOf(pod)),
    );
  const podsOfResource = (name) => {
    const { runs, kind, podLabels } = instance(name);
    if (runs === 'external') return [outside];
    if (runs === 'aws') return publicInAws.includes(kind) ? [outside] : [network];
    return pods.filter((pod) => pod.namespace === cluster.dataNamespace && carries(pod, podLabels));
  };
  const platformPods = (name) =>
    all.filter((pod) => pod.name === name || pod.labels['app.kubernetes.io/name'] === name);

  const ends = ({ kind, name }, components) => {
    switch (kind) {
      case 'service':
        return podsOfService(name, components);
      case 'resource':
        return podsOfResource(name);
      case 'platform':
        return platformPods(name);
      default:
        return [outside];
    }
  };

  const declared = [];
  for (const { from, to, port, protocol, components } of cluster.edges) {
    const [callers, callees] = [ends(from, components), ends(to, ['web'])];
    for (const [end, found] of [
      [from, callers],
      [to, callees],
    ])
      if (found.length === 0) missing.add(`no workload stands for ${end.kind} ${end.name}`);
    for (const caller of callers)
      for (const callee of callees) declared.push({ from: keyOf(caller), to: keyOf(callee), port, protocol });
  }
  for (const { caller, callee, port, protocol } of watchingEdges(cluster, watched, [...all, outside, network]))
    declared.push({ from: keyOf(caller), to: keyOf(callee), port, protocol });
  const spell = ({ from, port, protocol }) => `${from} ${port}/${protocol}`;
  const intoNetwork = new Set(declared.filter(({ to }) => to === network.name).map(spell));
  const unguarded = new Set(others.map(keyOf));
  return {
    declared,
    mayOpen: (edge) => unguarded.has(edge.to) && intoNetwork.has(spell(edge)),
    findings: [...missing].map((message) => ({ file: cluster.name, message })),
  };
};

/** Open edges that no service declares and every one has: names, credentials, and replicas of one resource among themselves. */
export const isImplied = (cluster, pods) => {
  const resourceOf = new Map();
  for (const { name, podLabels } of cluster.instances) {
    if (Object.keys(podLabels).length === 0) continue;
    for (const pod of pods)
      if (pod.namespace === cluster.dataNamespace && carries(pod, podLabels)) resourceOf.set(keyOf(pod), name);
  }
  const services = new Set(pods.map(keyOf));
  return ({ from, to, port, protocol }) =>
    (services.has(from) && to === keyOf(dns) && port === 53) ||
    (services.has(from) && to === credentials.name && port === 80 && protocol === 'TCP') ||
    (resourceOf.has(from) && resourceOf.get(from) === resourceOf.get(to));
};
