// Answers which connections the NetworkPolicies of an environment allow, from the rendered objects alone, as Kubernetes defines it.
import { isIP } from 'node:net';
import { impliedPods } from './implied-pods.mjs';
import { podTemplateOf } from './manifests.mjs';

const has = (labels, key) => Object.hasOwn(labels, key);

const expressionHolds = ({ key, operator, values = [] }, labels) => {
  switch (operator) {
    case 'In':
      return has(labels, key) && values.includes(labels[key]);
    // An object without the label is not in the list either.
    case 'NotIn':
      return !has(labels, key) || !values.includes(labels[key]);
    case 'Exists':
      return has(labels, key);
    case 'DoesNotExist':
      return !has(labels, key);
    default:
      throw new Error(`operator ${operator} is none of a label selector`);
  }
};

/** Whether a label selector matches; the empty one matches everything. */
export const selects = ({ matchLabels = {}, matchExpressions = [] }, labels) =>
  Object.entries(matchLabels).every(([key, value]) => has(labels, key) && labels[key] === value) &&
  matchExpressions.every((expression) => expressionHolds(expression, labels));

/** An address as its bits: a big integer and their number. */
const bitsOf = (address) => {
  if (isIP(address) === 4) {
    const value = address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
    return { value, size: 32 };
  }
  if (isIP(address) !== 6) throw new Error(`${address} is no IP address`);
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const hex = (high, low) => (Number(high) * 256 + Number(low)).toString(16);
  const plain = dotted === null ? address : `${dotted[1]}${hex(dotted[2], dotted[3])}:${hex(dotted[4], dotted[5])}`;
  const [head, tail] = plain.split('::').map((side) => (side === '' ? [] : side.split(':')));
  const groups = tail === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail];
  return { value: groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n), size: 128 };
};

/** Whether an address lies in a block such as `10.0.0.0/8`. */
export const inBlock = (address, cidr) => {
  const [network, length] = cidr.split('/');
  const [a, b] = [bitsOf(address), bitsOf(network)];
  if (a.size !== b.size) return false;
  const shift = BigInt(a.size - Number(length));
  return a.value >> shift === b.value >> shift;
};

const blockHolds = ({ cidr, except = [] }, address) =>
  inBlock(address, cidr) && !except.some((part) => inBlock(address, part));

/** Where every pod is: in a range that a block for the internet has to leave out. */
const podAddress = '10.0.0.1';

const portsOf = (spec) =>
  [
    ...(spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'),
    ...spec.containers,
  ].flatMap(({ ports = [] }) =>
    ports.map(({ name = null, containerPort, protocol = 'TCP' }) => ({ name, port: containerPort, protocol })),
  );

const podOf = ({ kind, metadata }, template) => ({
  name: metadata.name,
  kind,
  namespace: metadata.namespace ?? 'default',
  labels: template.metadata?.labels ?? {},
  ports: portsOf(template.spec),
  hostNetwork: template.spec.hostNetwork === true,
  address: podAddress,
});

/** One pod for each workload of the objects, those that an operator makes included. */
export const podsOf = (objects) =>
  objects.flatMap((object) => {
    if (object.kind === 'Pod') return [podOf(object, object)];
    const implied = impliedPods(object);
    if (implied.length > 0) {
      const { name, namespace = 'default' } = object.metadata;
      const common = { kind: object.kind, namespace, hostNetwork: false, address: podAddress };
      return implied.map(({ suffix, labels, ports }) => ({ ...common, name: `${name}${suffix}`, labels, ports }));
    }
    const template = object.spec?.jobTargetRef?.template ?? podTemplateOf(object);
    return template?.spec?.containers === undefined ? [] : [podOf(object, template)];
  });

const nameLabel = 'kubernetes.io/metadata.name';

/** Labels of a namespace: its own, and its name, which the API server adds. */
const namespaceLabels = (objects) => {
  const known = new Map(
    objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels ?? {}]),
  );
  return (name) => ({ ...known.get(name), [nameLabel]: name });
};

const isPod = (end) => end.labels !== undefined;

/** What the API server fills in where the types are left out. */
const policyTypes = ({ policyTypes: types = [], egress = [] }) => {
  if (types.length > 0) return types;
  return egress.length === 0 ? ['Ingress'] : ['Ingress', 'Egress'];
};

/** Whether one entry of `ports` means this port of the destination. */
const portHolds = (entry, destination, port, protocol) => {
  if ((entry.protocol ?? 'TCP') !== protocol) return false;
  if (entry.port === undefined) return true;
  if (typeof entry.port === 'string')
    return (destination.ports ?? []).some(
      (own) => own.name === entry.port && own.port === port && own.protocol === protocol,
    );
  return port >= entry.port && port <= (entry.endPort ?? entry.port);
};

