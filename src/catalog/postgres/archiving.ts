// Backups of an operated PostgreSQL: logs to S3 all the time, a base backup every night, kept as long as declared.
import type { ClusterObjectPlan } from '../facts';
import type { OperatedInput } from '../operated';
import { guaranteed, objectOf } from '../operator-object';

/** The plugin in place of the operator's own archiver, which is deprecated since 1.26. */
const plugin = 'barman-cloud.cloudnative-pg.io';

/**
 * A segment is sent at the latest after so many seconds: as the promise asks, from PostgreSQL's shortest sensible time to the
 * operator's own five minutes. https://cloudnative-pg.io/documentation/current/wal_archiving/
 */
export const archiveSeconds = (asked: number | null): number => Math.min(300, Math.max(60, asked ?? 300));

/** The part of the Cluster that sends the logs away. */
export const plugins = ({ name, backup }: OperatedInput): Readonly<Record<string, unknown>> =>
  backup === null ? {} : { plugins: [{ name: plugin, isWALArchiver: true, parameters: { barmanObjectName: name } }] };

export function backups(input: OperatedInput): readonly ClusterObjectPlan[] {
  const { name, backup } = input;
  if (backup === null) return [];
  return [
    objectOf(
      input,
      'barmancloud.cnpg.io/v1',
      'ObjectStore',
      name,
      {
        spec: {
          retentionPolicy: `${backup.keepDays}d`,
          configuration: {
            destinationPath: backup.destination,
            s3Credentials: { inheritFromIAMRole: true },
            wal: { compression: 'gzip', encryption: 'AES256', maxParallel: 2 },
            data: { compression: 'gzip', encryption: 'AES256', jobs: 2 },
          },
          instanceSidecarConfiguration: { resources: guaranteed({ cpuMillis: 200, memoryMiB: 256 }) },
        },
      },
      {
        'spec.configuration.s3Credentials': `The role of the service account ${name}; no key is kept anywhere.`,
        'spec.retentionPolicy': 'Base backups, and the logs to go on from them.',
      },
    ),
    objectOf(
      input,
      'postgresql.cnpg.io/v1',
      'ScheduledBackup',
      name,
      {
        spec: {
          cluster: { name },
          // Seconds come first.
          schedule: `0 ${backup.schedule}`,
          immediate: true,
          backupOwnerReference: 'self',
          method: 'plugin',
          pluginConfiguration: { name: plugin },
          target: 'prefer-standby',
        },
      },
      {
        'spec.schedule': 'The first field is seconds.',
        'spec.immediate': 'Without a first base backup the archived logs restore nothing.',
      },
    ),
  ];
}
