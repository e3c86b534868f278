// The evaluator of rendered network policies, against the semantics that Kubernetes documents.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

interface Port {
  readonly name: string | null;
  readonly port: number;
  readonly protocol: string;
}

interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly Port[];
  readonly hostNetwork: boolean;
  readonly address: string;
}

interface Outside {
  readonly name: string;
  readonly address: string;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly port: number | null;
  readonly protocol?: string;
}

interface Evaluator {
  isAllowed(from: Pod | Outside, to: Pod | Outside, port: number, protocol?: string): boolean;
}

interface NetworkPolicies {
  selects(selector: object, labels: object): boolean;
  inBlock(address: string, cidr: string): boolean;
  podsOf(objects: readonly object[]): Pod[];
  createEvaluator(objects: readonly object[]): Evaluator;
  openEdges(objects: readonly object[], ends?: { others?: readonly Pod[]; outside?: readonly Outside[] }): Edge[];
  compareEdges(open: readonly Edge[], declared: readonly Edge[]): { file: string; message: string }[];
}

let policies: NetworkPolicies;

beforeAll(async () => {
  const file = path.join(__dirname, '..', '..', 'conformance', 'network-policies.mjs');
  policies = await import(pathToFileURL(file).href);
});

const pod = (name: string, more: Partial<Pod> = {}): Pod => ({
  name,
  namespace: 'shop',
  labels: { app: name },
  ports: [],
  hostNetwork: false,
  address: '10.0.0.1',
  ...more,
});

const policy = (spec: object, namespace = 'shop', name = 'policy'): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec,
});

const namespace = (name: string, labels?: object): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});

const allows = (objects: readonly object[], from: Pod | Outside, to: Pod | Outside, port = 80, protocol = 'TCP') =>
  policies.createEvaluator(objects).isAllowed(from, to, port, protocol);

const web = pod('web');
const api = pod('api');
const database = pod('database');
const internet: Outside = { name: 'internet', address: '198.51.100.7' };
const to = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
const ingressTo = (name: string, rules: object[], more: object = {}) =>
  policy({ podSelector: { matchLabels: { app: name } }, policyTypes: ['Ingress'], ingress: rules, ...more });
const egressOf = (name: string, rules: object[]) =>
  policy({ podSelector: { matchLabels: { app: name } }, policyTypes: ['Egress'], egress: rules });

describe('isolation', () => {
  it('leaves everything open without a policy', () => {
    expect(allows([], web, api)).toBe(true);
    expect(allows([], web, internet)).toBe(true);
    expect(allows([], internet, web, 53, 'UDP')).toBe(true);
  });

  it('closes the direction that a policy names, and only that one', () => {
    const objects = [policy({ podSelector: {}, policyTypes: ['Ingress'] })];
    expect(allows(objects, internet, web)).toBe(false);
    expect(allows(objects, web, api)).toBe(false);
    expect(allows(objects, web, internet)).toBe(true);
    const closed = [policy({ podSelector: {}, policyTypes: ['Egress'] })];
    expect(allows(closed, web, internet)).toBe(false);
    expect(allows(closed, internet, web)).toBe(true);
  });

  it('takes Ingress for granted, and Egress where there are rules for it', () => {
    expect(allows([policy({ podSelector: {} })], internet, web)).toBe(false);
    expect(allows([policy({ podSelector: {} })], web, internet)).toBe(true);
    expect(allows([policy({ podSelector: {}, egress: [] })], web, internet)).toBe(true);
    const ruled = [policy({ podSelector: {}, egress: [{ to: [to('api')] }] })];
    expect(allows(ruled, web, internet)).toBe(false);
  });

  it('stays inside its namespace', () => {
    const objects = [policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'other')];
    expect(allows(objects, web, api)).toBe(true);
    expect(allows(objects, web, pod('x', { namespace: 'other' }))).toBe(false);
    expect(allows(objects, pod('x', { namespace: 'other' }), web)).toBe(false);
  });

  it('isolates the selected pods only', () => {
    const objects = [ingressTo('api', [])];
    expect(allows(objects, web, api)).toBe(false);
    expect(allows(objects, web, database)).toBe(true);
  });

  it('needs both ends to agree', () => {
    const open = [egressOf('web', [{ to: [to('api')] }]), ingressTo('api', [{ from: [to('web')] }])];
    expect(allows(open, web, api)).toBe(true);
    expect(allows([egressOf('web', [{ to: [to('api')] }]), ingressTo('api', [])], web, api)).toBe(false);
    expect(allows([egressOf('web', []), ingressTo('api', [{ from: [to('web')] }])], web, api)).toBe(false);
  });

  it('adds policies up: one that allows is enough', () => {
    const objects = [
      policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
      ingressTo('api', [{ from: [to('web')] }]),
      egressOf('web', [{ to: [to('api')] }]),
    ];
    expect(allows(objects, web, api)).toBe(true);
    expect(allows(objects, api, web)).toBe(false);
    expect(allows(objects, database, api)).toBe(false);
  });

  it('holds between the replicas of one workload', () => {
    expect(allows([ingressTo('api', [])], api, api)).toBe(false);
    expect(allows([ingressTo('api', [{ from: [to('api')] }])], api, api)).toBe(true);
  });

  it('does not reach pods in the network of their node', () => {
    const agent = pod('agent', { hostNetwork: true });
    expect(allows([policy({ podSelector: {}, policyTypes: ['Ingress'] })], web, agent)).toBe(true);
    expect(allows([ingressTo('api', [{ from: [to('agent')] }])], agent, api)).toBe(false);
  });

  it('reads no policies of other groups', () => {
    const foreign = { ...policy({ podSelector: {} }), apiVersion: 'projectcalico.org/v3' };
    expect(allows([foreign], web, api)).toBe(true);
  });
});

