// What to watch on Elasticsearch, in the metrics of elasticsearch_exporter.
import { always, type BackingAlert, constants, shares, unwatched } from '../backing-alert';

const source = 'https://github.com/prometheus-community/elasticsearch_exporter';
const exported = ['operator', 'aws'] as const;

export const alerts: readonly BackingAlert[] = [
  {
    name: 'elasticsearch-cluster-red',
    severity: 'critical',
    runs: exported,
    appliesTo: always,
    signal: { of: 'value', metric: 'elasticsearch_cluster_health_status', labels: { color: 'red' } },
    bound: { is: 'equal', value: 1 },
    per: ['cluster'],
    forSeconds: 120,
    shows: 'number',
    summary: 'Elasticsearch {resource} has lost primary shards',
    description: 'Cluster {label:cluster} is red: a part of the data cannot be searched or written.',
    meaning: 'All copies of a shard are gone or cannot be placed.',
    diagnosis: ['GET _cluster/allocation/explain and GET _cat/shards?v&h=index,shard,prirep,state,unassigned.reason'],
    mitigation: [
      'Bring the lost node back; free disk space; restore the index, or build it again from the system of record.',
    ],
    source,
    proof: constants('elasticsearch_cluster_health_status', { cluster: 'search', color: 'red' }, 1, 0, '1'),
  },
  {
    name: 'elasticsearch-heap-nearly-full',
    severity: 'warning',
    runs: exported,
    appliesTo: always,
    signal: {
      of: 'share',
      part: { of: 'value', metric: 'elasticsearch_jvm_memory_used_bytes', labels: { area: 'heap' } },
      whole: { of: 'value', metric: 'elasticsearch_jvm_memory_max_bytes', labels: { area: 'heap' } },
    },
    bound: { is: 'above', value: 0.9 },
    per: ['name'],
    forSeconds: 600,
    shows: 'percentage',
    summary: 'A node of Elasticsearch {resource} uses {value} of its heap',
    description: '{value} of the heap of {label:name} is in use for 10 minutes; circuit breakers refuse requests next.',
    meaning: 'Garbage collection does not free enough: too many shards, field data, or large aggregations.',
    diagnosis: ['GET _nodes/stats/breaker,indices/fielddata and GET _cat/nodes?v&h=name,heap.percent'],
    mitigation: ['Clear field data; lower the size of aggregations; choose a larger class.'],
    source,
    proof: {
      shown: '95%',
      fires: [
        {
          metric: 'elasticsearch_jvm_memory_used_bytes',
          labels: { name: 'search-0', area: 'heap' },
          start: 950,
          perMinute: 0,
        },
        {
          metric: 'elasticsearch_jvm_memory_max_bytes',
          labels: { name: 'search-0', area: 'heap' },
          start: 1000,
          perMinute: 0,
        },
      ],
      quiet: [
        {
          metric: 'elasticsearch_jvm_memory_used_bytes',
          labels: { name: 'search-0', area: 'heap' },
          start: 600,
          perMinute: 0,
        },
        {
          metric: 'elasticsearch_jvm_memory_max_bytes',
          labels: { name: 'search-0', area: 'heap' },
          start: 1000,
          perMinute: 0,
        },
      ],
    },
  },
  {
    name: 'elasticsearch-disk-nearly-full',
    severity: 'warning',
    runs: exported,
    appliesTo: always,
    signal: {
      of: 'share',
      part: { of: 'value', metric: 'elasticsearch_filesystem_data_available_bytes', labels: {} },
      whole: { of: 'value', metric: 'elasticsearch_filesystem_data_size_bytes', labels: {} },
    },
    // At 15 % free no new shard is placed on a node (cluster.routing.allocation.disk.watermark.low); 5 points earlier leaves time.
    bound: { is: 'below', value: 0.2 },
    per: ['instance'],
    forSeconds: 300,
    shows: 'percentage',
    summary: 'Elasticsearch {resource} has {value} of a disk left',
    description:
      '{value} of the data disk is free at {label:instance}; at 15% no shard is placed there, at 5% indices become read-only.',
    meaning: 'Indices grow faster than they are deleted.',
    diagnosis: ['GET _cat/allocation?v and GET _cat/indices?v&s=store.size:desc'],
    mitigation: ['Delete old indices; enlarge the volume; add a node.'],
    source:
      'https://www.elastic.co/guide/en/elasticsearch/reference/current/modules-cluster.html#disk-based-shard-allocation',
    proof: shares(
      'elasticsearch_filesystem_data_available_bytes',
      'elasticsearch_filesystem_data_size_bytes',
      [100, 1000],
      [500, 1000],
      '10%',
    ),
  },
  unwatched('elasticsearch', 'Elasticsearch', 'elasticsearch_cluster_health_number_of_nodes', exported),
];
