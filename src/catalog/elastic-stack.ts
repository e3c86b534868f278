// The servers of Elastic that keep logs and traces: version, images, and the name that the operator gives the store's container.

// https://endoflife.date/elasticsearch
const version = '9.5.2';
const image = (path: string) => ({ repository: `docker.elastic.co/${path}`, tag: version, digest: null });

export const elasticStack = {
  version,
  images: {
    store: image('elasticsearch/elasticsearch'),
    kibana: image('kibana/kibana'),
    filebeat: image('beats/filebeat'),
    apmServer: image('apm/apm-server'),
  },
  // https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s/customize-pods
  storeContainer: 'elasticsearch',
  /** Names of the objects in a cluster, and the labels that the operator gives to pods: https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s/labels */
  inCluster: {
    /** Elasticsearch of logs and traces, and its Kibana. */
    store: 'logs',
    storePods: (store: string) => ({ 'elasticsearch.k8s.elastic.co/cluster-name': store }),
    kibanaPods: (store: string) => ({ 'kibana.k8s.elastic.co/name': store }),
    /** What reads the logs of each node, in the operator's own namespace: what mounts files of the node cannot live where "restricted" is enforced. */
    agent: 'filebeat',
    agentNamespace: 'elastic-system',
    agentPods: { 'beat.k8s.elastic.co/name': 'filebeat' },
    operatorPods: { 'control-plane': 'elastic-operator' },
  },
} as const;
