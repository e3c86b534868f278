// What operators and what watches a cluster need of the network: no service declares it, the plan says that they are there.

/** Where KEDA's chart puts it; edges of the plan call it by this name. */
const keda = { name: 'keda', namespace: 'keda', labels: { app: 'keda-operator' } };

/** Pods of installations outside the tree: operators of the instances, the cluster's own components, KEDA. */
export const installations = (cluster, watched) => {
  const operators = new Map();
  for (const { network } of cluster.instances) {
    if (!network?.operator) continue;
    const { namespace, labels } = network.operator;
    operators.set(`${namespace}/operator`, { name: 'operator', namespace, labels });
  }
  const components = (watched?.components ?? [])
    .filter(({ namespace }) => namespace !== keda.namespace)
    .map(({ name, namespace, labels }) => ({ name, namespace, labels }));
  return [...operators.values(), ...components, keda];
};

/** An end without labels is an address outside. */
const isPod = ({ labels }) => labels !== undefined;
const has = (key) => (end) => isPod(end) && Object.hasOwn(end.labels, key);
const carries = (labels) => (end) =>
  isPod(end) && Object.entries(labels).every(([key, value]) => end.labels[key] === value);
const named = (name) => carries({ 'app.kubernetes.io/name': name });
const at =
  ({ namespace, labels }) =>
  (pod) =>
    pod.namespace === namespace && carries(labels)(pod);
const address = (name) => (end) => !isPod(end) && end.name === name;

/** What watches among itself, as the documentation of each says: [from, to, port, protocol]. */
const among = [
  [named('prometheus'), named('prometheus'), 9090, 'TCP'],
  [named('prometheus'), named('alertmanager'), 9093, 'TCP'],
  [named('prometheus'), named('grafana'), 3000, 'TCP'],
  [named('grafana'), named('prometheus'), 9090, 'TCP'],
  // The replicas tell each other what was sent.
  [named('alertmanager'), named('alertmanager'), 9094, 'TCP'],
  [named('alertmanager'), named('alertmanager'), 9094, 'UDP'],
  [named('alertmanager'), address('outside'), 443, 'TCP'],
  // The API server, where it finds its targets.
  [named('prometheus'), address('private network'), 443, 'TCP'],
  // Filebeat asks the API server whose a container is.
  [has('beat.k8s.elastic.co/name'), address('private network'), 443, 'TCP'],
  // A canary is judged by what Prometheus has seen of it.
  [named('argo-rollouts'), named('prometheus'), 9090, 'TCP'],
];

const elastic = [
  ['kibana.k8s.elastic.co/name', 9200],
  ['apm.k8s.elastic.co/name', 9200],
  ['beat.k8s.elastic.co/name', 9200],
];

const logging = (store, operator) => [
  ...elastic.map(([key, port]) => [has(key), store, port, 'TCP']),
  [store, store, 9300, 'TCP'],
  [operator, store, 9200, 'TCP'],
];

const ofInstance = (cluster, { podLabels, network }) => {
  const own = at({ namespace: cluster.dataNamespace, labels: podLabels });
  return [
    ...network.members.map((port) => [own, own, port, 'TCP']),
    ...(network.operator?.ports ?? []).map((port) => [at(network.operator), own, port, 'TCP']),
    ...(network.reachesApiServer ? [[own, address('private network'), 443, 'TCP']] : []),
    ...(network.reachesObjectStore ? [[own, address('outside'), 443, 'TCP']] : []),
  ];
};

/** What copies data away and tries to restore it: S3, where the plan's job says so. */
const ofRecovery = (cluster, { recovery }) =>
  (recovery?.jobs ?? [])
    .filter(({ reachesCloud }) => reachesCloud)
    .map(({ name }) => [
      at({ namespace: cluster.dataNamespace, labels: { 'app.kubernetes.io/instance': name } }),
      address('outside'),
      443,
      'TCP',
    ]);

const ofWatching = (cluster, watched) => {
  const inside = (holds) => (pod) => pod.namespace === cluster.monitoringNamespace && holds(pod);
  const store = inside(has('elasticsearch.k8s.elastic.co/cluster-name'));
  return [
    ...among,
    ...watched.components.map((component) => [named('prometheus'), at(component), component.port, 'TCP']),
    ...(watched.nodeMetrics.length > 0 ? [[named('prometheus'), address('private network'), 10250, 'TCP']] : []),
    ...(watched.elastic === null ? [] : logging(store, carries({ 'control-plane': 'elastic-operator' }))),
  ];
};

/** `{ from, to, port, protocol }` for every pair of ends that one of these holds for. */
export const watchingEdges = (cluster, watched, ends) => {
  const rules = [
    ...cluster.instances.filter(({ network }) => network).flatMap((instance) => ofInstance(cluster, instance)),
    ...cluster.instances.flatMap((instance) => ofRecovery(cluster, instance)),
    ...(watched === undefined ? [] : ofWatching(cluster, watched)),
  ];
  return rules.flatMap(([from, to, port, protocol]) =>
    ends.filter(from).flatMap((caller) => ends.filter(to).map((callee) => ({ caller, callee, port, protocol }))),
  );
};
