// Decides when people practise the failover: on the second Tuesday of the first month of each period, from the platform's date on.
import type { PlatformFacts } from '../../../model/platform-facts';
import type { DrillPlan } from '../../types/platform';

const months = { monthly: 1, quarterly: 3, yearly: 12 } as const;

/** Tuesday: Monday is for what the weekend broke, and who practises has the rest of the week to mend. */
const tuesday = 2;

/** Second Tuesday of a month that counts from 0. */
function secondTuesday(year: number, month: number): Date {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return new Date(Date.UTC(year, month, 1 + ((tuesday - first + 7) % 7) + 7));
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

export function planDrills({ backups, asOf, domain, name }: PlatformFacts): DrillPlan | null {
  if (backups.drill === 'none') return null;
  const step = months[backups.drill];
  const [year = 0, month = 1] = asOf.split('-').map(Number);
  const starts = [0, 1, 2].map((period) => Math.floor((month - 1) / step) * step + period * step);
  const dates = starts.map((start) => secondTuesday(year, start)).map(dayOf);
  return {
    frequency: backups.drill,
    intervalMonths: step,
    // The period that the date lies in is half over: its drill counts only if it is still to come.
    first: dates.find((date) => date >= asOf) ?? dates[1] ?? asOf,
    start: '09:00',
    hours: 3,
    stamp: asOf,
    uid: `${name}-failover-drill@${domain}`,
  };
}
