// Backups of PostgreSQL on a laptop: the log streamed to a volume, base backups beside it, restores to any moment.
import { job, scriptContainer, scriptPath } from '../../backup-job';
import { composeCommand as compose } from '../../backup-steps';
import type { BackupFacts, BackupInput, RecoveryStep } from '../../backups';
import { authorityFile } from '../../certificates';
import { imageOf, scratch, secret, secretFile, secretPath } from '../../hardened-container';
import { dataFolder, tags } from '../container';
import { alwaysAsked, databasesOf, newestRecord, spelled } from './databases';

const admin = 'postgres';

/** Settings of the server's own command; a recovery refuses fewer connections than the primary had. */
const settingsOf = ({ containers }: BackupInput): readonly string[] => {
  const [server] = containers;
  const words = server?.command ?? [];
  return words.filter((word, index) => words[index - 1] === '-c' && !/^(listen_addresses|hba_file|ssl)/.test(word));
};

function restoreSteps(input: BackupInput): readonly RecoveryStep[] {
  const { name } = input;
  return [
    {
      text: 'End what streams the log, then the server.',
      command: compose(input, `--profile backup stop ${name}-archive ${name}`),
    },
    {
      text: "Restore to a moment; latest in place of it is as new as the backups can. What was there before is set aside in the volume's folder named replaced.",
      command: compose(input, `run --rm --no-deps ${name}-restore '2026-11-24 09:30:00+00'`),
    },
    { text: 'Start the server.', command: compose(input, `up --detach --wait ${name}`) },
    {
      text: 'Stream the log again, on its new timeline, and take a base backup that it starts from.',
      command: compose(input, `--profile backup up --detach ${name}-archive`),
    },
    { text: 'The new base backup.', command: compose(input, `run --rm ${name}-backup`) },
  ];
}

export function laptop(input: BackupInput): BackupFacts {
  const { name, version, account } = input;
  const image = imageOf('postgres', tags, version);
  // The image owns this folder, so that an empty volume is given to its user; the server's own volume is another one.
  const owned = dataFolder(version);
  const volume = { name: `${name}-backups`, path: owned };
  const passwordFile = secretPath(`${account.user}.password`);
  const client = { host: name, user: account.user, passwordFile, authorityFile, backups: owned };
  const common = { kind: 'postgres', image, user: '999:999', memoryMiB: 256 };
  const passwords = [secretFile(`${account.user}.password`, secret(account.passwordSecret))];
  const databases = databasesOf(input);
  const recovering = (backups: string) => ({
    template: 'platform-recovery/postgres/recover.sh',
    view: { backups, admin, settings: settingsOf(input) },
    target: scriptPath('recover.sh'),
    executable: true,
  });
  const folders = [scratch('shm', '/dev/shm', 128)];
  const memoryMiB = input.memoryMiB;
  const probes = [
    ...alwaysAsked(databases),
    ...input.probes,
    ...(input.rpoSeconds === null ? [] : [newestRecord(admin, Math.max(input.rpoSeconds, 86_400))]),
  ];
  return {
    promise: 'restored',
    method: 'base backups, and every record of the log as it is written (pg_receivewal)',
    source: 'https://www.postgresql.org/docs/current/continuous-archiving.html',
    archive: {
      what: 'the write-ahead log',
      intervalSeconds: 1,
      why: 'pg_receivewal --synchronous writes each record to disk as it arrives',
    },
    dumps: { what: 'a base backup, verified against its manifest', schedule: input.schedule },
    slices: false,
    encryption: 'none: the volume is as safe as the disk of the laptop',
    jobs: [
      job({
        name: `${name}-archive`,
        purpose: 'archive',
        isServer: true,
        reachesInstance: true,
        stages: [
          {
            ...scriptContainer({
              ...common,
              name: `${name}-archive`,
              template: 'platform-recovery/postgres/archive.sh',
              view: client,
              secretFiles: passwords,
              verifies: true,
              volumes: [volume],
              after: [name, `${name}-setup`],
              why: 'Streams the log into the volume of backups.',
            }),
            oneShot: false,
          },
        ],
        why: 'What is written is in the backups a moment later.',
      }),
      job({
        name: `${name}-backup`,
        purpose: 'backup',
        schedule: input.schedule,
        reachesInstance: true,
        stages: [
          scriptContainer({
            ...common,
            name: `${name}-backup`,
            template: 'platform-recovery/postgres/backup.sh',
            view: { ...client, keep: input.keep, keepDays: input.keepDays },
            secretFiles: passwords,
            verifies: true,
            volumes: [volume],
            after: [name, `${name}-setup`],
            why: 'Takes a base backup, verifies it, and removes what is older than is kept.',
          }),
        ],
        why: 'A restore starts from the newest base backup before the moment.',
      }),
      job({
        name: `${name}-restore`,
        purpose: 'restore',
        reachesInstance: true,
        stages: [
          scriptContainer({
            ...common,
            memoryMiB,
            name: `${name}-restore`,
            template: 'platform-recovery/postgres/restore.sh',
            view: {
              backups: '/backups',
              data: owned,
              host: name,
              recover: scriptPath('recover.sh'),
            },
            files: [recovering('/backups')],
            volumes: [
              { name: `${name}-data`, path: owned },
              { name: `${name}-backups`, path: '/backups' },
            ],
            writableFolders: folders,
            why: 'Replaces the data of the stopped server by what it was at a moment.',
          }),
        ],
        why: 'Only by hand.',
      }),
      job({
        name: `${name}-restore-test`,
        purpose: 'restore-test',
        schedule: input.restoreTest,
        stages: [
          scriptContainer({
            ...common,
            memoryMiB,
            name: `${name}-restore-test`,
            template: 'platform-recovery/postgres/restore-test.sh',
            view: { backups: owned, name, recover: scriptPath('recover.sh'), questions: scriptPath('questions.sh') },
            files: [
              recovering(owned),
              {
                template: 'platform-recovery/postgres/questions.sh',
                view: { probes: probes.map(spelled) },
                target: scriptPath('questions.sh'),
                executable: true,
              },
            ],
            volumes: [volume],
            writableFolders: folders,
            why: 'Restores the newest backup into a server of its own and asks it the declared questions.',
          }),
        ],
        why: 'A backup that was never restored is a hope.',
      }),
    ],
    restoreTest: {
      scratch: 'a server in the same container, reached by a socket, thrown away afterwards',
      job: `${name}-restore-test`,
      probes,
    },
    restore: restoreSteps(input),
    failover: [],
    lagMetric: null,
  };
}
