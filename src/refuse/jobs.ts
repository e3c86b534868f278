// Refuses schedules and signals that cannot work: daylight saving, overlap, lag of nothing.
import { spellDuration } from '../model/quantities';
import { inClusters, once, type Refusal } from './refusal';

const jobInGap: Refusal = {
  code: 'job-in-daylight-saving-gap',
  severity: 'error',
  title: 'A job at a time that a day in spring does not have',
  why: 'When clocks go forward the hour does not exist, and the job is skipped.',
  check: ({ base }) =>
    once(
      base.jobs
        .filter(({ clockConflict }) => clockConflict?.kind === 'gap')
        .map((job) => ({
          path: ['jobs', job.declaredName, 'schedule'],
          message: `"${job.schedule}" starts at ${job.clockConflict?.at}, a time that ${job.timeZone} skips.`,
          fix: 'Choose an hour that always exists, or timeZone: Etc/UTC.',
        })),
    ),
};

const jobDoubled: Refusal = {
  code: 'job-doubled-by-daylight-saving',
  severity: 'warning',
  title: 'A job at a time that a day in autumn has twice',
  why: 'When clocks go back the hour comes again, and the job may run twice.',
  check: ({ base }) =>
    once(
      base.jobs
        .filter(({ clockConflict }) => clockConflict?.kind === 'overlap')
        .map((job) => ({
          path: ['jobs', job.declaredName, 'schedule'],
          message: `"${job.schedule}" starts at ${job.clockConflict?.at}, a time that ${job.timeZone} has twice.`,
          fix: 'Choose another hour, or timeZone: Etc/UTC, or make the job harmless when it runs twice.',
        })),
    ),
};

const jobOverlapsItself: Refusal = {
  code: 'job-overlaps-itself',
  severity: 'error',
  title: 'A job that may run longer than the time to its next start',
  why: 'A start while the last run is under way is skipped.',
  check: ({ base }) =>
    once(
      base.jobs
        .filter(
          ({ timeoutSeconds, shortestIntervalSeconds }) =>
            shortestIntervalSeconds !== null && timeoutSeconds > shortestIntervalSeconds,
        )
        .map((job) => ({
          path: ['jobs', job.declaredName, 'timeout'],
          message: `it may run ${spellDuration(job.timeoutSeconds)}, but "${job.schedule}" starts it again after ${spellDuration(job.shortestIntervalSeconds ?? 0)}.`,
          fix: `Lower timeout to at most ${spellDuration(job.shortestIntervalSeconds ?? 0)}, or start it less often.`,
        })),
    ),
};

const lagKind = 'kafka';

const lagUnmeasurable: Refusal = {
  code: 'kafka-lag-unmeasurable',
  severity: 'error',
  title: 'A worker scaled by a lag that nothing can measure',
  why: 'The autoscaler asks the brokers how far the consumer group is behind: it must know them.',
  check: (plan) =>
    inClusters(plan, ({ workloads, bindings }) =>
      workloads
        .filter(({ scale }) =>
          scale.signals.some((signal) => signal.kind === 'kafka-lag' && signal.bootstrapServers === ''),
        )
        .map(({ declaredName }) => ({
          path: ['workers', declaredName, 'scale', 'on', 'kafkaLag'],
          message: `${declaredName} is scaled by lag, but ${bindings.some(({ kind }) => kind === lagKind) ? 'only the secret store knows where the brokers are' : 'the service needs no broker'}.`,
          fix: 'Declare needs.kafka, run by an operator in the cluster, or scale by cpu.',
        })),
    ),
};

export const jobRefusals: readonly Refusal[] = [jobDoubled, jobInGap, jobOverlapsItself, lagUnmeasurable];
