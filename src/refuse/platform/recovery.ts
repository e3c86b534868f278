// Refuses promises of recovery that the platform's backups cannot keep: too seldom, too much data, dumps that no schedule reaches.
import { spellDuration } from '../../model/quantities';
import type { ServicePlan } from '../../plan/types';
import type { BackingInstancePlan, ClusterPlan, InstanceRecoveryPlan } from '../../plan/types/platform';
import { inClusters, type PlatformFinding, type PlatformRefusal } from './refusal';

type Finding = Omit<PlatformFinding, 'environment'>;

/** Instances with backups where a person approves: promises are made for these. */
const promised = (
  cluster: ClusterPlan,
  check: (instance: BackingInstancePlan, recovery: InstanceRecoveryPlan) => readonly Finding[],
): Finding[] =>
  cluster.gated
    ? cluster.instances.flatMap((instance) => (instance.recovery === null ? [] : check(instance, instance.recovery)))
    : [];

/** Whether the service alone is refused for it already. */
const isKnown = (
  services: readonly ServicePlan[],
  cluster: ClusterPlan,
  instance: BackingInstancePlan,
  isBad: (
    binding: ServicePlan['environments'][number]['bindings'][number],
    environment: ServicePlan['environments'][number],
  ) => boolean,
): boolean =>
  services.some(({ environments }) =>
    environments.some(
      (environment) =>
        environment.name === cluster.name &&
        environment.bindings.some((binding) => binding.instance === instance.name && isBad(binding, environment)),
    ),
  );

const scheduleMissesRpo: PlatformRefusal = {
  code: 'backups-miss-rpo',
  severity: 'error',
  title: 'Backups that are taken too seldom for what a service promises',
  why: 'What was written after the newest copy is lost with the volume.',
  check: (plan, services) =>
    inClusters(plan, (cluster) =>
      promised(cluster, (instance, { rpo, recoveryPoint }) => {
        if (rpo === null || recoveryPoint === null || recoveryPoint.seconds <= rpo.seconds) return [];
        const isOwn = isKnown(
          services,
          cluster,
          instance,
          ({ recoveryPointSeconds }, { recovery }) =>
            (recoveryPointSeconds ?? 0) > (recovery?.rpoSeconds ?? Number.POSITIVE_INFINITY),
        );
        if (isOwn) return [];
        return [
          {
            service: null,
            path: ['backups'],
            message: `${rpo.by.join(', ')} promises to lose at most ${spellDuration(rpo.seconds)}, but what ${instance.name} holds is copied every ${spellDuration(recoveryPoint.seconds)} (${recoveryPoint.arithmetic}): ${spellDuration(recoveryPoint.seconds)} > ${spellDuration(rpo.seconds)}.`,
            fix: `Leave out backups.interval or lower it to ${spellDuration(rpo.seconds)}, let AWS run ${instance.kind} in ${cluster.name}, or promise ${spellDuration(recoveryPoint.seconds)}.`,
          },
        ];
      }),
    ),
};

const restoreMissesRto: PlatformRefusal = {
  code: 'restore-misses-rto',
  severity: 'error',
  title: 'A shared data store that cannot be restored within what one of its users promises',
  why: 'A server is restored whole: the data of all its users comes back before any of them works again.',
  check: (plan, services) =>
    inClusters(plan, (cluster) =>
      promised(cluster, (instance, { rto, restoreTime, data }) => {
        if (rto === null || restoreTime === null || restoreTime.seconds <= rto.seconds) return [];
        const isOwn = isKnown(
          services,
          cluster,
          instance,
          ({ restoreSeconds }, { recovery }) =>
            (restoreSeconds ?? 0) > (recovery?.rtoSeconds ?? Number.POSITIVE_INFINITY),
        );
        if (isOwn) return [];
        return [
          {
            service: null,
            path: ['backing', instance.kind],
            message: `${rto.by.join(', ')} promises to work again after ${spellDuration(rto.seconds)}, but restoring ${instance.name} takes ${restoreTime.arithmetic} > ${rto.seconds} s; its data is ${data.arithmetic}.`,
            fix: `Promise at least ${spellDuration(Math.ceil(restoreTime.seconds / 60) * 60)}, or declare the sizes that the data really has (needs.*.dataSize).`,
          },
        ];
      }),
    ),
};

const dumpsNeverTaken: PlatformRefusal = {
  code: 'dumps-never-taken',
  severity: 'error',
  title: 'Dumps that are to be kept and that no schedule takes',
  why: 'A weekly dump is that of a Sunday, a monthly one that of the first of a month: a schedule that starts on neither keeps none.',
  check: (plan) =>
    inClusters(plan, (cluster) =>
      cluster.instances.flatMap(({ name, recovery }) =>
        (recovery?.dumps ?? [])
          .filter(({ isReached }) => !isReached)
          .map(({ tier, keep }) => ({
            service: null,
            path: ['backups', 'schedule'],
            message: `${keep} ${tier} dumps of ${name} are to be kept, but its schedule "${recovery?.dumped?.schedule ?? ''}" never starts on ${tier === 'weekly' ? 'a Sunday' : 'the first of a month'}: 0 of ${keep} would be there.`,
            fix: `Let backups.schedule start on ${tier === 'weekly' ? 'Sundays' : 'the first of each month'} too, or set backups.keep.${tier}: 0.`,
          })),
      ),
    ),
};

export const recoveryRefusals: readonly PlatformRefusal[] = [dumpsNeverTaken, restoreMissesRto, scheduleMissesRpo];
