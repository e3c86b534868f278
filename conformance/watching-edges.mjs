// What the operators of data stores and what watches a cluster need of the network: no service declares it, the plan says it.

/** Where KEDA's chart puts it; edges of the plan call it by this name. */
const keda = { name: 'keda', namespace: 'keda', labels: { app: 'keda-operator' } };

/** Pods of installations outside the tree: operators of the instances, the other ends of what watches, KEDA. */
export const installations = (cluster, watched) => {
  // The first of two names for the same pods is taken: edges of the cluster call KEDA so.
  const all = [
    keda,
    ...cluster.instances.flatMap(({ network }) =>
      network?.operator
        ? [{ name: 'operator', namespace: network.operator.namespace, labels: network.operator.labels }]
        : [],
    ),
    ...(watched?.ends ?? [])
      .filter(({ pods, guarded }) => pods !== null && !guarded && pods.labels['k8s-app'] !== 'kube-dns')
      .map(({ name, pods }) => ({ name, namespace: pods.namespace, labels: pods.labels })),
  ];
  const keyOf = ({ namespace, labels }) => JSON.stringify([namespace, labels]);
  return all.filter((one, index) => all.findIndex((other) => keyOf(other) === keyOf(one)) === index);
};

/** An end without labels is an address outside. */
const isPod = ({ labels }) => labels !== undefined;
const carries = (labels) => (end) =>
  isPod(end) && Object.entries(labels).every(([key, value]) => end.labels[key] === value);
const at =
  ({ namespace, labels }) =>
  (pod) =>
    pod.namespace === namespace && carries(labels)(pod);
const address = (name) => (end) => !isPod(end) && end.name === name;

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

/** The plan's own list of who talks to whom, its ends as what stands for them here. */
const ofWatching = (cluster, { ends, edges }) => {
  const holds = (name) => {
    const end = ends.find((one) => one.name === name);
    if (end === undefined) throw new Error(`the plan has an edge of ${name}, and no such end`);
    if (end.pods !== null) return at(end.pods);
    return address(end.addresses.cidr === cluster.addresses.network ? 'private network' : 'outside');
  };
  return edges.map(({ from, to, port, protocol }) => [holds(from), holds(to), port, protocol]);
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
