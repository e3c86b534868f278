// Backups of Redis on a laptop: its append-only file is copied every few seconds, and cut at any moment when restored.
import { job, scriptContainer, scriptPath } from '../../backup-job';
import { composeCommand } from '../../backup-steps';
import type { BackupFacts, BackupInput } from '../../backups';
import { imageOf } from '../../hardened-container';
import { tags } from '../container';

/** A copy is as large as the file, so not every second. */
const intervalSeconds = 10;

export function laptop(input: BackupInput): BackupFacts {
  const { name, version, keep } = input;
  const compose = (words: string) => composeCommand(input, words);
  // The image owns /data, so that an empty volume is given to its user; the server's own volume is another one.
  const owned = '/data';
  const common = { kind: 'redis', image: imageOf('redis', tags, version), user: '999:999', memoryMiB: 64 };
  const copies = { name: `${name}-backups`, path: owned };
  const data = { name: `${name}-data`, path: '/source' };
  const view = { source: data.path, backups: owned, keep, intervalSeconds };
  const template = 'platform-recovery/redis/copy.sh';
  const recovering = (backups: string) => ({
    template: 'platform-recovery/redis/recover.sh',
    view: { backups },
    target: scriptPath('recover.sh'),
    executable: true,
  });
  return {
    promise: 'restored',
    method: 'copies of the append-only file, each record with its time',
    source: 'https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/',
    archive: {
      what: 'the append-only file',
      intervalSeconds: intervalSeconds + 1,
      why: `copied every ${intervalSeconds} s; the server writes it to disk every second`,
    },
    dumps: null,
    slices: false,
    encryption: 'none: the volume is as safe as the disk of the laptop',
    jobs: [
      job({
        name: `${name}-archive`,
        purpose: 'archive',
        isServer: true,
        readOnlyVolumes: [data.name],
        stages: [
          {
            ...scriptContainer({
              ...common,
              name: `${name}-archive`,
              template,
              view,
              volumes: [copies, data],
              after: [name],
              why: 'Copies the append-only file of the server, whose volume it may only read.',
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
        readOnlyVolumes: [data.name],
        stages: [
          {
            ...scriptContainer({
              ...common,
              name: `${name}-backup`,
              template,
              view,
              volumes: [copies, data],
              after: [name],
              why: 'Copies the append-only file once.',
            }),
            command: ['once'],
          },
        ],
        why: 'Before a change that may go wrong.',
      }),
      job({
        name: `${name}-restore`,
        purpose: 'restore',
        stages: [
          scriptContainer({
            ...common,
            name: `${name}-restore`,
            template: 'platform-recovery/redis/restore.sh',
            view: { backups: '/backups', data: owned, recover: scriptPath('recover.sh') },
            files: [recovering('/backups')],
            volumes: [
              { name: `${name}-data`, path: owned },
              { name: `${name}-backups`, path: '/backups' },
            ],
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
            memoryMiB: input.memoryMiB,
            name: `${name}-restore-test`,
            template: 'platform-recovery/redis/restore-test.sh',
            view: {
              scratch: `${owned}/restore-test`,
              fetched: [],
              recovered: [scriptPath('recover.sh')],
              appendOnly: 'yes',
            },
            files: [recovering(owned)],
            volumes: [copies],
            why: 'Loads the newest copy into a server of its own and counts its keys.',
          }),
        ],
        why: 'A backup that was never restored is a hope.',
      }),
    ],
    restoreTest: {
      scratch: 'a server in the same container, reached by a socket, thrown away afterwards',
      job: `${name}-restore-test`,
      probes: [],
    },
    restore: [
      {
        text: 'End what copies the file, then the server.',
        command: compose(`--profile backup stop ${name}-archive ${name}`),
      },
      {
        text: "Restore to a moment; latest in place of it is the newest copy. What was there before is set aside in the volume's folder named replaced.",
        command: compose(`run --rm --no-deps ${name}-restore '2026-11-24 09:30:00+00'`),
      },
      { text: 'Start the server.', command: compose(`up --detach --wait ${name}`) },
      { text: 'Copy the file again.', command: compose(`--profile backup up --detach ${name}-archive`) },
    ],
    failover: [],
    lagMetric: null,
  };
}