describe('rules', () => {
  it('with nothing in them allow everything', () => {
    const objects = [ingressTo('api', [{}])];
    expect(allows(objects, internet, api, 1234, 'UDP')).toBe(true);
  });

  it('without rules allow nothing', () => {
    expect(allows([ingressTo('api', [])], web, api)).toBe(false);
  });

  it('with an empty list of peers or ports mean all of them', () => {
    expect(allows([ingressTo('api', [{ from: [], ports: [{ port: 80 }] }])], internet, api, 80)).toBe(true);
    expect(allows([ingressTo('api', [{ from: [], ports: [{ port: 80 }] }])], internet, api, 81)).toBe(false);
    expect(allows([ingressTo('api', [{ from: [to('web')], ports: [] }])], web, api, 81)).toBe(true);
    expect(allows([ingressTo('api', [{ from: [to('web')], ports: [] }])], database, api, 81)).toBe(false);
  });

  it('do not mix the peers of one rule with the ports of another', () => {
    const objects = [
      ingressTo('api', [
        { from: [to('web')], ports: [{ port: 80 }] },
        { from: [to('database')], ports: [{ port: 81 }] },
      ]),
    ];
    expect(allows(objects, web, api, 80)).toBe(true);
    expect(allows(objects, web, api, 81)).toBe(false);
    expect(allows(objects, database, api, 81)).toBe(true);
  });
});

