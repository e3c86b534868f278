// Decides how an instance comes back: the tightest promise of its users, what is copied when, where it is kept, how a restore is tried.
import type { BackupFacts, BackupInput, RestoreProbe } from '../../../catalog/backups';
import type { ContainerUse, MonitorAccount } from '../../../catalog/container-input';
import type { OperatedInput } from '../../../catalog/operated';
import type { EnvironmentFacts, PlatformFacts } from '../../../model/platform-facts';
import { spellDuration } from '../../../model/quantities';
import { backingNamespace, dataSizeGiB } from '../../bindings';
import type { Decisions } from '../../decisions';
import type { BackingContainerPlan } from '../../types';
import type { DumpPlan, InstanceRecoveryPlan, RecoveryPromisePlan } from '../../types/platform';
import type { SharedUse } from '../shared-use';
import { longestGapSeconds, startsOnFirst, startsOnSunday } from './schedule';

type Uses = readonly [SharedUse, ...SharedUse[]];

/** Uses that keep something worth restoring where they run. */
const keeping = (uses: readonly SharedUse[]): readonly SharedUse[] =>
  uses.filter(({ use }) => use.runs === 'container' || use.kind.recovery(use.need.parameters)[use.runs] !== null);

/** The account that backups are taken by, of every kind that says how it is backed up; null elsewhere. */
export const backupAccount = ([{ use }]: Uses): MonitorAccount | null =>
  use.kind.backups === null ? null : { user: 'backup', passwordSecret: `${use.instance}-backup-password` };

/** Bucket of an environment's backups. */
export const backupBucket = (platform: PlatformFacts, environment: string): string =>
  (platform.backups.bucket ?? `${platform.name}-{environment}-backups`).replace('{environment}', environment);

function tightest(uses: readonly SharedUse[], which: 'rpoSeconds' | 'rtoSeconds'): RecoveryPromisePlan | null {
  const promised = keeping(uses).flatMap(({ service, promise }) => {
    const seconds = promise?.[which] ?? null;
    return seconds === null ? [] : [{ service, seconds }];
  });
  if (promised.length === 0) return null;
  const seconds = Math.min(...promised.map((found) => found.seconds));
  const by = promised.filter((found) => found.seconds === seconds).map(({ service }) => service);
  return { seconds, by: [...new Set(by)] };
}

const interval = (uses: Uses, platform: PlatformFacts): number | null =>
  platform.backups.intervalSeconds ?? tightest(uses, 'rpoSeconds')?.seconds ?? null;

/** What an operator is told of backups; null where nothing is kept. */
export function operatedBackup(uses: Uses, platform: PlatformFacts, facts: EnvironmentFacts): OperatedInput['backup'] {
  const [{ use }] = uses;
  const account = backupAccount(uses);
  if (account === null || keeping(uses).length === 0) return null;
  return {
    destination: `s3://${backupBucket(platform, facts.name)}/${use.instance}`,
    keepDays: platform.backups.keepDays,
    region: facts.region,
    schedule: platform.backups.schedule,
    intervalSeconds: interval(uses, platform),
    account: { user: account.user, secretName: `${use.instance}-backup` },
  };
}

/** How long dumps of each age stay, in days: a week of Sundays, a month of at most 31 days. */
function dumpsOf(name: string, { keep }: PlatformFacts['backups'], schedule: string): DumpPlan[] {
  const reached = { daily: true, weekly: startsOnSunday(schedule), monthly: startsOnFirst(schedule) };
  const tier = (of: DumpPlan['tier'], count: number, days: number): DumpPlan[] =>
    count === 0
      ? []
      : [{ tier: of, keep: count, expireDays: count * days, prefix: `${name}/${of}/`, isReached: reached[of] }];
  return [...tier('daily', keep.daily, 1), ...tier('weekly', keep.weekly, 7), ...tier('monthly', keep.monthly, 31)];
}

const probesOf = (uses: readonly SharedUse[]): RestoreProbe[] =>
  uses.flatMap(({ service, use, probes }) =>
    probes.map(({ name, sql, atLeast, atMost, newerThanSeconds }) => ({
      ...{ name, sql, atLeast, atMost, newerThanSeconds },
      database: use.values.database ?? '',
      user: use.values.user ?? '',
      by: service,
    })),
  );

export interface RecoveryInput {
  readonly uses: Uses;
  readonly platform: PlatformFacts;
  readonly facts: EnvironmentFacts;
  readonly amounts: Pick<BackupInput, 'cpuMillis' | 'memoryMiB' | 'connections' | 'class' | 'replicas'>;
  readonly containers: readonly BackingContainerPlan[];
  readonly containerUses: readonly ContainerUse[];
  readonly decisions: Decisions;
}

