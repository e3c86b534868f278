// What to watch on MongoDB, in the metrics of Percona's mongodb_exporter (collectors diagnosticdata and replicasetstatus).
import { always, type BackingAlert, constants, unwatched } from '../backing-alert';

const source = 'https://github.com/percona/mongodb_exporter/blob/main/REFERENCE.md';
/** DocumentDB answers neither getDiagnosticData nor replSetGetStatus as MongoDB does. */
const exported = ['operator'] as const;
const connections = (type: string) =>
  ({ of: 'value', metric: 'mongodb_ss_connections', labels: { conn_type: type } }) as const;
const optime = (state: string) =>
  ({ of: 'value', metric: 'mongodb_rs_members_optimeDate', labels: { member_state: state } }) as const;

export const alerts: readonly BackingAlert[] = [
  {
    name: 'mongodb-down',
    severity: 'critical',
    runs: exported,
    appliesTo: always,
    signal: { of: 'value', metric: 'mongodb_up', labels: {} },
    bound: { is: 'equal', value: 0 },
    per: ['instance'],
    forSeconds: 60,
    shows: 'number',
    summary: 'MongoDB {resource} does not answer',
    description: 'The exporter {label:instance} cannot connect to {resource}.',
    meaning: 'The database refuses connections or is not there.',
    diagnosis: ['Look at the state and the log of mongod: does it start, is it electing a primary, is its disk full?'],
    mitigation: ['Let an election end; bring the missing members back so that there is a majority.'],
    source,
    proof: constants('mongodb_up', {}, 0, 1, '0'),
  },
  {
    name: 'mongodb-member-unhealthy',
    severity: 'critical',
    runs: exported,
    appliesTo: always,
    signal: { of: 'value', metric: 'mongodb_rs_members_health', labels: {} },
    bound: { is: 'equal', value: 0 },
    per: ['member_idx'],
    forSeconds: 120,
    shows: 'number',
    summary: 'A member of MongoDB {resource} is down',
    description: 'The other members cannot reach {label:member_idx}. One more loss and there is no primary.',
    meaning: 'A member of the replica set is gone or cut off from the others.',
    diagnosis: ['rs.status() in mongosh: state, lastHeartbeatMessage of the member.'],
    mitigation: ['Restart the member; resynchronise it when its oplog position is lost.'],
    source,
    proof: constants('mongodb_rs_members_health', { member_idx: 'mongodb-2' }, 0, 1, '0'),
  },
  {
    name: 'mongodb-replication-lags',
    severity: 'warning',
    runs: exported,
    appliesTo: always,
    signal: {
      of: 'divided',
      by: 1000,
      signal: {
        of: 'difference',
        left: { of: 'largest', per: ['set'], signal: optime('PRIMARY') },
        right: { of: 'smallest', per: ['set'], signal: optime('SECONDARY') },
      },
    },
    bound: { is: 'above', value: 30 },
    per: ['set'],
    forSeconds: 300,
    shows: 'duration',
    summary: 'A secondary of MongoDB {resource} is {value} behind',
    description:
      'The slowest secondary of {label:set} applies what the primary wrote {value} ago. A failover now would roll that much back.',
    meaning: 'A secondary does not keep up with the primary.',
    diagnosis: ['rs.printSecondaryReplicationInfo() in mongosh; disk and CPU of the secondary.'],
    mitigation: ['Slow down the batch that writes; give the secondary the resources of the primary; resynchronise it.'],
    source,
    proof: {
      shown: '1m 0s',
      fires: [
        {
          metric: 'mongodb_rs_members_optimeDate',
          labels: { set: 'rs0', member_state: 'PRIMARY' },
          start: 1_700_000_100_000,
          perMinute: 60_000,
        },
        {
          metric: 'mongodb_rs_members_optimeDate',
          labels: { set: 'rs0', member_state: 'SECONDARY' },
          start: 1_700_000_040_000,
          perMinute: 60_000,
        },
      ],
      quiet: [
        {
          metric: 'mongodb_rs_members_optimeDate',
          labels: { set: 'rs0', member_state: 'PRIMARY' },
          start: 1_700_000_100_000,
          perMinute: 60_000,
        },
        {
          metric: 'mongodb_rs_members_optimeDate',
          labels: { set: 'rs0', member_state: 'SECONDARY' },
          start: 1_700_000_099_000,
          perMinute: 60_000,
        },
      ],
    },
  },
  {
    name: 'mongodb-connections-nearly-exhausted',
    severity: 'warning',
    runs: exported,
    appliesTo: always,
    signal: {
      of: 'share',
      part: { of: 'total', per: ['instance'], signal: connections('current') },
      whole: {
        of: 'sum',
        left: { of: 'total', per: ['instance'], signal: connections('current') },
        right: { of: 'total', per: ['instance'], signal: connections('available') },
      },
    },
    bound: { is: 'above', value: 0.8 },
    per: ['instance'],
    forSeconds: 120,
    shows: 'percentage',
    summary: 'MongoDB {resource} has {value} of its connections in use',
    description: '{value} of the connections of {label:instance} are open.',
    meaning: 'The sum of all pools comes near the limit of the server.',
    diagnosis: ['db.currentOp(true).inprog in mongosh: group by client and appName.'],
    mitigation: ['Lower the pool of the need or scale.max; restart the pods that leak.'],
    source,
    proof: {
      shown: '90%',
      fires: [
        { metric: 'mongodb_ss_connections', labels: { conn_type: 'current' }, start: 450, perMinute: 0 },
        { metric: 'mongodb_ss_connections', labels: { conn_type: 'available' }, start: 50, perMinute: 0 },
      ],
      quiet: [
        { metric: 'mongodb_ss_connections', labels: { conn_type: 'current' }, start: 100, perMinute: 0 },
        { metric: 'mongodb_ss_connections', labels: { conn_type: 'available' }, start: 400, perMinute: 0 },
      ],
    },
  },
  unwatched('mongodb', 'MongoDB', 'mongodb_up', exported),
];
