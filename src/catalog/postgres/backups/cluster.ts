// Backups of PostgreSQL that an operator or AWS runs: the log all the time, a dump of each database every night, both restored on a schedule.
import { fetching, job, reads, scriptContainer, scriptPath, storing, work, workFolder, writes } from '../../backup-job';
import type { ArchiveFacts, BackupFacts, BackupInput, BackupJob, RestoreProbe } from '../../backups';
import { imageOf, scratch } from '../../hardened-container';
import { archiveSeconds } from '../archiving';
import { tags } from '../container';
import { alwaysAsked, databasesOf, passwordFiles, rolesOf, spelled, tlsOf } from './databases';
import { pointInTimeTest } from './point-in-time';
import { managedFailover, managedRestore, operatorFailover, operatorRestore } from './steps';

/** A dump is smaller than its tables; the scratch server beside it holds them whole. */
const workMiB = ({ dataSizeGiB }: BackupInput): number => Math.ceil(dataSizeGiB * 1024 * 2);

export function cluster(input: BackupInput): BackupFacts {
  const { name, version, runs } = input;
  const databases = databasesOf(input);
  const probes = [...alwaysAsked(databases), ...input.probes];
  const isManaged = runs === 'aws';
  const archive: ArchiveFacts = isManaged
    ? {
        what: 'the write-ahead log, by RDS',
        intervalSeconds: 300,
        why: 'RDS uploads the log every five minutes: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html',
      }
    : {
        what: 'the write-ahead log, by the operator',
        intervalSeconds: archiveSeconds(input.intervalSeconds),
        why: 'archive_timeout: a segment is sent at the latest then',
      };
  return {
    promise: 'restored',
    method: isManaged
      ? 'RDS point-in-time recovery, and a dump of each database every night'
      : 'base backups and the log by CloudNativePG, and a dump of each database every night',
    source: isManaged
      ? 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html'
      : 'https://cloudnative-pg.io/documentation/current/wal_archiving/',
    archive,
    dumps: { what: 'pg_dump of each database by its own account', schedule: input.schedule },
    slices: false,
    encryption: 'SSE-KMS with the key of the bucket; TLS on the way',
    jobs: [dump(input), restoreTest(input, probes), ...pointInTimeTest(input, archive, probes)],
    restoreTest: {
      scratch: 'a server in the same pod, reached by a socket, on a disk that is gone with the pod',
      job: `${name}-restore-test`,
      probes,
    },
    restore: isManaged ? managedRestore(input) : operatorRestore(input),
    failover: isManaged ? managedFailover(input) : operatorFailover(input, imageOf('postgres', tags, version)),
    // postgres_exporter's default queries: https://github.com/prometheus-community/postgres_exporter
    lagMetric: isManaged ? null : { failed: 'pg_stat_archiver_failed_count', age: 'pg_stat_archiver_last_archive_age' },
  };
}

function dump(input: BackupInput): BackupJob {
  const { name, host, port, version, runs } = input;
  const databases = databasesOf(input);
  const own = `${name}-dump`;
  return job({
    name: own,
    purpose: 'backup',
    schedule: input.schedule,
    reachesInstance: true,
    reachesCloud: true,
    workMiB: workMiB(input),
    statements: writes(input),
    stages: [
      scriptContainer({
        name: `${own}-take`,
        kind: 'postgres',
        image: imageOf('postgres', tags, version),
        user: '10001:10001',
        memoryMiB: 512,
        template: 'platform-recovery/postgres/dump.sh',
        view: { host, port, databases, tls: tlsOf(input) },
        verifies: runs !== 'aws',
        secretFiles: passwordFiles(databases),
        volumes: [work],
        why: 'Dumps each database by the account of its service, which reads nothing else.',
      }),
      storing(input, own),
    ],
    why: 'A dump outlives what the log is kept for, and can be restored into any newer version.',
  });
}

function restoreTest(input: BackupInput, probes: readonly RestoreProbe[]): BackupJob {
  const { name, version } = input;
  const own = `${name}-restore-test`;
  return job({
    name: own,
    purpose: 'restore-test',
    schedule: input.restoreTest,
    reachesCloud: true,
    workMiB: workMiB(input),
    statements: reads(input),
    stages: [
      fetching(input, own),
      scriptContainer({
        name: `${own}-ask`,
        kind: 'postgres',
        image: imageOf('postgres', tags, version),
        user: '10001:10001',
        memoryMiB: 1024,
        cpuMillis: 1000,
        template: 'platform-recovery/postgres/restore-dump-test.sh',
        view: { databases: databasesOf(input), roles: rolesOf(input), questions: scriptPath('questions.sh') },
        files: [
          {
            template: 'platform-recovery/postgres/questions.sh',
            view: { probes: probes.map(spelled) },
            target: scriptPath('questions.sh'),
            executable: true,
          },
        ],
        volumes: [work],
        writableFolders: [scratch('shm', '/dev/shm', 128)],
        why: `Restores the dump into a server below ${workFolder} and asks it the declared questions.`,
      }),
    ],
    why: 'A backup that was never restored is a hope.',
  });
}
