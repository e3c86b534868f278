// Kafka in a cluster by Strimzi: nodes that are brokers and controllers, topics and users as declared.
import { certificateSecret } from '../certificates';
import type { ClusterObjectPlan } from '../facts';
import type { OperatedInput, OperatedKind } from '../operated';
import { guaranteed, mebibytes, objectOf, restrictedContainer, restrictedPod, spreadOver } from '../operator-object';
import { serverCertificate, serviceNames } from '../server-certificate';
import { replication, topics } from './topics';
import { heapMiB } from './tuning';
import { users } from './users';

const apiVersion = 'kafka.strimzi.io/v1';
const port = 9093;

const pod = (input: OperatedInput) => ({
  // Group 0, to which the image gives its files.
  securityContext: { ...restrictedPod, fsGroup: 0 },
  ...(input.replicas > 1 ? { topologySpreadConstraints: spreadOver({ 'strimzi.io/cluster': input.name }) } : {}),
});

function cluster(input: OperatedInput): ClusterObjectPlan {
  const { factor, inSync } = replication(input.replicas);
  const operatorResources = guaranteed({ cpuMillis: 200, memoryMiB: 384 });
  return objectOf(
    input,
    apiVersion,
    'Kafka',
    input.name,
    {
      spec: {
        kafka: {
          listeners: [
            {
              name: 'scram',
              port,
              type: 'internal',
              tls: true,
              authentication: { type: 'scram-sha-512' },
              configuration: {
                useServiceDnsDomain: true,
                brokerCertChainAndKey: {
                  secretName: certificateSecret(input.name),
                  certificate: 'tls.crt',
                  key: 'tls.key',
                },
              },
              networkPolicyPeers: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': input.name } } }],
            },
          ],
          authorization: { type: 'simple' },
          config: {
            'auto.create.topics.enable': false,
            'default.replication.factor': factor,
            'min.insync.replicas': inSync,
            'offsets.topic.replication.factor': factor,
            'transaction.state.log.replication.factor': factor,
            'transaction.state.log.min.isr': inSync,
          },
          template: { pod: pod(input), kafkaContainer: { securityContext: restrictedContainer } },
        },
        entityOperator: {
          topicOperator: { resources: operatorResources },
          userOperator: { resources: operatorResources, secretPrefix: `${input.name}-user-` },
          template: {
            pod: { securityContext: restrictedPod },
            topicOperatorContainer: { securityContext: restrictedContainer },
            userOperatorContainer: { securityContext: restrictedContainer },
          },
        },
      },
    },
    {
      '': 'Kafka by Strimzi, in the version that the operator was released with: it refuses any that it does not know.',
      'spec.kafka.listeners':
        'Encrypted by a certificate of the authority that services trust, with a password for every client. The peers are its own pods: without them Strimzi opens the port to everybody, and policies add up.',
      'spec.kafka.authorization': 'What no user below is allowed is denied.',
      'spec.kafka.config':
        inSync > 1
          ? 'One broker may be away without losing an event or refusing one.'
          : 'There is one broker to hold anything.',
      'spec.entityOperator': 'Keeps topics and users as declared.',
    },
  );
}

function nodes(input: OperatedInput): ClusterObjectPlan {
  const heap = `${heapMiB(input.memoryMiB)}m`;
  const plan = objectOf(
    input,
    apiVersion,
    'KafkaNodePool',
    `${input.name}-nodes`,
    {
      spec: {
        replicas: input.replicas,
        roles: ['controller', 'broker'],
        storage: {
          type: 'jbod',
          volumes: [
            {
              id: 0,
              type: 'persistent-claim',
              size: mebibytes(input.storageMiB),
              deleteClaim: false,
              kraftMetadata: 'shared',
            },
          ],
        },
        jvmOptions: { '-Xms': heap, '-Xmx': heap },
        resources: guaranteed(input),
      },
    },
    {
      'spec.roles': 'Each node is broker and controller: a few topics need no controllers of their own.',
      'spec.jvmOptions': 'Half of the memory; the rest is the cache of pages that Kafka reads and writes through.',
      'spec.storage': 'Whoever deletes this object deletes no data.',
    },
  );
  return { ...plan, labels: { ...plan.labels, 'strimzi.io/cluster': input.name } };
}

/** Brokers tell clients the names of the operator's own Services, each its own. */
const certificate = (input: OperatedInput): ClusterObjectPlan =>
  serverCertificate(input, {
    names: [
      ...serviceNames(`${input.name}-kafka-bootstrap`, input),
      ...serviceNames(`${input.name}-kafka-brokers`, input, true),
    ],
  });

const service = (input: OperatedInput): ClusterObjectPlan =>
  objectOf(
    input,
    'v1',
    'Service',
    input.name,
    {
      spec: {
        type: 'ClusterIP',
        selector: { 'strimzi.io/cluster': input.name, 'strimzi.io/broker-role': 'true' },
        ports: [{ name: 'scram', port, targetPort: port, protocol: 'TCP' }],
      },
    },
    { '': "The host that services name; the operator's own has another name." },
  );

export const operated: OperatedKind = {
  // https://strimzi.io/docs/operators/latest/deploying#con-securing-kafka-brokers-str
  network: {
    operator: {
      namespace: 'strimzi-system',
      labels: { 'strimzi.io/kind': 'cluster-operator' },
      ports: [8443, 9090, 9091, port],
    },
    members: [9090, 9091, port],
    reachesApiServer: true,
    reachesObjectStore: false,
    why: 'The operator asks controllers and brokers how they are; brokers copy from each other; the operator of topics and users reads what is declared.',
  },
  operator: 'Strimzi',
  documentation: 'https://strimzi.io/docs/operators/latest/configuring.html',
  savesByAccount: false,
  replicas: { single: 1, highlyAvailable: 3 },
  objects: (input) => [
    cluster(input),
    certificate(input),
    nodes(input),
    service(input),
    ...topics(input),
    ...users(input),
  ],
};
