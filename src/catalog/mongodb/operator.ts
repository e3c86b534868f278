// MongoDB in a cluster by its community operator: a replica set, encrypted, users with their own database only.
import { certificateSecret } from '../certificates';
import { givenValue } from '../container-input';
import type { ClusterObjectPlan } from '../facts';
import { imageOf } from '../hardened-container';
import type { OperatedInput, OperatedKind } from '../operated';
import {
  guaranteed,
  instanceLabels,
  mebibytes,
  objectOf,
  restrictedContainer,
  restrictedPod,
  spreadOver,
} from '../operator-object';
import { serverCertificate, serviceNames } from '../server-certificate';
import { auditConfiguration } from './audit';
import { tags } from './container';
import { cacheSizeMiB } from './tuning';

const port = 27017;

interface Role {
  readonly db: string;
  readonly name: string;
}

const account = (instance: string, user: string, database: string, secretName: string, roles: readonly Role[]) => {
  const name = `${instance}-${user}-${database}`.replaceAll('_', '-');
  return {
    name: user,
    db: database,
    passwordSecretRef: { name: secretName, key: 'password' },
    roles,
    scramCredentialsSecretName: name,
    connectionStringSecretName: `${name}-connection`,
  };
};

/** A user in each database that its service uses, where its URL looks for it. */
const users = (input: OperatedInput) => [
  ...input.accounts.flatMap(({ user, secretName, uses }) =>
    [...new Set(uses.map((use) => givenValue(use, 'database')))].map((database) =>
      account(input.name, user, database, secretName, [{ db: database, name: 'readWrite' }]),
    ),
  ),
  // The exporter's own list: https://github.com/percona/mongodb_exporter#permissions
  ...(input.monitor === null
    ? []
    : [
        account(input.name, input.monitor.user, 'admin', input.monitor.secretName, [
          { db: 'admin', name: 'clusterMonitor' },
          { db: 'local', name: 'read' },
        ]),
      ]),
];

const agentMemoryMiB = 256;

/** The pods as the operator makes them, with what Pod Security asks for beside. */
function statefulSet(input: OperatedInput) {
  const labels = instanceLabels(input);
  const agent = guaranteed({ cpuMillis: 200, memoryMiB: agentMemoryMiB });
  const container = (name: string, resources: ReturnType<typeof guaranteed>) => ({
    name,
    resources,
    securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true },
  });
  const claim = (name: string, storage: string) => ({
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
  });
  return {
    spec: {
      template: {
        metadata: { labels },
        spec: {
          securityContext: { ...restrictedPod, runAsUser: 2000, fsGroup: 2000 },
          ...(input.replicas > 1 ? { topologySpreadConstraints: spreadOver(labels) } : {}),
          initContainers: [container('mongod-posthook', agent), container('mongodb-agent-readinessprobe', agent)],
          containers: [container('mongod', guaranteed(input)), container('mongodb-agent', agent)],
        },
      },
      volumeClaimTemplates: [claim('data-volume', mebibytes(input.storageMiB)), claim('logs-volume', '2048Mi')],
    },
  };
}

function replicaSet(input: OperatedInput): ClusterObjectPlan {
  const certificate = { name: certificateSecret(input.name) };
  return objectOf(
    input,
    'mongodbcommunity.mongodb.com/v1',
    'MongoDBCommunity',
    input.name,
    {
      spec: {
        type: 'ReplicaSet',
        members: input.replicas,
        version: imageOf('mongo', tags, input.version).tag.replace(/-.*$/, ''),
        featureCompatibilityVersion: input.version,
        security: {
          authentication: { modes: ['SCRAM'], ignoreUnknownUsers: false },
          tls: { enabled: true, certificateKeySecretRef: certificate, caCertificateSecretRef: certificate },
        },
        users: users(input),
        additionalMongodConfig: {
          'storage.wiredTiger.engineConfig.cacheSizeGB': cacheSizeMiB(input.memoryMiB) / 1024,
          ...(input.connections === null ? {} : { 'net.maxIncomingConnections': input.connections }),
          // Who connects and who is refused: the community edition has no audit log.
          ...auditConfiguration,
        },
        statefulSet: statefulSet(input),
      },
    },
    {
      '': `MongoDB ${input.version} by its community operator: elects a new primary by itself, keeps users as declared.`,
      'spec.members':
        input.replicas > 1 ? 'A majority of three stays when one is lost.' : 'No replica takes over here.',
      'spec.security': 'Passwords and encrypted connections only; a user that is not declared is removed.',
      'spec.users': 'Each reads and writes the database of its service and nothing else.',
      'spec.additionalMongodConfig': 'From the memory and connections of the class, as on a laptop.',
      'spec.statefulSet': 'Amounts, disks, replicas apart from each other, and what Pod Security asks for.',
    },
  );
}

const service = (input: OperatedInput): ClusterObjectPlan =>
  objectOf(
    input,
    'v1',
    'Service',
    input.name,
    {
      spec: {
        type: 'ClusterIP',
        selector: { 'app.kubernetes.io/instance': input.name, app: `${input.name}-svc` },
        ports: [{ name: 'mongodb', port, targetPort: port, protocol: 'TCP' }],
      },
    },
    { '': 'The host that services name; by it a client finds the members.' },
  );

export const operated: OperatedKind = {
  network: {
    operator: null,
    members: [port],
    reachesApiServer: true,
    reachesObjectStore: false,
    why: 'Members copy from each other; the agent in each pod tells the API server how far it is.',
  },
  operator: 'MongoDB Controllers for Kubernetes (community)',
  documentation: 'https://github.com/mongodb/mongodb-kubernetes/tree/master/docs/mongodbcommunity',
  savesByAccount: false,
  replicas: { single: 1, highlyAvailable: 3 },
  objects: (input) => [
    replicaSet(input),
    service(input),
    serverCertificate(input, {
      names: serviceNames(`${input.name}-svc`, input, true),
      // Members present it to each other.
      usages: ['server auth', 'client auth'],
    }),
  ],
};
