// What a cron schedule says of the time between two starts, and of the days that weekly and monthly dumps are of.
import { type Cron, cronIntervals, parseCron } from '../../../model/cron';

function read(schedule: string): Cron | null {
  const cron = parseCron(schedule);
  return typeof cron === 'string' ? null : cron;
}

/** Longest time between two starts of a schedule, seconds. */
export function longestGapSeconds(schedule: string): number | null {
  const cron = read(schedule);
  if (cron === null) return null;
  const { longestMinutes } = cronIntervals(cron);
  return longestMinutes === null ? null : longestMinutes * 60;
}

/** The first of a month is a start if its day is named, and no weekday takes it away. */
export function startsOnFirst(schedule: string): boolean {
  const cron = read(schedule);
  if (cron === null || cron.months.length < 12) return false;
  return cron.days.includes(1) && (cron.eitherDay || cron.weekdays.length >= 7);
}

export function startsOnSunday(schedule: string): boolean {
  const cron = read(schedule);
  if (cron === null || cron.months.length < 12) return false;
  return cron.weekdays.includes(0) && (cron.eitherDay || cron.days.length >= 31);
}
