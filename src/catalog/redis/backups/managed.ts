// Backups of Redis that AWS runs: automatic snapshots of ElastiCache, and copies of them.
import { awsIdentifier, noOtherRegion } from '../../backup-steps';
import type { BackupFacts, BackupInput } from '../../backups';

export function managed(input: BackupInput): BackupFacts {
  const id = awsIdentifier(input);
  const aws = (words: string) => `aws elasticache ${words} --region ${input.region}`;
  return {
    promise: 'restored',
    method: 'ElastiCache: replicas in other zones, and a snapshot every day',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups.html',
    archive: {
      what: 'automatic snapshots',
      intervalSeconds: 86_400,
      why: 'one a day; a replica takes over from a lost node without losing what it had received',
    },
    dumps: null,
    slices: false,
    encryption: 'at rest with the key of the environment',
    jobs: [],
    restoreTest: null,
    restore: [
      {
        text: 'Which snapshots are there?',
        command: aws(
          `describe-snapshots --replication-group-id ${id} --query 'Snapshots[].[SnapshotName,NodeSnapshots[0].SnapshotCreateTime]' --output text`,
        ),
      },
      {
        text: 'Make a second group from one (SNAPSHOT is its name) with the network of the first.',
        command: aws(
          `create-replication-group --replication-group-id ${id}-restored --replication-group-description 'restored' --snapshot-name SNAPSHOT --automatic-failover-enabled --multi-az-enabled --transit-encryption-enabled --at-rest-encryption-enabled --num-node-groups 1 --replicas-per-node-group 1 --cache-subnet-group-name "$(aws elasticache describe-cache-clusters --region ${input.region} --query "CacheClusters[?ReplicationGroupId=='${id}']|[0].CacheSubnetGroupName" --output text)"`,
        ),
      },
      {
        text: 'Wait until it serves.',
        command: aws(`wait replication-group-available --replication-group-id ${id}-restored`),
      },
      {
        text: 'Its endpoint, for the name that services use (a CNAME in the private zone) and the secret store.',
        command: aws(
          `describe-replication-groups --replication-group-id ${id}-restored --query 'ReplicationGroups[0].NodeGroups[0].PrimaryEndpoint.Address' --output text`,
        ),
      },
    ],
    failover:
      input.otherRegion === null
        ? noOtherRegion
        : [
            {
              text: `Snapshots stay in their region: copy the newest to the bucket in ${input.otherRegion.name} every day, or begin there without it.`,
              command: aws(
                `copy-snapshot --source-snapshot-name SNAPSHOT --target-snapshot-name ${id} --target-bucket ${input.otherRegion.bucket}`,
              ),
            },
          ],
    lagMetric: null,
  };
}
