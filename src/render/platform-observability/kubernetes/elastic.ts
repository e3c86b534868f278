// Turns the log store of a cluster into objects of the operator of Elastic (ECK).
import { elasticStack } from '../../../catalog/elastic-stack';
import type { ElasticPlan } from '../../../plan/types/platform';
import type { Manifest } from '../../shared/kubernetes/manifest';
import { amounts, mebibytes } from '../../shared/kubernetes/quantity';
import { traceObjects } from './elastic-apm';

import { elasticSecurity, inFile, type MonitoringScope, metadata } from './scope';

/** ConfigMap of the life of indices, and its file. */
export const lifecycleMap = 'filebeat-lifecycle';
export const lifecycleFile = 'lifecycle.json';

const write = inFile('elastic.yaml');
const { store, agent, agentNamespace } = elasticStack.inCluster;
const storeAt = ({ watching }: MonitoringScope) => ({ name: store, namespace: watching.monitoringNamespace });

function elasticsearch(scope: MonitoringScope, { version, nodes, storageMiB, request, limit }: ElasticPlan): Manifest {
  return write(
    {
      apiVersion: 'elasticsearch.k8s.elastic.co/v1',
      kind: 'Elasticsearch',
      metadata: metadata(scope, store, store, 'run'),
      spec: {
        version,
        nodeSets: [
          {
            name: 'default',
            count: nodes,
            config: { 'node.store.allow_mmap': false },
            podTemplate: {
              spec: {
                automountServiceAccountToken: false,
                securityContext: elasticSecurity,
                containers: [
                  {
                    name: elasticStack.storeContainer,
                    resources: { requests: amounts(request), limits: amounts(limit) },
                  },
                ],
              },
            },
            volumeClaimTemplates: [
              {
                metadata: { name: 'elasticsearch-data' },
                spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: mebibytes(storageMiB) } } },
              },
            ],
          },
        ],
      },
    },
    {
      spec: 'Apart from the Elasticsearch of the services: a flood of logs takes nothing from them.',
      'spec.nodeSets.0.config':
        'Without maps of files the nodes need no higher vm.max_map_count, and no privileged container.',
    },
  );
}

const kibana = (scope: MonitoringScope, version: string): Manifest =>
  write({
    apiVersion: 'kibana.k8s.elastic.co/v1',
    kind: 'Kibana',
    metadata: metadata(scope, store, store, 'run'),
    spec: {
      version,
      count: 1,
      elasticsearchRef: { name: store },
      podTemplate: { spec: { automountServiceAccountToken: false, securityContext: elasticSecurity } },
    },
  });

/** https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s/configuration-examples-beats */
function filebeat(scope: MonitoringScope, { version, dataStream }: ElasticPlan): Manifest {
  const hostPath = (path: string) => ({ name: path.slice(1).replaceAll('/', '-'), path });
  const folders = ['/var/log/containers', '/var/log/pods'].map(hostPath);
  return write(
    {
      apiVersion: 'beat.k8s.elastic.co/v1beta1',
      kind: 'Beat',
      metadata: metadata(scope, agent, agent, 'run', agentNamespace),
      spec: {
        type: agent,
        version,
        elasticsearchRef: storeAt(scope),
        config: {
          'filebeat.inputs': [
            {
              type: 'filestream',
              id: 'containers',
              paths: ['/var/log/containers/*.log'],
              'prospector.scanner.symlinks': true,
              parsers: [{ container: {} }],
              processors: [
                {
                  add_kubernetes_metadata: {
                    node: '${NODE_NAME}',
                    matchers: [{ logs_path: { logs_path: '/var/log/containers/' } }],
                  },
                },
                { decode_json_fields: { fields: ['message'], target: 'application', max_depth: 3 } },
              ],
            },
          ],
          'setup.ilm': {
            enabled: true,
            overwrite: true,
            policy_name: dataStream,
            policy_file: `/etc/groundwork/${lifecycleFile}`,
          },
        },
        daemonSet: {
          podTemplate: {
            spec: {
              serviceAccountName: agent,
              automountServiceAccountToken: true,
              priorityClassName: 'system-node-critical',
              containers: [
                {
                  name: agent,
                  env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
                  securityContext: {
                    runAsUser: 0,
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ['ALL'], add: ['DAC_READ_SEARCH'] },
                    seccompProfile: { type: 'RuntimeDefault' },
                  },
                  resources: {
                    requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
                    limits: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '64Mi' },
                  },
                  volumeMounts: [
                    ...folders.map(({ name, path }) => ({ name, mountPath: path, readOnly: true })),
                    { name: 'lifecycle', mountPath: '/etc/groundwork', readOnly: true },
                  ],
                },
              ],
              volumes: [
                ...folders.map(({ name, path }) => ({ name, hostPath: { path, type: 'Directory' } })),
                { name: 'lifecycle', configMap: { name: lifecycleMap } },
              ],
            },
          },
        },
      },
    },
    {
      spec: 'Reads the logs of the node. Beside the operator, in its namespace: nothing that mounts files of the node is admitted where the services and their data are.',
      'spec.daemonSet.podTemplate.spec.containers.0.securityContext':
        'The logs belong to root. The capability reads, and writes nothing.',
    },
  );
}

function agentRights(scope: MonitoringScope): Manifest[] {
  const role = `${scope.plan.identity.name}-${agent}`;
  return [
    write({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadata(scope, agent, agent, 'configure', agentNamespace),
      automountServiceAccountToken: false,
    }),
    write(
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: metadata(scope, role, agent, 'configure', null),
        rules: [{ apiGroups: [''], resources: ['namespaces', 'nodes', 'pods'], verbs: ['get', 'list', 'watch'] }],
      },
      { rules: 'To say which pod a line is from.' },
    ),
    write({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: metadata(scope, role, agent, 'configure', null),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name: agent, namespace: agentNamespace }],
    }),
  ];
}

/** Nothing where neither logs nor traces are asked for. */
export function elasticObjects(scope: MonitoringScope): Manifest[] {
  const { elastic } = scope.watching;
  if (elastic === null) return [];
  return [
    elasticsearch(scope, elastic),
    kibana(scope, elastic.version),
    ...traceObjects(scope, elastic),
    ...(elastic.logging ? [...agentRights(scope), filebeat(scope, elastic)] : []),
  ];
}

/** The generator of the ConfigMap that Filebeat reads the life of indices from; Filebeat's object is unknown to kustomize, so its name has no hash. */
export const lifecycleGenerator = (scope: MonitoringScope): object => ({
  name: lifecycleMap,
  namespace: agentNamespace,
  files: [`${lifecycleFile}=elastic/${lifecycleFile}`],
  options: {
    disableNameSuffixHash: true,
    labels: metadata(scope, lifecycleMap, agent, 'configure').labels,
    annotations: metadata(scope, lifecycleMap, agent, 'configure').annotations,
  },
});