describe('peers', () => {
  const far = pod('web', { namespace: 'far' });

  it('by pods alone are of the own namespace', () => {
    expect(allows([ingressTo('api', [{ from: [to('web')] }])], far, api)).toBe(false);
    expect(allows([ingressTo('api', [{ from: [{ podSelector: {} }] }])], web, api)).toBe(true);
    expect(allows([ingressTo('api', [{ from: [{ podSelector: {} }] }])], far, api)).toBe(false);
    expect(allows([ingressTo('api', [{ from: [{ podSelector: {} }] }])], internet, api)).toBe(false);
  });

  it('by namespaces alone are all their pods', () => {
    const objects = [
      namespace('far', { team: 'a' }),
      ingressTo('api', [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }]),
    ];
    expect(allows(objects, far, api)).toBe(true);
    expect(allows(objects, pod('other', { namespace: 'far' }), api)).toBe(true);
    expect(allows(objects, web, api)).toBe(false);
  });

  it('by an empty selector of namespaces are the pods of the whole cluster, and nobody outside', () => {
    const objects = [ingressTo('api', [{ from: [{ namespaceSelector: {} }] }])];
    expect(allows(objects, far, api)).toBe(true);
    expect(allows(objects, web, api)).toBe(true);
    expect(allows(objects, internet, api)).toBe(false);
  });

  it('know every namespace by its name', () => {
    const peer = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'far' } } };
    expect(allows([ingressTo('api', [{ from: [peer] }])], far, api)).toBe(true);
    expect(allows([ingressTo('api', [{ from: [peer] }])], web, api)).toBe(false);
    const liar = namespace('near', { 'kubernetes.io/metadata.name': 'far' });
    expect(allows([liar, ingressTo('api', [{ from: [peer] }])], pod('web', { namespace: 'near' }), api)).toBe(false);
  });

  it('with both selectors in one entry hold both; in two entries, either', () => {
    const inFar = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'far' } } };
    const both = [ingressTo('api', [{ from: [{ ...inFar, ...to('web') }] }])];
    expect(allows(both, far, api)).toBe(true);
    expect(allows(both, pod('other', { namespace: 'far' }), api)).toBe(false);
    expect(allows(both, web, api)).toBe(false);
    const either = [ingressTo('api', [{ from: [inFar, to('web')] }])];
    expect(allows(either, pod('other', { namespace: 'far' }), api)).toBe(true);
    expect(allows(either, web, api)).toBe(true);
  });

  it('by addresses are the hosts of a block but its exceptions', () => {
    const block = { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '192.168.0.0/16'] } };
    const objects = [egressOf('web', [{ to: [block], ports: [{ port: 443 }] }])];
    expect(allows(objects, web, internet, 443)).toBe(true);
    expect(allows(objects, web, internet, 80)).toBe(false);
    expect(allows(objects, web, { name: 'router', address: '192.168.1.1' }, 443)).toBe(false);
    expect(allows(objects, web, api, 443)).toBe(false);
  });

  it('by addresses without exceptions are pods as well', () => {
    const objects = [egressOf('web', [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }])];
    expect(allows(objects, web, api, 443)).toBe(true);
  });

  it('by addresses hold for those who come in', () => {
    const objects = [ingressTo('api', [{ from: [{ ipBlock: { cidr: '198.51.100.0/24' } }] }])];
    expect(allows(objects, internet, api)).toBe(true);
    expect(allows(objects, { name: 'x', address: '198.51.101.1' }, api)).toBe(false);
  });
});

describe('ports', () => {
  it('are of TCP where nothing is said', () => {
    const objects = [ingressTo('api', [{ ports: [{ port: 53 }] }])];
    expect(allows(objects, web, api, 53, 'TCP')).toBe(true);
    expect(allows(objects, web, api, 53, 'UDP')).toBe(false);
  });

  it('without a number are all of the protocol', () => {
    const objects = [ingressTo('api', [{ ports: [{ protocol: 'UDP' }] }])];
    expect(allows(objects, web, api, 9999, 'UDP')).toBe(true);
    expect(allows(objects, web, api, 9999, 'TCP')).toBe(false);
  });

  it('reach up to endPort, both ends included', () => {
    const objects = [ingressTo('api', [{ ports: [{ port: 8000, endPort: 8010 }] }])];
    expect([7999, 8000, 8005, 8010, 8011].map((port) => allows(objects, web, api, port))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('by name are those of the destination', () => {
    const named = pod('api', { ports: [{ name: 'http', port: 3000, protocol: 'TCP' }] });
    const caller = pod('web', { ports: [{ name: 'http', port: 9999, protocol: 'TCP' }] });
    const coming = [ingressTo('api', [{ ports: [{ port: 'http' }] }])];
    expect(allows(coming, caller, named, 3000)).toBe(true);
    expect(allows(coming, caller, named, 9999)).toBe(false);
    const going = [egressOf('web', [{ ports: [{ port: 'http' }] }])];
    expect(allows(going, caller, named, 3000)).toBe(true);
    expect(allows(going, caller, named, 9999)).toBe(false);
    expect(allows(going, caller, internet, 3000)).toBe(false);
  });

  it('by name are of one protocol', () => {
    const named = pod('api', { ports: [{ name: 'dns', port: 53, protocol: 'UDP' }] });
    expect(allows([ingressTo('api', [{ ports: [{ port: 'dns' }] }])], web, named, 53, 'UDP')).toBe(false);
    expect(allows([ingressTo('api', [{ ports: [{ port: 'dns', protocol: 'UDP' }] }])], web, named, 53, 'UDP')).toBe(
      true,
    );
  });
});

describe('selectors', () => {
  it('hold every label and every expression', () => {
    const selector = {
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }],
    };
    expect(policies.selects(selector, { app: 'web', tier: 'b' })).toBe(true);
    expect(policies.selects(selector, { app: 'web', tier: 'c' })).toBe(false);
    expect(policies.selects(selector, { app: 'web' })).toBe(false);
    expect(policies.selects(selector, { tier: 'b' })).toBe(false);
    expect(policies.selects({}, {})).toBe(true);
  });

  it('know the four operators', () => {
    const holds = (operator: string, values: string[] | undefined, labels: object) =>
      policies.selects({ matchExpressions: [{ key: 'k', operator, values }] }, labels);
    expect(holds('In', ['x'], { k: 'x' })).toBe(true);
    expect(holds('In', ['x'], {})).toBe(false);
    expect(holds('NotIn', ['x'], { k: 'x' })).toBe(false);
    expect(holds('NotIn', ['x'], { k: 'y' })).toBe(true);
    expect(holds('NotIn', ['x'], {})).toBe(true);
    expect(holds('Exists', undefined, { k: '' })).toBe(true);
    expect(holds('Exists', undefined, {})).toBe(false);
    expect(holds('DoesNotExist', undefined, {})).toBe(true);
    expect(holds('DoesNotExist', undefined, { k: 'x' })).toBe(false);
    expect(() => holds('Near', ['x'], {})).toThrow('Near');
  });

  it('do not take what every object inherits for a label', () => {
    expect(policies.selects({ matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }, {})).toBe(false);
  });
});

describe('blocks', () => {
  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.0.0.0', '10.0.0.0/8', false],
    ['169.254.170.23', '169.254.170.23/32', true],
    ['169.254.170.24', '169.254.170.23/32', false],
    ['255.255.255.255', '0.0.0.0/0', true],
    ['10.1.2.3', '::/0', false],
    ['2001:db8::1', '2001:db8::/32', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['::1', '::1/128', true],
    ['::ffff:10.0.0.1', '::ffff:0:0/96', true],
    ['2001:db8::1', '0.0.0.0/0', false],
  ])('%s in %s: %s', (address, block, expected) => {
    expect(policies.inBlock(address, block)).toBe(expected);
  });

  it('refuse what is no address', () => {
    expect(() => policies.inBlock('example.com', '10.0.0.0/8')).toThrow('example.com');
  });
});

