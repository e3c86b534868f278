// Elasticsearch in a cluster by ECK: nodes of all roles, users and roles from files in place of calls to its API.
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
import { tags } from './container';
import { heapMiB } from './tuning';

const port = 9200;
const rolesSecret = (instance: string): string => `${instance}-roles`;

interface NamedRole {
  readonly user: string;
  readonly cluster: readonly string[];
  readonly indices: readonly { readonly names: readonly string[]; readonly privileges: readonly string[] }[];
}

/** One role for each user, of the user's name. https://www.elastic.co/docs/reference/elasticsearch/security-privileges */
const roles = ({ accounts, monitor }: OperatedInput): readonly NamedRole[] => [
  ...accounts.map(({ user, uses }) => ({
    user,
    cluster: ['monitor'],
    indices: [{ names: uses.map((use) => `${givenValue(use, 'indexPrefix')}*`), privileges: ['all'] }],
  })),
  ...(monitor === null ? [] : [{ user: monitor.user, cluster: ['monitor'], indices: [] }]),
];

/** Two files without a secret, in the only form that ECK reads: https://www.elastic.co/docs/deploy-manage/users-roles/cluster-or-deployment-auth/file-based */
const rolesObject = (input: OperatedInput): ClusterObjectPlan => {
  const all = roles(input);
  return objectOf(
    input,
    'v1',
    'Secret',
    rolesSecret(input.name),
    {
      type: 'Opaque',
      stringData: {
        // JSON is YAML.
        'roles.yml': `${JSON.stringify(Object.fromEntries(all.map(({ user, cluster, indices }) => [user, { cluster, indices }])))}\n`,
        users_roles: all.map(({ user }) => `${user}:${user}\n`).join(''),
      },
    },
    { '': 'Who may do what; no password is here. ECK reads such files from Secrets only.' },
  );
};

function pod(input: OperatedInput) {
  const heap = heapMiB(input.memoryMiB);
  return {
    metadata: { labels: instanceLabels(input) },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { ...restrictedPod, runAsUser: 1000, fsGroup: 1000 },
      ...(input.replicas > 1
        ? { topologySpreadConstraints: spreadOver({ 'elasticsearch.k8s.elastic.co/cluster-name': input.name }) }
        : {}),
      containers: [
        {
          name: 'elasticsearch',
          env: [{ name: 'ES_JAVA_OPTS', value: `-Xms${heap}m -Xmx${heap}m` }],
          resources: guaranteed(input),
          securityContext: restrictedContainer,
        },
      ],
    },
  };
}

function cluster(input: OperatedInput): ClusterObjectPlan {
  const users = [
    ...input.accounts.map(({ secretName }) => secretName),
    ...(input.monitor === null ? [] : [input.monitor.secretName]),
  ];
  return objectOf(
    input,
    'elasticsearch.k8s.elastic.co/v1',
    'Elasticsearch',
    input.name,
    {
      spec: {
        version: imageOf('elasticsearch', tags, input.version).tag,
        auth: {
          roles: [{ secretName: rolesSecret(input.name) }],
          fileRealm: [...users, rolesSecret(input.name)].map((secretName) => ({ secretName })),
        },
        http: { tls: { certificate: { secretName: certificateSecret(input.name) } } },
        volumeClaimDeletePolicy: 'DeleteOnScaledownOnly',
        nodeSets: [
          {
            name: 'nodes',
            count: input.replicas,
            config: {
              'node.store.allow_mmap': false,
              'xpack.ml.enabled': false,
              'action.destructive_requires_name': true,
            },
            podTemplate: pod(input),
            volumeClaimTemplates: [
              {
                metadata: { name: 'elasticsearch-data' },
                spec: {
                  accessModes: ['ReadWriteOnce'],
                  resources: { requests: { storage: mebibytes(input.storageMiB) } },
                },
              },
            ],
          },
        ],
      },
    },
    {
      '': `Elasticsearch ${input.version} by ECK: elects masters and moves shards by itself.`,
      'spec.auth': 'Passwords from the secret store, one user per service for the indices under its own prefix.',
      'spec.http': 'By the authority that services trust.',
      'spec.volumeClaimDeletePolicy': 'Whoever deletes this object deletes no data.',
      'spec.nodeSets':
        'Without maps of files no node of the cluster needs a higher vm.max_map_count, which only root can set.',
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
        selector: { 'elasticsearch.k8s.elastic.co/cluster-name': input.name },
        ports: [{ name: 'https', port, targetPort: port, protocol: 'TCP' }],
      },
    },
    { '': "The host that services name; the operator's own has another name." },
  );

export const operated: OperatedKind = {
  network: {
    operator: { namespace: 'elastic-system', labels: { 'control-plane': 'elastic-operator' }, ports: [port] },
    members: [port, 9300],
    reachesApiServer: false,
    reachesObjectStore: false,
    why: 'The operator asks the cluster how it is before it replaces a node; nodes copy from each other.',
  },
  operator: 'Elastic Cloud on Kubernetes',
  documentation: 'https://www.elastic.co/docs/reference/cloud-on-k8s/api-docs',
  savesByAccount: false,
  replicas: { single: 1, highlyAvailable: 3 },
  objects: (input) => [
    cluster(input),
    // The operator asks by the names of its own Services.
    serverCertificate(input, {
      names: ['http', 'internal-http'].flatMap((use) => serviceNames(`${input.name}-es-${use}`, input)),
    }),
    rolesObject(input),
    service(input),
  ],
};
