// Spells the commands that steps of recovery have in common.
import type { BackupInput, RecoveryStep } from './backups';

/** Of an environment that compose runs, from the root of the repository. */
export const composeCommand = ({ environment }: Pick<BackupInput, 'environment'>, words: string): string =>
  `docker compose --file platform/compose/${environment}/compose.yaml ${words}`;

/** Of the namespace of data stores. */
export const kubectlCommand = (
  { cluster, namespace }: Pick<BackupInput, 'cluster' | 'namespace'>,
  words: string,
): string => `kubectl --context ${cluster} --namespace ${namespace} ${words}`;

/** Name of what AWS runs: the platform's name, the environment's and the instance's. */
export const awsIdentifier = ({
  platform,
  environment,
  name,
}: Pick<BackupInput, 'platform' | 'environment' | 'name'>): string => `${platform}-${environment}-${name}`;

/** Where no other region is declared. */
export const noOtherRegion: readonly RecoveryStep[] = [
  {
    text: 'No other region is declared (aws.disasterRecovery.region): when this one is lost, so are the backups in it.',
    command: null,
  },
];

/** Fetches a dump onto this machine and looks whether it is whole. */
export const fetchingSteps = ({ bucket, name }: Pick<BackupInput, 'bucket' | 'name'>): readonly RecoveryStep[] => [
  {
    text: 'Which dumps are there? Names are moments in UTC.',
    command: `aws s3 ls s3://${bucket}/${name}/daily/`,
  },
  {
    text: 'Fetch one (STAMP is its name) and compare it with its checksums.',
    command: `aws s3 cp --recursive s3://${bucket}/${name}/daily/STAMP/ ./${name}-STAMP && (cd ./${name}-STAMP && sha256sum --check SHA256SUMS)`,
  },
];
