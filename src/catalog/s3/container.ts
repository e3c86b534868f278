// S3 on a laptop: SeaweedFS in one process, each service with keys for its own buckets, and a one-shot that creates them.
import { accountsOf, type ContainerFactory, type ContainerUse, givenValue } from '../container-input';
import { imageOf, preparation, scratch, secret, secretFile, secretPath, server } from '../hardened-container';

// SeaweedFS: MinIO's community images ended in October 2025 and its repository is archived; of those that are kept,
// Garage answers 501 to tagging and ACLs, RustFS is still in beta, and versitygw needs extended attributes of the volume's file system.
// https://hub.docker.com/r/chrislusf/seaweedfs/tags
const tags = { '4': '4.48' };

const port = 8333;
const admin = 'admin';
const identitiesFile = 's3.json';
/** Options of curl, so that the key is in no argument. */
const curlFile = 'admin.curl';

const actions: Readonly<Record<string, readonly string[]>> = {
  read: ['Read', 'List'],
  write: ['Write', 'Tagging'],
  'read-write': ['Read', 'List', 'Write', 'Tagging'],
};

/** Rights by bucket: https://github.com/seaweedfs/seaweedfs/wiki/Amazon-S3-API#authentication */
const rightsOf = (use: ContainerUse): readonly string[] =>
  (actions[givenValue(use, 'access')] ?? []).map((action) => `${action}:${givenValue(use, 'bucket')}`);

/** JSON around a secret; the secret is made of letters and digits, so it needs no escape. */
const identity = (name: string, passwordSecret: string, rights: readonly string[]) => [
  `{"name":${JSON.stringify(name)},"credentials":[{"accessKey":${JSON.stringify(name)},"secretKey":"`,
  secret(passwordSecret),
  `"}],"actions":${JSON.stringify(rights)}}`,
];

export const container: ContainerFactory = (input) => {
  const accounts = accountsOf(input.uses);
  const buckets = [...new Set(input.uses.map((use) => givenValue(use, 'bucket')))];
  const store = server(input, {
    name: input.name,
    kind: 's3',
    image: imageOf('chrislusf/seaweedfs', tags, input.version),
    user: '1000:1000',
    // In place of the image's script, which changes owners.
    entrypoint: ['/usr/bin/weed', '-logtostderr=true'],
    command: [
      'server',
      '-dir=/data',
      // Master, volumes and filer ask for no password: they are reached from inside the container only.
      '-ip=127.0.0.1',
      '-ip.bind=127.0.0.1',
      '-volume.max=0',
      // Nobody has to notice that it stops: without this it waits ten seconds.
      '-volume.preStopSeconds=1',
      '-master.volumeSizeLimitMB=128',
      '-master.telemetry=false',
      '-filer',
      '-s3',
      '-s3.ip.bind=0.0.0.0',
      `-s3.port=${port}`,
      `-s3.config=${secretPath(identitiesFile)}`,
      '-s3.iam=false',
      '-s3.port.iceberg=0',
      '-s3.port.lance=0',
      '-s3.allowDeleteBucketNotEmpty=false',
      '-s3.autoCreateBucket=false',
    ],
    secretFiles: [
      secretFile(
        identitiesFile,
        '{"identities":[',
        ...identity(admin, input.adminSecret, ['Admin', 'Read', 'List', 'Write', 'Tagging']),
        ...accounts.flatMap(({ user, passwordSecret, uses }) => [
          ',',
          ...identity(user, passwordSecret, uses.flatMap(rightsOf)),
        ]),
        ']}\n',
      ),
    ],
    volumes: [{ name: `${input.name}-data`, path: '/data' }],
    writableFolders: [scratch('tmp', '/tmp', 64)],
    ports: [{ name: 's3', port }],
    healthCheck: {
      command: [
        'curl',
        '--silent',
        '--show-error',
        '--fail',
        '--output',
        '/dev/null',
        `http://127.0.0.1:${port}/healthz`,
      ],
      intervalSeconds: 5,
      timeoutSeconds: 3,
      startPeriodSeconds: 60,
      retries: 5,
    },
    why: 'SeaweedFS in place of S3: the same interface, with path-style addresses.',
  });
  if (buckets.length === 0) return [store];
  const setup = preparation(store, 64, {
    entrypoint: ['/bin/sh', '/etc/groundwork/setup.sh'],
    command: [],
    files: [
      {
        template: 'backing/s3/setup.sh',
        view: { server: `http://${input.name}:${port}`, curlFile: secretPath(curlFile), buckets },
        target: '/etc/groundwork/setup.sh',
        executable: true,
      },
    ],
    // The region is part of the signature only; the store has none.
    secretFiles: [
      secretFile(curlFile, `aws-sigv4 = "aws:amz:us-east-1:s3"\nuser = "${admin}:`, secret(input.adminSecret), '"\n'),
    ],
    writableFolders: [scratch('data', '/data', 1)],
    why: 'Creates the buckets; repeated at every start, so that a need that was added later is met too.',
  });
  return [store, setup];
};