describe('pods of objects', () => {
  const template = (labels: object, ports: object[] = []) => ({
    metadata: { labels },
    spec: { containers: [{ name: 'main', ports }] },
  });
  const workload = (kind: string, spec: object) => ({
    apiVersion: 'x/v1',
    kind,
    metadata: { name: 'a', namespace: 'n' },
    spec,
  });

  it('come from every kind of workload', () => {
    const own = template({ app: 'a' }, [{ containerPort: 80 }, { name: 'dns', containerPort: 53, protocol: 'UDP' }]);
    const objects = [
      workload('Deployment', { template: own }),
      workload('StatefulSet', { template: own }),
      workload('Job', { template: own }),
      workload('CronJob', { jobTemplate: { spec: { template: own } } }),
      workload('ScaledJob', { jobTargetRef: { template: own } }),
    ];
    for (const found of policies.podsOf(objects)) {
      expect(found).toMatchObject({ name: 'a', namespace: 'n', labels: { app: 'a' }, hostNetwork: false });
      expect(found.ports).toEqual([
        { name: null, port: 80, protocol: 'TCP' },
        { name: 'dns', port: 53, protocol: 'UDP' },
      ]);
    }
    expect(policies.podsOf(objects)).toHaveLength(5);
  });

  it('come from no object without a template', () => {
    expect(
      policies.podsOf([workload('Rollout', { workloadRef: { name: 'a' } }), workload('Service', { ports: [] })]),
    ).toEqual([]);
  });

  it('count the ports of sidecars, and not those of containers that end', () => {
    const spec = {
      initContainers: [
        { name: 'once', ports: [{ containerPort: 1 }] },
        { name: 'sidecar', restartPolicy: 'Always', ports: [{ containerPort: 2 }] },
      ],
      containers: [{ name: 'main', ports: [{ containerPort: 3 }] }],
    };
    const [found] = policies.podsOf([workload('Deployment', { template: { spec } })]);
    expect(found?.ports.map(({ port }) => port)).toEqual([2, 3]);
  });

  it('are those that CloudNativePG makes', () => {
    const cluster = {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      metadata: { name: 'postgres', namespace: 'data' },
      spec: { instances: 3, inheritedMetadata: { labels: { 'app.kubernetes.io/instance': 'postgres' } } },
    };
    expect(policies.podsOf([cluster])).toMatchObject([
      {
        name: 'postgres',
        namespace: 'data',
        labels: {
          'cnpg.io/cluster': 'postgres',
          'cnpg.io/podRole': 'instance',
          'app.kubernetes.io/instance': 'postgres',
        },
        ports: [{ port: 5432 }, { port: 9187 }, { port: 8000 }],
      },
    ]);
  });

  it('are those that Strimzi makes', () => {
    const kafka = {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'Kafka',
      metadata: { name: 'kafka', namespace: 'data' },
      spec: { kafka: { listeners: [{ name: 'tls', port: 9093 }] }, entityOperator: {} },
    };
    const [brokers, operator] = policies.podsOf([kafka]);
    expect(brokers).toMatchObject({
      name: 'kafka-kafka',
      labels: {
        'strimzi.io/cluster': 'kafka',
        'strimzi.io/name': 'kafka-kafka',
        'app.kubernetes.io/instance': 'kafka',
      },
    });
    expect(brokers?.ports).toContainEqual({ name: 'tcp-tls', port: 9093, protocol: 'TCP' });
    expect(operator).toMatchObject({ name: 'kafka-entity-operator', ports: [] });
  });
});

