// What to watch on ClickHouse, in the metrics of its own endpoint.
import { always, type BackingAlert, growth, shares, unwatched } from '../backing-alert';

const source = 'https://clickhouse.com/docs/operations/server-configuration-parameters/settings#prometheus';
const exported = ['operator'] as const;
const available = { of: 'value', metric: 'ClickHouseAsyncMetrics_DiskAvailable_default', labels: {} } as const;
const used = { of: 'value', metric: 'ClickHouseAsyncMetrics_DiskUsed_default', labels: {} } as const;

export const alerts: readonly BackingAlert[] = [
  {
    name: 'clickhouse-memory-nearly-full',
    severity: 'warning',
    runs: exported,
    appliesTo: always,
    signal: {
      of: 'share',
      part: { of: 'value', metric: 'ClickHouseAsyncMetrics_CGroupMemoryUsed', labels: {} },
      whole: { of: 'value', metric: 'ClickHouseAsyncMetrics_CGroupMemoryTotal', labels: {} },
    },
    bound: { is: 'above', value: 0.9 },
    per: ['instance'],
    forSeconds: 300,
    shows: 'percentage',
    summary: 'ClickHouse {resource} uses {value} of its memory',
    description:
      '{value} of the memory limit is in use on {label:instance}; queries will be refused or the server killed.',
    meaning: 'Queries or merges need more memory than the server has.',
    diagnosis: ['SELECT query_id, user, memory_usage, query FROM system.processes ORDER BY memory_usage DESC;'],
    mitigation: ['KILL QUERY for the largest one; lower max_memory_usage of the user; choose a larger class.'],
    source,
    proof: shares(
      'ClickHouseAsyncMetrics_CGroupMemoryUsed',
      'ClickHouseAsyncMetrics_CGroupMemoryTotal',
      [15_200_000_000, 16_000_000_000],
      [8_000_000_000, 16_000_000_000],
      '95%',
    ),
  },
  {
    name: 'clickhouse-disk-nearly-full',
    severity: 'warning',
    runs: exported,
    appliesTo: always,
    signal: { of: 'share', part: available, whole: { of: 'sum', left: available, right: used } },
    bound: { is: 'below', value: 0.2 },
    per: ['instance'],
    forSeconds: 300,
    shows: 'percentage',
    summary: 'ClickHouse {resource} has {value} of its disk left',
    description:
      '{value} of the default disk is free on {label:instance}; merges stop before it is full, and inserts after them.',
    meaning: 'Data grows faster than it expires.',
    diagnosis: [
      'SELECT database, table, formatReadableSize(sum(bytes_on_disk)) FROM system.parts WHERE active GROUP BY 1, 2 ORDER BY sum(bytes_on_disk) DESC;',
    ],
    mitigation: ['Drop old partitions or shorten the time to live; enlarge the volume.'],
    source,
    proof: shares(
      'ClickHouseAsyncMetrics_DiskAvailable_default',
      'ClickHouseAsyncMetrics_DiskUsed_default',
      [100, 900],
      [600, 400],
      '10%',
    ),
  },
  {
    name: 'clickhouse-rejects-inserts',
    severity: 'critical',
    runs: exported,
    appliesTo: always,
    signal: { of: 'increase', windowSeconds: 300, metric: 'ClickHouseProfileEvents_RejectedInserts', labels: {} },
    bound: { is: 'above', value: 2 },
    per: ['instance'],
    forSeconds: 60,
    shows: 'number',
    summary: 'ClickHouse {resource} rejects inserts',
    description:
      '{value} inserts were rejected in 5 minutes on {label:instance}: too many parts. Data is lost unless clients retry.',
    meaning: 'Inserts are small and many; merges do not keep up.',
    diagnosis: [
      'SELECT table, partition, count() FROM system.parts WHERE active GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 10;',
    ],
    mitigation: ['Insert in batches or with async_insert; slow the writer down until merges catch up.'],
    source,
    proof: growth('ClickHouseProfileEvents_RejectedInserts', {}, 4, '20'),
  },
  unwatched('clickhouse', 'ClickHouse', 'ClickHouseAsyncMetrics_CGroupMemoryTotal', exported),
];
