// Turns the migration into a Job that ends before any pod of the new version starts.
import type { MigrationPlan } from '../../plan/types';
import { jobSpec } from './job-spec';
import { metadata } from './labels';
import { type Manifest, manifest, type Scope, under } from './manifest';

export function migrationJob(scope: Scope, migration: MigrationPlan): Manifest {
  const spec = jobSpec(scope, migration, 'migration');
  const hook = 'argocd.argoproj.io/hook';
  const deletion = 'argocd.argoproj.io/hook-delete-policy';
  return manifest(
    'migration-job.yaml',
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: metadata(scope, {
        name: migration.name,
        component: 'migration',
        phase: 'migrate',
        annotations: { [hook]: 'Sync', [deletion]: 'BeforeHookCreation' },
      }),
      spec: spec.value,
    },
    {
      [`metadata.annotations.${hook}`]:
        'Sync and a wave, not PreSync: before the sync its ConfigMap, Secret and network policy would not be there yet.',
      [`metadata.annotations.${deletion}`]: 'A Job cannot be changed: that of the last release goes first.',
      ...under('spec', spec.comments),
    },
  );
}