export function planRecovery(input: RecoveryInput): InstanceRecoveryPlan | null {
  const { uses, platform, facts, decisions } = input;
  const [{ use: first }] = uses;
  const { kind, instance: name, runs } = first;
  const account = backupAccount(uses);
  if (kind.backups === null || account === null) return null;
  const onLaptop = runs === 'container';
  const rpo = onLaptop ? null : tightest(uses, 'rpoSeconds');
  const rto = onLaptop ? null : tightest(uses, 'rtoSeconds');
  const sizes = keeping(uses).map(({ service, use }) => ({ service, gibibytes: dataSizeGiB(use) ?? 0 }));
  const sizeGiB = Number(sizes.reduce((sum, { gibibytes }) => sum + gibibytes, 0).toFixed(3));
  const bucket = onLaptop ? null : backupBucket(platform, facts.name);
  const { keep, keepDays, schedule, restoreTest } = platform.backups;
  const made = kind.backups({
    kindName: kind.kind,
    name,
    platform: platform.name,
    environment: facts.name,
    namespace: backingNamespace(platform),
    cluster: facts.cluster ?? `${platform.name}-${facts.name}`,
    region: facts.region,
    otherRegion: null,
    runs,
    version: first.version,
    ...input.amounts,
    host: runs === 'aws' ? `${name}.${facts.name}.${platform.name}.internal` : first.serverHost,
    port: first.port,
    uses: input.containerUses,
    account,
    adminSecret: `${name}-admin-password`,
    containers: input.containers,
    bucket,
    ...{ keep, keepDays, schedule, restoreTest },
    intervalSeconds: interval(uses, platform),
    rpoSeconds: rpo?.seconds ?? null,
    dataSizeGiB: sizeGiB,
    probes: probesOf(uses),
  });
  if (made === null) return null;
  const known = kind.recovery(keeping(uses)[0]?.use.need.parameters ?? first.need.parameters)[runs];
  const point = onLaptop ? null : recoveryPoint(made, decisions);
  return {
    rpo,
    rto,
    promise: made.promise,
    method: made.method,
    source: made.source,
    archive: made.archive,
    recoveryPoint: point,
    dumped: made.dumps,
    dumps: made.dumps === null ? [] : dumpsOf(name, platform.backups, made.dumps.schedule),
    keepDays: made.archive === null ? 0 : keepDays,
    bucket,
    destination: bucket === null ? `volume ${name}-backups` : `s3://${bucket}/${name}`,
    lifecycle: bucket === null ? [] : lifecycle(name, made, platform),
    encryption: made.encryption,
    identities: made.jobs.flatMap((job) =>
      job.statements.length === 0
        ? []
        : [{ serviceAccount: job.name, namespace: backingNamespace(platform), statements: job.statements }],
    ),
    data: {
      sizeGiB,
      arithmetic: `${sizes.map(({ service, gibibytes }) => `${service} ${gibibytes}`).join(' + ')} = ${sizeGiB} GiB`,
    },
    restoreTime: known === null || made.promise !== 'restored' ? null : restoreTime(known, sizeGiB, decisions),
    jobs: made.jobs,
    restoreTest: made.restoreTest === null ? null : { schedule: restoreTest, ...made.restoreTest },
    lagMetric: made.lagMetric,
    restore: made.restore,
    failover: made.failover,
  };
}

function lifecycle(name: string, made: BackupFacts, { backups }: PlatformFacts): InstanceRecoveryPlan['lifecycle'] {
  return [
    ...(made.dumps === null
      ? []
      : dumpsOf(name, backups, made.dumps.schedule).map(({ prefix, expireDays, tier, keep }) => ({
          prefix,
          expireDays,
          why: `${keep} ${tier} dumps`,
        }))),
    // A slice is needed as long as the dump that it follows.
    ...(made.slices
      ? [
          {
            prefix: `${name}/archive/`,
            expireDays: backups.keepDays + 1,
            why: `any point in time of ${backups.keepDays} days`,
          },
        ]
      : []),
  ];
}

function recoveryPoint(made: BackupFacts, decisions: Decisions): InstanceRecoveryPlan['recoveryPoint'] {
  if (made.promise !== 'restored') return null;
  const gap = made.dumps === null ? null : longestGapSeconds(made.dumps.schedule);
  const found =
    made.archive !== null
      ? { seconds: made.archive.intervalSeconds, arithmetic: `${made.archive.what}: ${made.archive.why}` }
      : { seconds: gap ?? 0, arithmetic: `the longest time between two starts of "${made.dumps?.schedule ?? ''}"` };
  decisions.decide(found.seconds, {
    path: 'recovery.recoveryPoint',
    unit: 's',
    by: 'rule',
    why: found.arithmetic,
    source: made.source,
  });
  return found;
}

function restoreTime(
  {
    restoreFixedSeconds: fixed,
    restoreMiBPerSecond: speed,
    source,
  }: { restoreFixedSeconds: number; restoreMiBPerSecond: number; source: string },
  sizeGiB: number,
  decisions: Decisions,
): InstanceRecoveryPlan['restoreTime'] {
  const seconds = fixed + Math.ceil((sizeGiB * 1024) / speed);
  const arithmetic = `${spellDuration(fixed)} + ${sizeGiB} GiB × 1024 / ${speed} MiB/s = ${seconds} s`;
  decisions.decide(seconds, { path: 'recovery.restoreTime', unit: 's', by: 'rule', why: arithmetic, source });
  return { seconds, fixedSeconds: fixed, mebibytesPerSecond: speed, arithmetic };
}
