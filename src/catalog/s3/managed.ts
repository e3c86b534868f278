// Buckets by Amazon S3: tiers, versions, what an identity may do, and what is paid.
import { environmentKey } from '../access';
import type { ManagedKind, PermissionFactory } from '../managed';

/** STANDARD_IA from 30 days on, the least that S3 accepts; Glacier Instant Retrieval after three months: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const infrequentDays = 30;
const archiveDays = 90;

export const managed: ManagedKind = {
  title: 'Amazon S3',
  documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html',
  resource: (input) => {
    const owners = new Map(input.uses.map(({ service, values }) => [values.bucket ?? '', service] as const));
    const buckets = [...owners.keys()].sort();
    return {
      module: 's3',
      inNetwork: false,
      variables: {
        buckets: Object.fromEntries(
          buckets.map((bucket) => [
            bucket,
            {
              service: owners.get(bucket) ?? '',
              infrequent_access_days: infrequentDays,
              archive_days: archiveDays,
              noncurrent_version_days: Math.max(1, input.keepDays),
            },
          ]),
        ),
      },
      why: `nothing is sized: S3 grows with what is stored. Replaced and deleted objects come back for ${input.keepDays} days; what is ${infrequentDays} and ${archiveDays} days old moves to cheaper tiers that answer as fast`,
      instanceType: null,
      prices: [
        {
          item: 's3-standard',
          quantity: input.dataSizeGiB,
          unit: 'GiB-month',
          why: `${input.dataSizeGiB} GiB, all of it counted in the dearest tier`,
        },
        { item: 's3-writes', quantity: 1, unit: 'million requests', why: 'a million writes, as an assumption' },
        { item: 's3-reads', quantity: 10, unit: 'million requests', why: 'ten million reads, as an assumption' },
      ],
    };
  },
};

/** What a service's identity may do with its own bucket, by the declared access. */
export const permissions: PermissionFactory = ({ values }) => {
  const bucket = `arn:aws:s3:::${values.bucket ?? ''}`;
  const reads = values.access !== 'write';
  const writes = values.access !== 'read';
  return [
    ...(reads
      ? [
          { actions: ['s3:ListBucket'], resources: [bucket] },
          { actions: ['s3:GetObject'], resources: [`${bucket}/*`] },
        ]
      : []),
    ...(writes
      ? [{ actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'], resources: [`${bucket}/*`] }]
      : []),
    // A multipart upload decrypts its own parts: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
    { actions: ['kms:Decrypt', ...(writes ? ['kms:GenerateDataKey'] : [])], resources: [environmentKey] },
  ];
};
