// The pods that operators make of custom resources: labels and ports as their documentation states them.
const tcp = (name, port) => ({ name, port, protocol: 'TCP' });
const one = (labels, ports) => [{ suffix: '', labels, ports }];

const kinds = {
  // https://cloudnative-pg.io/documentation/current/labels_annotations/
  'postgresql.cnpg.io/Cluster': ({ metadata, spec }) =>
    one(
      {
        ...spec.inheritedMetadata?.labels,
        'cnpg.io/cluster': metadata.name,
        'cnpg.io/podRole': 'instance',
      },
      [tcp('postgresql', 5432), tcp('metrics', 9187), tcp('status', 8000)],
    ),
  'postgresql.cnpg.io/Pooler': ({ metadata, spec }) =>
    one(
      {
        ...spec.template?.metadata?.labels,
        'cnpg.io/cluster': spec.cluster.name,
        'cnpg.io/podRole': 'pooler',
        'cnpg.io/poolerName': metadata.name,
      },
      [tcp('pgbouncer', 5432), tcp('metrics', 9127)],
    ),
  // https://strimzi.io/docs/operators/latest/deploying (labels of generated resources, listeners)
  'kafka.strimzi.io/Kafka': ({ metadata, spec }) => {
    const common = {
      'strimzi.io/cluster': metadata.name,
      'strimzi.io/kind': 'Kafka',
      'app.kubernetes.io/instance': metadata.name,
      'app.kubernetes.io/managed-by': 'strimzi-cluster-operator',
      'app.kubernetes.io/part-of': `strimzi-${metadata.name}`,
    };
    const pod = (suffix, name, ports, template) => ({
      suffix,
      labels: {
        ...metadata.labels,
        ...template?.pod?.metadata?.labels,
        ...common,
        'app.kubernetes.io/name': name,
        'strimzi.io/name': `${metadata.name}${suffix}`,
      },
      ports,
    });
    const { listeners = [], metricsConfig, template } = spec.kafka;
    const metrics = metricsConfig === undefined ? [] : [tcp('tcp-prometheus', 9404)];
    const brokers = [
      tcp('tcp-ctrlplane', 9090),
      tcp('tcp-replication', 9091),
      ...listeners.map(({ name, port }) => tcp(`tcp-${name}`, port)),
      ...metrics,
    ];
    return [
      pod('-kafka', 'kafka', brokers, template),
      ...(spec.entityOperator === undefined
        ? []
        : [pod('-entity-operator', 'entity-operator', [], spec.entityOperator.template)]),
      ...(spec.kafkaExporter === undefined
        ? []
        : [pod('-kafka-exporter', 'kafka-exporter', [tcp('tcp-prometheus', 9404)], spec.kafkaExporter.template)]),
    ];
  },
  // https://github.com/mongodb/mongodb-kubernetes-operator
  'mongodbcommunity.mongodb.com/MongoDBCommunity': ({ metadata, spec }) =>
    one({ ...spec.statefulSet?.spec?.template?.metadata?.labels, app: `${metadata.name}-svc` }, [
      tcp('mongodb', 27017),
      ...(spec.prometheus === undefined ? [] : [tcp('prometheus', spec.prometheus.port ?? 9216)]),
    ]),
  // https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s
  'elasticsearch.k8s.elastic.co/Elasticsearch': ({ metadata, spec }) =>
    spec.nodeSets.map(({ name, podTemplate }) => ({
      suffix: `-es-${name}`,
      labels: {
        ...podTemplate?.metadata?.labels,
        'common.k8s.elastic.co/type': 'elasticsearch',
        'elasticsearch.k8s.elastic.co/cluster-name': metadata.name,
        'elasticsearch.k8s.elastic.co/statefulset-name': `${metadata.name}-es-${name}`,
      },
      ports: [tcp('https', 9200), tcp('transport', 9300)],
    })),
  'kibana.k8s.elastic.co/Kibana': ({ metadata, spec }) =>
    one(
      {
        ...spec.podTemplate?.metadata?.labels,
        'common.k8s.elastic.co/type': 'kibana',
        'kibana.k8s.elastic.co/name': metadata.name,
      },
      [tcp('https', 5601)],
    ),
  'apm.k8s.elastic.co/ApmServer': ({ metadata, spec }) =>
    one(
      {
        ...spec.podTemplate?.metadata?.labels,
        'common.k8s.elastic.co/type': 'apm-server',
        'apm.k8s.elastic.co/name': metadata.name,
      },
      [tcp('https', 8200)],
    ),
  'beat.k8s.elastic.co/Beat': ({ metadata, spec }) =>
    one(
      {
        ...(spec.daemonSet ?? spec.deployment)?.podTemplate?.metadata?.labels,
        'common.k8s.elastic.co/type': 'beat',
        'beat.k8s.elastic.co/name': metadata.name,
      },
      [],
    ),
  // https://github.com/Altinity/clickhouse-operator
  'clickhouse.altinity.com/ClickHouseInstallation': ({ metadata, spec }) =>
    one(
      {
        ...(spec.templates?.podTemplates ?? [])[0]?.metadata?.labels,
        'clickhouse.altinity.com/app': 'chop',
        'clickhouse.altinity.com/chi': metadata.name,
      },
      [tcp('http', 8123), tcp('https', 8443), tcp('tcp', 9000), tcp('interserver', 9009)],
    ),
  // https://prometheus-operator.dev/docs/api-reference/api/
  'monitoring.coreos.com/Prometheus': ({ metadata, spec }) =>
    one(
      {
        ...spec.podMetadata?.labels,
        'app.kubernetes.io/name': 'prometheus',
        'app.kubernetes.io/instance': metadata.name,
        'app.kubernetes.io/managed-by': 'prometheus-operator',
        prometheus: metadata.name,
      },
      [tcp(spec.portName ?? 'web', 9090)],
    ),
  'monitoring.coreos.com/Alertmanager': ({ metadata, spec }) =>
    one(
      {
        ...spec.podMetadata?.labels,
        'app.kubernetes.io/name': 'alertmanager',
        'app.kubernetes.io/instance': metadata.name,
        'app.kubernetes.io/managed-by': 'prometheus-operator',
        alertmanager: metadata.name,
      },
      [tcp(spec.portName ?? 'web', 9093), tcp('mesh-tcp', 9094), { name: 'mesh-udp', port: 9094, protocol: 'UDP' }],
    ),
};

/** `{ suffix, labels, ports }` of each pod that an operator makes of the object; none for what is no such resource. */
export const impliedPods = (object) => kinds[`${object.apiVersion?.split('/')[0]}/${object.kind}`]?.(object) ?? [];
