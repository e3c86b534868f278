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
} as const;