describe('open edges', () => {
  const deployment = (name: string, port: number, space = 'shop') => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: space },
    spec: {
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ ports: [{ name: 'http', containerPort: port }] }] },
      },
    },
  });
  const denied = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  const objects = [
    deployment('web', 3000),
    deployment('api', 4000),
    denied,
    egressOf('web', [{ to: [to('api')], ports: [{ port: 4000 }] }]),
    ingressTo('api', [{ from: [to('web')], ports: [{ port: 'http' }] }]),
  ];

  it('are exactly what both sides allow', () => {
    expect(policies.openEdges(objects)).toEqual([{ from: 'shop/web', to: 'shop/api', port: 4000, protocol: 'TCP' }]);
  });

  it('say that every port is open', () => {
    const open = policies.openEdges([
      deployment('web', 3000),
      deployment('api', 4000),
      ingressTo('api', [{ from: [to('web')] }]),
      ingressTo('web', []),
    ]);
    expect(open).toEqual([
      { from: 'shop/web', to: 'shop/api', port: null, protocol: 'TCP' },
      { from: 'shop/web', to: 'shop/api', port: null, protocol: 'UDP' },
    ]);
  });

  it('go outside, and to pods that others run', () => {
    const block = { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } };
    const dns = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } };
    const going = egressOf('web', [
      { to: [block], ports: [{ port: 443 }] },
      { to: [dns], ports: [{ protocol: 'UDP', port: 53 }] },
    ]);
    const others = [pod('dns', { namespace: 'kube-system' })];
    const closed = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'kube-system');
    const open = policy({ podSelector: {}, ingress: [{ ports: [{ protocol: 'UDP', port: 53 }] }] }, 'kube-system');
    const found = policies.openEdges([deployment('web', 3000), denied, going, closed, open], {
      others,
      outside: [internet],
    });
    expect(found).toEqual([
      { from: 'shop/web', to: 'kube-system/dns', port: 53, protocol: 'UDP' },
      { from: 'shop/web', to: 'internet', port: 443, protocol: 'TCP' },
      { from: 'internet', to: 'kube-system/dns', port: 53, protocol: 'UDP' },
    ]);
  });

  it('find a policy that was removed', () => {
    const without = objects.filter((object) => object !== denied);
    expect(policies.openEdges(without).length).toBeGreaterThan(1);
  });

  it('equal the declared ones, or each difference is a finding', () => {
    const declared = [{ from: 'shop/web', to: 'shop/api', port: 4000 }];
    expect(policies.compareEdges(policies.openEdges(objects), declared)).toEqual([]);
    const messages = policies
      .compareEdges(policies.openEdges(objects), [{ from: 'shop/api', to: 'shop/web', port: 3000 }])
      .map(({ message }) => message);
    expect(messages).toEqual([
      'shop/web → shop/api 4000/TCP is open and nobody declared it',
      'shop/api → shop/web 3000/TCP is declared and closed',
    ]);
  });
});