/** Answers `between` and `isAllowed` over the policies among the objects; an end is a pod of `podsOf`, or `{ name, address }` outside. */
export const createEvaluator = (objects) => {
  const labelsOf = namespaceLabels(objects);
  const policies = objects.filter(
    ({ kind, apiVersion }) => kind === 'NetworkPolicy' && apiVersion === 'networking.k8s.io/v1',
  );

  const peerHolds = (peer, namespace, end) => {
    if (peer.ipBlock !== undefined) return blockHolds(peer.ipBlock, end.address);
    // The node's own network has no pod's identity.
    if (!isPod(end) || end.hostNetwork) return false;
    const inNamespace =
      peer.namespaceSelector === undefined
        ? end.namespace === namespace
        : selects(peer.namespaceSelector, labelsOf(end.namespace));
    return inNamespace && selects(peer.podSelector ?? {}, end.labels);
  };

  const chosen = new WeakMap();
  const policiesFor = (pod) => {
    if (!chosen.has(pod)) {
      const own = pod.hostNetwork
        ? []
        : policies.filter(
            ({ metadata, spec }) =>
              (metadata.namespace ?? 'default') === pod.namespace && selects(spec.podSelector ?? {}, pod.labels),
          );
      chosen.set(pod, own);
    }
    return chosen.get(pod);
  };

  /** The lists of ports that the policies of `pod` open to, or from, the other end; null when no policy restricts it. */
  const portListsOf = (type, pod, other) => {
    if (!isPod(pod)) return null;
    const own = policiesFor(pod).filter(({ spec }) => policyTypes(spec).includes(type));
    if (own.length === 0) return null;
    const [rules, peers] = type === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
    return own.flatMap(({ metadata, spec }) =>
      (spec[rules] ?? [])
        .filter((rule) => {
          const ends = rule[peers] ?? [];
          return ends.length === 0 || ends.some((peer) => peerHolds(peer, metadata.namespace ?? 'default', other));
        })
        .map(({ ports = [] }) => ports),
    );
  };

  const opens = (lists, destination, port, protocol) =>
    lists === null ||
    lists.some((ports) => ports.length === 0 || ports.some((entry) => portHolds(entry, destination, port, protocol)));

  /** Answers, for one pair of ends, whether a port of the second is open to the first. */
  const between = (from, to) => {
    const egress = portListsOf('Egress', from, to);
    if (egress?.length === 0) return () => false;
    const ingress = portListsOf('Ingress', to, from);
    return (port, protocol = 'TCP') => opens(egress, to, port, protocol) && opens(ingress, to, port, protocol);
  };

  return { between, isAllowed: (from, to, port, protocol) => between(from, to)(port, protocol) };
};

/** A port that nobody names: where it is open, every port is. */
const anyPort = (named) => {
  let port = 61_999;
  while (named.has(port)) port -= 1;
  return port;
};

const mentionedPorts = (objects, pods) => {
  const rules = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ spec }) => [...(spec.ingress ?? []), ...(spec.egress ?? [])]);
  const entries = rules.flatMap(({ ports = [] }) => ports);
  return new Set([
    ...pods.flatMap(({ ports }) => ports.map(({ port }) => port)),
    ...entries.flatMap(({ port, endPort }) => [port, endPort]).filter((port) => typeof port === 'number'),
  ]);
};

/** How an end is called in an edge: `namespace/name` of a workload, the name of an end outside. */
export const keyOf = (end) => (isPod(end) ? `${end.namespace}/${end.name}` : end.name);

/**
 * Every open connection between the workloads of the objects, those in `others` (pods that other installations run) and
 * `outside` (`{ name, address }`): `{ from, to, port, protocol }`, where port null is every port.
 */
export const openEdges = (objects, { others = [], outside = [] } = {}) => {
  const pods = [...podsOf(objects), ...others];
  const { between } = createEvaluator(objects);
  const named = mentionedPorts(objects, pods);
  const other = anyPort(named);
  const candidates = [...named].sort((a, b) => a - b);
  const edges = [];
  const ends = [...pods, ...outside];
  for (const from of ends) {
    for (const to of ends) {
      if (!isPod(from) && !isPod(to)) continue;
      const isOpen = between(from, to);
      for (const protocol of ['TCP', 'UDP']) {
        const ports = isOpen(other, protocol) ? [null] : candidates.filter((port) => isOpen(port, protocol));
        for (const port of ports) edges.push({ from: keyOf(from), to: keyOf(to), port, protocol });
      }
    }
  }
  return edges;
};

const spell = ({ from, to, port, protocol }) => `${from} → ${to} ${port ?? 'every port'}/${protocol}`;

/** Both lists have to hold the same: what is open and nobody declared, and what is declared and closed, are findings. */
export const compareEdges = (open, declared, file = 'network policies') => {
  const complete = (edges) => edges.map((edge) => ({ protocol: 'TCP', ...edge })).map(spell);
  const [isOpen, isDeclared] = [new Set(complete(open)), new Set(complete(declared))];
  return [
    ...[...isOpen].filter((edge) => !isDeclared.has(edge)).map((edge) => `${edge} is open and nobody declared it`),
    ...[...isDeclared].filter((edge) => !isOpen.has(edge)).map((edge) => `${edge} is declared and closed`),
  ].map((message) => ({ file, message }));
};
