// Decides scheduled jobs and the migration.
import { clockConflict, cronIntervals, parseCron } from '../model/cron';
import type { JobSettings, ServiceSettings } from '../model/settings';
import type { Decisions } from './decisions';
import { planProcess, toolEnvironment } from './resources';
import type { JobPlan, MigrationPlan } from './types';

const defaultTimeoutSeconds = 1800;
const weekSeconds = 604_800;

export function planJob(job: JobSettings, settings: ServiceSettings, decisions: Decisions): JobPlan {
  const cron = parseCron(job.schedule);
  if (typeof cron === 'string') throw new Error(`BUG: the model let the schedule "${job.schedule}" through`);
  const { shortestMinutes, longestMinutes } = cronIntervals(cron);
  const shortestSeconds = shortestMinutes === null ? Number.POSITIVE_INFINITY : shortestMinutes * 60;
  const process = planProcess(job.size, `jobs.${job.name}.size`, settings.runtime, decisions);
  return {
    name: `${settings.name}-${job.name}`,
    declaredName: job.name,
    command: job.command,
    schedule: job.schedule,
    timeZone: job.timeZone,
    timeoutSeconds: decisions.decide(
      job.timeoutSeconds ?? Math.min(defaultTimeoutSeconds, Math.floor(shortestSeconds / 2)),
      {
        path: 'timeoutSeconds',
        unit: 's',
        from: `jobs.${job.name}.timeout`,
        why: `30 min, or half of the shortest time between two starts (${shortestMinutes ?? 'never twice'} min) when that is less`,
        whyDefault: true,
      },
    ),
    // A controller that was away longer than this skips the start: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
    startingDeadlineSeconds: Math.max(60, Math.min(3600, Math.floor(shortestSeconds / 2))),
    concurrencyPolicy: 'Forbid',
    successfulHistoryLimit: 1,
    failedHistoryLimit: 3,
    backoffLimit: 2,
    ttlSecondsAfterFinished: weekSeconds,
    longestIntervalSeconds: decisions.decide(longestMinutes === null ? 366 * 86_400 : longestMinutes * 60, {
      path: 'longestIntervalSeconds',
      unit: 's',
      from: `jobs.${job.name}.schedule`,
      by: 'rule',
      why: 'longest time between two starts of the schedule: without success for this long and the timeout, it is late',
    }),
    shortestIntervalSeconds: shortestMinutes === null ? null : shortestSeconds,
    clockConflict: clockConflict(cron, job.timeZone) ?? null,
    ...process,
    environment: [...process.environment, ...toolEnvironment],
  };
}

export function planMigration(settings: ServiceSettings, decisions: Decisions): MigrationPlan | null {
  if (settings.migration === null) return null;
  const process = planProcess(settings.size, 'size', settings.runtime, decisions);
  return {
    name: `${settings.name}-migration`,
    command: settings.migration.command,
    timeoutSeconds: decisions.decide(settings.migration.timeoutSeconds, {
      path: 'timeoutSeconds',
      unit: 's',
      from: 'migrations.timeout',
      why: '10 min',
      whyDefault: true,
    }),
    // A migration that failed is looked at by a person, not repeated against a half-changed schema.
    backoffLimit: 0,
    ttlSecondsAfterFinished: weekSeconds,
    ...process,
    environment: [...process.environment, ...toolEnvironment],
  };
}
