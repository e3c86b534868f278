// The test that the archive brings back what was written until a moment ago: a mark is written, and a restore has to find it.
import { job, reads, scriptContainer, scriptPath, work } from '../../backup-job';
import type { ArchiveFacts, BackupInput, BackupJob, RestoreProbe } from '../../backups';
import { imageOf, scratch } from '../../hardened-container';
import { tags } from '../container';
import { databasesOf, passwordFiles, spelled, tlsOf } from './databases';
import { archiveOf } from './steps';

const admin = 'postgres';

/** Nothing where AWS keeps the archive: its restore makes an instance that is paid for, and is practised in the drill. */
export function pointInTimeTest(
  input: BackupInput,
  archive: ArchiveFacts,
  probes: readonly RestoreProbe[],
): readonly BackupJob[] {
  const [first] = databasesOf(input);
  if (input.runs !== 'operator' || first === undefined) return [];
  const { name, version, host, port } = input;
  const own = `${name}-point-in-time-test`;
  const { repository, tag } = imageOf('ghcr.io/cloudnative-pg/postgresql', tags, version);
  // The time that a segment needs to arrive, and a minute for the upload.
  const waitSeconds = archive.intervalSeconds + 60;
  return [
    job({
      name: own,
      purpose: 'restore-test',
      schedule: input.restoreTest,
      reachesInstance: true,
      reachesCloud: true,
      workMiB: Math.ceil(input.dataSizeGiB * 1024 * 2),
      statements: reads(input),
      stages: [
        scriptContainer({
          name: `${own}-mark`,
          kind: 'postgres',
          image: imageOf('postgres', tags, version),
          user: '10001:10001',
          memoryMiB: 64,
          template: 'platform-recovery/postgres/mark.sh',
          view: {
            host,
            port,
            database: first.database,
            user: first.user,
            passwordFile: first.passwordFile,
            waitSeconds,
            tls: tlsOf(input),
          },
          secretFiles: passwordFiles([first]),
          verifies: true,
          volumes: [work],
          why: 'Writes a mark into the log, that nobody sees in a table, and waits for as long as the archive may take.',
        }),
        scriptContainer({
          name: `${own}-ask`,
          kind: 'postgres',
          // The variant that holds barman-cloud: https://github.com/cloudnative-pg/postgres-containers#system-images
          image: { repository, tag: tag.replace('-', '-system-'), digest: null },
          user: '10001:10001',
          memoryMiB: input.memoryMiB,
          cpuMillis: input.cpuMillis,
          template: 'platform-recovery/postgres/point-in-time-test.sh',
          view: {
            archive: archiveOf(input),
            server: name,
            admin,
            connections: input.connections ?? 100,
            questions: scriptPath('questions.sh'),
          },
          files: [
            {
              template: 'platform-recovery/postgres/questions.sh',
              view: { probes: probes.map(spelled) },
              target: scriptPath('questions.sh'),
              executable: true,
            },
          ],
          environment: [
            { name: 'AWS_REGION', value: input.region },
            { name: 'HOME', value: '/tmp' },
          ],
          volumes: [work],
          writableFolders: [scratch('shm', '/dev/shm', 128)],
          why: 'Restores the newest base backup and the log into a server of its own, and looks for the mark.',
        }),
      ],
      why: 'Measures the recovery point: a mark that is not there was lost.',
    }),
  ];
}
