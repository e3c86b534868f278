// What the jobs of all backups are built from: a container with one script, and the stages that carry a folder to S3 and back.
import type { AccessStatement } from './access';
import type { BackupInput, BackupJob } from './backups';
import type { BackingContainerPlan, ImageReference } from './facts';
import { scratch } from './hardened-container';

/** Folder of the disk that the stages of a job share. */
export const workFolder = '/work';

/** Where scripts are mounted. */
export const scriptPath = (name: string): string => `/etc/groundwork/${name}`;

/** https://docs.aws.amazon.com/cli/latest/userguide/getting-started-docker.html: the only tool that it has to hold is `aws`. */
const awsCli: ImageReference = { repository: 'docker.io/amazon/aws-cli', tag: '2.31.0', digest: null };

type Script = Pick<BackingContainerPlan, 'name' | 'kind' | 'image' | 'user' | 'why'> &
  Partial<
    Pick<
      BackingContainerPlan,
      'environment' | 'secretFiles' | 'verifies' | 'volumes' | 'writableFolders' | 'after' | 'files'
    >
  > & {
    /** Template of the script, below `templates/`. */
    readonly template: string;
    readonly view: Readonly<Record<string, unknown>>;
    readonly memoryMiB: number;
    readonly cpuMillis?: number;
  };

/** A container that runs one script and ends. */
export function scriptContainer({
  template,
  view,
  memoryMiB,
  cpuMillis = 500,
  ...parts
}: Script): BackingContainerPlan {
  const file = scriptPath('run.sh');
  const amounts = { cpuMillis, memoryMiB, ephemeralStorageMiB: 0 };
  return {
    environment: [],
    secretFiles: [],
    certificate: null,
    verifies: false,
    volumes: [],
    after: [],
    ...parts,
    entrypoint: ['/bin/sh', file],
    command: [],
    files: [{ template, view, target: file, executable: true }, ...(parts.files ?? [])],
    writableFolders: [scratch('tmp', '/tmp', 16), ...(parts.writableFolders ?? [])],
    readOnlyRootFileSystem: true,
    ports: [],
    healthCheck: null,
    request: { ...amounts, cpuMillis: Math.ceil(cpuMillis / 4) },
    limit: amounts,
    stopGraceSeconds: 30,
    oneShot: true,
  };
}

/** The disk of a job. */
export const work = { name: 'work', path: workFolder } as const;

const aws = (input: BackupInput, name: string, template: string, view: Record<string, unknown>, why: string) =>
  scriptContainer({
    name,
    kind: input.kindName,
    image: awsCli,
    user: '10001:10001',
    template,
    view,
    memoryMiB: 512,
    environment: [
      { name: 'AWS_REGION', value: input.region },
      // The tool caches below its home, which is nobody's here.
      { name: 'HOME', value: '/tmp' },
      { name: 'AWS_EC2_METADATA_DISABLED', value: 'true' },
    ],
    volumes: [work],
    why,
  });

/** `s3://BUCKET/INSTANCE`; only asked for where there is a bucket. */
export const destinationOf = ({ bucket, name }: Pick<BackupInput, 'bucket' | 'name'>): string => {
  if (bucket === null) throw new Error(`BUG: ${name} has no bucket`);
  return `s3://${bucket}/${name}`;
};

/** Carries the folder to the dumps of its age; encrypted by the bucket's own key. */
export const storing = (input: BackupInput, job: string): BackingContainerPlan =>
  aws(
    input,
    `${job}-store`,
    'platform-recovery/store.sh',
    {
      destination: destinationOf(input),
      keepsWeekly: input.keep.weekly > 0,
      keepsMonthly: input.keep.monthly > 0,
    },
    'Stores the dump in S3, encrypted with the key of the bucket; the list of checksums comes last, so that a dump without one is not whole.',
  );

/** Carries one archived slice to S3. */
export const storingSlice = (input: BackupInput, job: string): BackingContainerPlan =>
  aws(
    input,
    `${job}-store`,
    'platform-recovery/store-slice.sh',
    { destination: destinationOf(input) },
    'Stores the slice in S3, encrypted with the key of the bucket.',
  );

/** Brings the newest whole dump back. */
export const fetching = (input: BackupInput, job: string): BackingContainerPlan =>
  aws(
    input,
    `${job}-fetch`,
    'platform-recovery/fetch.sh',
    { destination: destinationOf(input) },
    'Fetches the newest dump that has its list of checksums.',
  );

const objects = ({ bucket, name }: BackupInput): string => `arn:aws:s3:::${bucket}/${name}/*`;
const listing = ({ bucket }: BackupInput): AccessStatement => ({
  actions: ['s3:ListBucket'],
  resources: [`arn:aws:s3:::${bucket}`],
});

/** A job that writes reads nothing but what it wrote: copies to weekly and monthly dumps are made inside S3. */
export const writes = (input: BackupInput): readonly AccessStatement[] => [
  listing(input),
  { actions: ['s3:GetObject', 's3:PutObject'], resources: [objects(input)] },
];

export const reads = (input: BackupInput): readonly AccessStatement[] => [
  listing(input),
  { actions: ['s3:GetObject'], resources: [objects(input)] },
];

/** Steps that a cron schedule can say without a gap at the end of the hour or of the day. */
const minuteSteps = [30, 20, 15, 12, 10, 6, 5] as const;
const hourSteps = [12, 8, 6, 4, 3, 2, 1] as const;

/** A schedule that starts at least as often as asked, at most every `leastSeconds`; null or a day: the declared one. */
export function cronEvery(seconds: number | null, leastSeconds: number, otherwise: string): string {
  const asked = Math.max(leastSeconds, seconds ?? Number.POSITIVE_INFINITY);
  if (asked >= 86_400) return otherwise;
  const hours = hourSteps.find((step) => step * 3600 <= asked);
  if (hours !== undefined) return hours === 1 ? '0 * * * *' : `0 */${hours} * * *`;
  return `*/${minuteSteps.find((step) => step * 60 <= asked) ?? 5} * * * *`;
}

/** At most a quarter of a day: what takes longer is stuck. */
const deadlineSeconds = 21_600;

type Draft = Pick<BackupJob, 'name' | 'purpose' | 'stages' | 'why'> & Partial<BackupJob>;

export const job = (draft: Draft): BackupJob => ({
  schedule: null,
  isServer: false,
  deadlineSeconds,
  workMiB: 0,
  reachesInstance: false,
  reachesCloud: false,
  statements: [],
  readOnlyVolumes: [],
  ...draft,
});
