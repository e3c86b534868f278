// Backups of Redis in a cluster: a snapshot over the network as often as the promise asks, loaded again on a schedule.
import { cronEvery, fetching, job, reads, scriptContainer, storing, work, workFolder, writes } from '../../backup-job';
import { fetchingSteps, kubectlCommand, noOtherRegion } from '../../backup-steps';
import type { BackupFacts, BackupInput, RecoveryStep } from '../../backups';
import { imageOf, secret, secretFile, secretPath } from '../../hardened-container';
import { tags } from '../container';

export function cluster(input: BackupInput): BackupFacts {
  const { name, version, account, host, port } = input;
  const image = imageOf('redis', tags, version);
  const schedule = cronEvery(input.intervalSeconds, 300, input.schedule);
  const dump = `${name}-dump`;
  const test = `${name}-restore-test`;
  const workMiB = input.memoryMiB * 2;
  const passwordFile = `${account.user}.password`;
  return {
    promise: 'restored',
    method: 'append-only file on the volume, and snapshots to S3',
    source: 'https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/',
    archive: null,
    dumps: { what: 'a snapshot (redis-cli --rdb)', schedule },
    slices: false,
    encryption: 'SSE-KMS with the key of the bucket; TLS on the way to it',
    jobs: [
      job({
        name: dump,
        purpose: 'backup',
        schedule,
        deadlineSeconds: 3600,
        reachesInstance: true,
        reachesCloud: true,
        workMiB,
        statements: writes(input),
        stages: [
          scriptContainer({
            name: `${dump}-take`,
            kind: 'redis',
            image,
            user: '10001:10001',
            memoryMiB: 64,
            template: 'platform-recovery/redis/dump.sh',
            view: { host, port, user: account.user, passwordFile: secretPath(passwordFile), options: [] },
            secretFiles: [secretFile(passwordFile, secret(account.passwordSecret))],
            volumes: [work],
            why: 'Copies what the server holds, by an account that may do nothing else.',
          }),
          storing(input, dump),
        ],
        why: 'The volume keeps what a restart loses; this keeps what the loss of the volume loses.',
      }),
      job({
        name: test,
        purpose: 'restore-test',
        schedule: input.restoreTest,
        reachesCloud: true,
        workMiB,
        statements: reads(input),
        stages: [
          fetching(input, test),
          scriptContainer({
            name: `${test}-ask`,
            kind: 'redis',
            image,
            user: '10001:10001',
            memoryMiB: input.memoryMiB,
            template: 'platform-recovery/redis/restore-test.sh',
            view: {
              scratch: `${workFolder}/scratch`,
              fetched: [`${workFolder}/dump.rdb`],
              recovered: [],
              appendOnly: 'no',
            },
            volumes: [work],
            why: 'Loads the snapshot into a server of its own and counts its keys.',
          }),
        ],
        why: 'A backup that was never restored is a hope.',
      }),
    ],
    restoreTest: {
      scratch: 'a server in the same pod, reached by a socket, thrown away afterwards',
      job: test,
      probes: [],
    },
    restore: restore(input, `${image.repository}:${image.tag}`),
    failover: input.otherRegion === null ? noOtherRegion : fetchingSteps({ name, bucket: input.otherRegion.bucket }),
    lagMetric: null,
  };
}

function restore(input: BackupInput, image: string): readonly RecoveryStep[] {
  const { name } = input;
  const kubectl = (words: string) => kubectlCommand(input, words);
  const overrides = JSON.stringify({
    spec: {
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        fsGroup: 10001,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'restore',
          image,
          command: ['sleep', '3600'],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: `${name}-data-${name}-0` } }],
    },
  });
  return [
    ...fetchingSteps(input),
    {
      text: 'Stop the server; Argo CD must not start it again meanwhile.',
      command: kubectl(`scale statefulset ${name} --replicas 0`),
    },
    {
      text: 'Start a pod that holds its volume.',
      command: kubectl(`run ${name}-restore --image ${image} --restart Never --overrides '${overrides}'`),
    },
    { text: 'Wait for it.', command: kubectl(`wait pod/${name}-restore --for condition=Ready --timeout 5m`) },
    {
      text: 'Put the snapshot in, and turn it into an append-only file: a server with one reads nothing else.',
      command: kubectl(`cp ./${name}-STAMP/dump.rdb ${name}-restore:/tmp/dump.rdb`),
    },
    {
      text: 'What was there before is set aside on the volume.',
      command: kubectl(
        `exec ${name}-restore -- sh -c 'mkdir -p /data/replaced && if [ -d /data/appendonlydir ]; then mv /data/appendonlydir /data/replaced/; fi && cp /tmp/dump.rdb /data/dump.rdb && redis-server --dir /data --port 0 --unixsocket /tmp/s --save "" --daemonize yes && until redis-cli -s /tmp/s ping; do sleep 1; done && redis-cli -s /tmp/s config set appendonly yes && until redis-cli -s /tmp/s info persistence | grep -q aof_rewrite_in_progress:0; do sleep 1; done && redis-cli -s /tmp/s shutdown nosave'`,
      ),
    },
    { text: 'Let the volume go.', command: kubectl(`delete pod ${name}-restore --wait`) },
    { text: 'Start the server.', command: kubectl(`scale statefulset ${name} --replicas ${input.replicas}`) },
  ];
}
