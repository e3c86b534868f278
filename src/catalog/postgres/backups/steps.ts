// The commands that bring PostgreSQL back in a cluster: to a point in time, and in the other region.
import { destinationOf } from '../../backup-job';
import { awsIdentifier as identifier, kubectlCommand as kubectl, noOtherRegion as noRegion } from '../../backup-steps';
import type { BackupInput, RecoveryStep } from '../../backups';

const example = '2026-11-24T09:30:00Z';

/** Turns the object of the running cluster into that of a restored one. */
const recovery = (name: string, target: string): string =>
  [
    '{ apiVersion, kind,',
    `  metadata: { name: "${name}-restored", namespace: .metadata.namespace, labels: .metadata.labels },`,
    '  spec: (.spec',
    `    | .bootstrap = { recovery: { source: "${name}"${target} } }`,
    `    | .externalClusters = [{ name: "${name}", plugin: { name: "barman-cloud.cloudnative-pg.io", parameters: { barmanObjectName: "${name}", serverName: "${name}" } } }]`,
    `    | .plugins[0].parameters.serverName = "${name}-restored"`,
    '    | .managed.services.additional = []) }',
  ].join('\n');

export const operatorRestore = (input: BackupInput): readonly RecoveryStep[] => {
  const { name } = input;
  const moved = (from: string, services: string) =>
    kubectl(
      input,
      `patch cluster ${from} --type merge --patch '{"spec":{"managed":{"services":{"additional":${services}}}}}'`,
    );
  const service = JSON.stringify([
    {
      selectorType: 'rw',
      updateStrategy: 'patch',
      serviceTemplate: { metadata: { name }, spec: { type: 'ClusterIP' } },
    },
  ]);
  return [
    {
      text: 'Stop Argo CD from undoing what follows (Settings of the application of the platform: sync policy manual). Then look for a base backup before the moment.',
      command: kubectl(input, `get backups.postgresql.cnpg.io --sort-by .status.stoppedAt`),
    },
    {
      text: `Make a second cluster from the backups, as it was at the moment (${example} is an example).`,
      command: kubectl(
        input,
        `get cluster ${name} --output json | jq '${recovery(name, `, recoveryTarget: { targetTime: "${example}" }`)}' | ${kubectl(input, 'apply --filename -')}`,
      ),
    },
    {
      text: 'Wait until it serves.',
      command: kubectl(input, `wait cluster/${name}-restored --for condition=Ready --timeout 2h`),
    },
    {
      text: 'Look at the data before anybody writes.',
      command: kubectl(input, `exec --stdin --tty ${name}-restored-1 --container postgres -- psql`),
    },
    {
      text: 'Take the name that services use from the old cluster and give it to the new one.',
      command: moved(name, '[]'),
    },
    { text: 'The restored one serves now.', command: moved(`${name}-restored`, service) },
    {
      text: 'Nobody writes to the old one any more; it is kept until you delete it.',
      command: kubectl(input, `annotate cluster ${name} 'cnpg.io/fencedInstances=["*"]'`),
    },
    {
      text: 'Take a base backup of the new one: its timeline starts here.',
      command: kubectl(
        input,
        `cnpg backup ${name}-restored --method plugin --plugin-name barman-cloud.cloudnative-pg.io`,
      ),
    },
  ];
};

export function operatorFailover(input: BackupInput, _image: unknown): readonly RecoveryStep[] {
  const { otherRegion, name } = input;
  if (otherRegion === null) return noRegion;
  return [
    {
      text: `The copy of the bucket in ${otherRegion.name} holds the same backups.`,
      command: `aws s3 ls --region ${otherRegion.name} s3://${otherRegion.bucket}/${name}/${name}/base/`,
    },
    {
      text: `In the cluster of ${otherRegion.name}, apply the platform; its ObjectStore reads the copy, and the cluster is made from it as above, without a target time.`,
      command: null,
    },
  ];
}

export function managedRestore(input: BackupInput): readonly RecoveryStep[] {
  const { region } = input;
  const id = identifier(input);
  const rds = (words: string) => `aws rds ${words} --region ${region}`;
  const groups = `$(aws rds describe-db-instances --region ${region} --db-instance-identifier ${id} --query 'DBInstances[0].VpcSecurityGroups[].VpcSecurityGroupId' --output text)`;
  const subnets = `$(aws rds describe-db-instances --region ${region} --db-instance-identifier ${id} --query 'DBInstances[0].DBSubnetGroup.DBSubnetGroupName' --output text)`;
  const parameters = `$(aws rds describe-db-instances --region ${region} --db-instance-identifier ${id} --query 'DBInstances[0].DBParameterGroups[0].DBParameterGroupName' --output text)`;
  return [
    {
      text: 'How new can it be?',
      command: rds(
        `describe-db-instances --db-instance-identifier ${id} --query 'DBInstances[0].LatestRestorableTime' --output text`,
      ),
    },
    {
      text: `Make a second instance as it was at the moment (${example} is an example; --use-latest-restorable-time in its place is as new as can be).`,
      command: rds(
        `restore-db-instance-to-point-in-time --source-db-instance-identifier ${id} --target-db-instance-identifier ${id}-restored --restore-time ${example} --multi-az --db-subnet-group-name "${subnets}" --vpc-security-group-ids ${groups} --db-parameter-group-name "${parameters}" --copy-tags-to-snapshot --deletion-protection`,
      ),
    },
    {
      text: 'Wait until it serves.',
      command: rds(`wait db-instance-available --db-instance-identifier ${id}-restored`),
    },
    {
      text: 'Give the old one another name.',
      command: rds(
        `modify-db-instance --db-instance-identifier ${id} --new-db-instance-identifier ${id}-replaced --apply-immediately`,
      ),
    },
    { text: 'Wait for the name.', command: rds(`wait db-instance-available --db-instance-identifier ${id}-replaced`) },
    {
      text: 'The restored one takes the name, and with it the host that services use.',
      command: rds(
        `modify-db-instance --db-instance-identifier ${id}-restored --new-db-instance-identifier ${id} --apply-immediately`,
      ),
    },
    { text: 'Wait for the name.', command: rds(`wait db-instance-available --db-instance-identifier ${id}`) },
    {
      text: 'Tell Terraform: the state names the instance by its identifier; a plan must show no replacement.',
      command: `terraform -chdir=platform/terraform/environments/${input.environment} plan`,
    },
  ];
}

export function managedFailover(input: BackupInput): readonly RecoveryStep[] {
  const { otherRegion } = input;
  if (otherRegion === null) return noRegion;
  const id = identifier(input);
  const region = otherRegion.name;
  const arn = `$(aws rds describe-db-instance-automated-backups --region ${region} --query "DBInstanceAutomatedBackups[?DBInstanceIdentifier=='${id}'].DBInstanceAutomatedBackupsArn" --output text)`;
  return [
    {
      text: `Make the instance in ${region} from the automated backups that are copied there.`,
      command: `aws rds restore-db-instance-to-point-in-time --region ${region} --source-db-instance-automated-backups-arn "${arn}" --target-db-instance-identifier ${id} --use-latest-restorable-time --multi-az`,
    },
    {
      text: 'Wait until it serves.',
      command: `aws rds wait db-instance-available --region ${region} --db-instance-identifier ${id}`,
    },
    {
      text: 'If it cannot be made so: the newest dump, database by database.',
      command: `aws s3 ls --region ${region} s3://${otherRegion.bucket}/${input.name}/daily/`,
    },
  ];
}

/** Where the operator's own backups are. */
export const archiveOf = (input: BackupInput): string => destinationOf(input);
