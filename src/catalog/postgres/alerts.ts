// What to watch on PostgreSQL, in the metrics of postgres_exporter.
import { always, type BackingAlert, constants, growth, unwatched } from '../backing-alert';

const source = 'https://github.com/prometheus-community/postgres_exporter';
const exported = ['operator', 'aws'] as const;

export const alerts: readonly BackingAlert[] = [
  {
    name: 'postgres-down',
    severity: 'critical',
    runs: exported,
    appliesTo: always,
    signal: { of: 'value', metric: 'pg_up', labels: {} },
    bound: { is: 'equal', value: 0 },
    per: ['instance'],
    forSeconds: 60,
    shows: 'number',
    summary: 'PostgreSQL {resource} does not answer',
    description: 'The exporter {label:instance} cannot connect to {resource}.',
    meaning: 'The database refuses connections or is not there. Every request that needs it fails.',
    diagnosis: ['Look at the state and the log of the database: does it start, is it failing over, is its disk full?'],
    mitigation: ['Let a failover end; promote the standby when it does not; free disk space when the disk is full.'],
    source,
    proof: constants('pg_up', {}, 0, 1, '0'),
  },
  {
    name: 'postgres-connections-nearly-exhausted',
    severity: 'warning',
    runs: exported,
    appliesTo: always,
    signal: {
      of: 'share',
      part: { of: 'total', per: ['instance'], signal: { of: 'value', metric: 'pg_stat_activity_count', labels: {} } },
      whole: {
        of: 'smallest',
        per: ['instance'],
        signal: { of: 'value', metric: 'pg_settings_max_connections', labels: {} },
      },
    },
    bound: { is: 'above', value: 0.8 },
    per: ['instance'],
    forSeconds: 120,
    shows: 'percentage',
    summary: 'PostgreSQL {resource} has {value} of its connections in use',
    description: '{value} of max_connections are open on {label:instance}. At 100% new pods cannot connect.',
    meaning:
      'The sum of all pools comes near max_connections: more replicas than planned, a second user, or connections that leak.',
    diagnosis: [
      'Count the connections by user and state: SELECT usename, state, count(*) FROM pg_stat_activity GROUP BY 1, 2 ORDER BY 3 DESC;',
    ],
    mitigation: [
      'End idle sessions of the user that leaks; lower needs.postgres.pool or scale.max; put a pooler in front.',
    ],
    source,
    proof: {
      shown: '90%',
      fires: [
        { metric: 'pg_stat_activity_count', labels: { state: 'active' }, start: 60, perMinute: 0 },
        { metric: 'pg_stat_activity_count', labels: { state: 'idle' }, start: 120, perMinute: 0 },
        { metric: 'pg_settings_max_connections', labels: {}, start: 200, perMinute: 0 },
      ],
      quiet: [
        { metric: 'pg_stat_activity_count', labels: { state: 'active' }, start: 60, perMinute: 0 },
        { metric: 'pg_stat_activity_count', labels: { state: 'idle' }, start: 80, perMinute: 0 },
        { metric: 'pg_settings_max_connections', labels: {}, start: 200, perMinute: 0 },
      ],
    },
  },
  {
    name: 'postgres-replication-lags',
    severity: 'warning',
    runs: ['operator'],
    appliesTo: always,
    signal: { of: 'value', metric: 'pg_replication_lag_seconds', labels: {} },
    bound: { is: 'above', value: 30 },
    per: ['instance'],
    forSeconds: 300,
    shows: 'duration',
    summary: 'A replica of PostgreSQL {resource} is {value} behind',
    description: '{label:instance} replays what the primary wrote {value} ago. A failover now would lose that much.',
    meaning:
      'The standby does not keep up: a long query holds it, its disk is slow, or the primary writes more than usual.',
    diagnosis: [
      'On the primary: SELECT application_name, state, sent_lsn, replay_lsn, replay_lag FROM pg_stat_replication;',
    ],
    mitigation: [
      'End the query that holds replay on the standby; slow down the batch that writes; rebuild the standby when its slot is lost.',
    ],
    source,
    proof: constants('pg_replication_lag_seconds', {}, 90, 2, '1m 30s'),
  },
  {
    name: 'postgres-deadlocks',
    severity: 'warning',
    runs: exported,
    appliesTo: always,
    signal: {
      of: 'increase',
      windowSeconds: 300,
      metric: 'pg_stat_database_deadlocks',
      labels: { datname: '{database}' },
    },
    bound: { is: 'above', value: 5 },
    per: ['instance', 'datname'],
    forSeconds: 60,
    shows: 'number',
    summary: 'Transactions deadlock in database {label:datname}',
    description:
      '{value} deadlocks in 5 minutes in {label:datname} on {label:instance}; each one is a failed transaction.',
    meaning: 'Transactions take the same locks in different orders. PostgreSQL ends one of each pair.',
    diagnosis: ['Look for "deadlock detected" in the log of the database: it names both statements.'],
    mitigation: ['Roll back when it began with a release; else make both code paths lock in the same order, or retry.'],
    source,
    proof: growth('pg_stat_database_deadlocks', { datname: '{database}' }, 4, '20'),
  },
  {
    name: 'postgres-archiving-fails',
    severity: 'critical',
    runs: ['operator'],
    appliesTo: always,
    signal: { of: 'value', metric: 'pg_stat_archiver_last_archive_age', labels: {} },
    bound: { is: 'above', value: 600 },
    per: ['instance'],
    forSeconds: 60,
    shows: 'duration',
    summary: 'PostgreSQL {resource} archived nothing for {value}',
    description:
      'The newest write-ahead log in the archive is {value} old; archive_timeout is 5 minutes. The recovery point moves away.',
    meaning:
      'The archive does not take logs: a disaster now loses everything since then, and the disk of the primary fills.',
    diagnosis: ['Look at pg_stat_archiver (last_failed_wal, last_failed_time) and at the log of the archiver.'],
    mitigation: [
      'Mend access to the bucket (identity, network policy, lifecycle rule); watch the disk of the primary meanwhile.',
    ],
    source: 'https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-ARCHIVE-TIMEOUT',
    proof: constants('pg_stat_archiver_last_archive_age', {}, 900, 240, '15m 0s'),
  },
  {
    name: 'postgres-replication-slot-inactive',
    severity: 'warning',
    runs: ['operator'],
    appliesTo: always,
    signal: { of: 'value', metric: 'pg_replication_slots_active', labels: {} },
    bound: { is: 'equal', value: 0 },
    per: ['instance', 'slot_name'],
    forSeconds: 900,
    shows: 'number',
    summary: 'Nobody reads replication slot {label:slot_name} of PostgreSQL {resource}',
    description: 'An inactive slot keeps every log since its reader left, until the disk of {label:instance} is full.',
    meaning: 'A standby or a reader of changes is gone, and its slot holds the write-ahead log back.',
    diagnosis: [
      'SELECT slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) FROM pg_replication_slots;',
    ],
    mitigation: ['Bring the reader back; drop the slot when the reader is gone for good.'],
    source,
    proof: constants('pg_replication_slots_active', { slot_name: 'standby_1' }, 0, 1, '0'),
  },
  unwatched('postgres', 'PostgreSQL', 'pg_up', exported),
];
