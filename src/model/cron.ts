// Reads a cron schedule: when it starts, how far apart, and whether daylight saving swallows or doubles a start.
import { clockChanges } from '../catalog/time-zones';

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', from: 0, to: 59, words: [] },
  { name: 'hour', from: 0, to: 23, words: [] },
  { name: 'day of month', from: 1, to: 31, words: [] },
  {
    name: 'month',
    from: 1,
    to: 12,
    words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'day of week', from: 0, to: 7, words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
  /** Day of month and day of week are both restricted: either starts it (crontab(5)). */
  readonly eitherDay: boolean;
}

function parseField(text: string, field: Field): readonly number[] | string {
  const values = new Set<number>();
  const number = (word: string): number => {
    const index = field.words.indexOf(word.toLowerCase());
    if (index >= 0) return field.name === 'month' ? index + 1 : index;
    return /^[0-9]+$/.test(word) ? Number(word) : Number.NaN;
  };
  for (const part of text.split(',')) {
    const [range = '', stepText] = part.split('/');
    const step = stepText === undefined ? 1 : /^[0-9]+$/.test(stepText) ? Number(stepText) : Number.NaN;
    const [first = '', last] = range.split('-');
    const low = range === '*' ? field.from : number(first);
    const high = range === '*' ? field.to : last !== undefined ? number(last) : stepText !== undefined ? field.to : low;
    if (!(low >= field.from && high <= field.to && low <= high && step >= 1)) {
      return `"${part}" is no ${field.name} (${field.from} to ${field.to})`;
    }
    for (let value = low; value <= high; value += step) values.add(field.name === 'day of week' ? value % 7 : value);
  }
  return [...values].sort((a, b) => a - b);
}

/** The schedule, or what is wrong with it. */
export function parseCron(schedule: string): Cron | string {
  const texts = schedule.split(' ');
  const parsed: (readonly number[])[] = [];
  for (const [index, field] of fields.entries()) {
    const values = parseField(texts[index] ?? '', field);
    if (typeof values === 'string') return values;
    parsed.push(values);
  }
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = parsed;
  return { minutes, hours, days, months, weekdays, eitherDay: texts[2] !== '*' && texts[4] !== '*' };
}

const minutesOfDay = 1440;
// 400 years repeat exactly; eight hold a leap day on either side of every pattern that a monthly schedule can have.
const firstDay = Date.UTC(2024, 0, 1);
const daysLooked = 8 * 366;

function startsOn(cron: Cron, date: Date): boolean {
  if (!cron.months.includes(date.getUTCMonth() + 1)) return false;
  const day = cron.days.includes(date.getUTCDate());
  const weekday = cron.weekdays.includes(date.getUTCDay());
  return cron.eitherDay ? day || weekday : day && weekday;
}

export interface CronIntervals {
  /** Shortest and longest time between two starts, minutes; null when it starts at most once in eight years. */
  readonly shortestMinutes: number | null;
  readonly longestMinutes: number | null;
}

/** Distances between starts, on a calendar without daylight saving. */
export function cronIntervals(cron: Cron): CronIntervals {
  const times = cron.hours.flatMap((hour) => cron.minutes.map((minute) => hour * 60 + minute));
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined) return { shortestMinutes: null, longestMinutes: null };
  let shortest = Number.POSITIVE_INFINITY;
  let longest = 0;
  for (const [index, time] of times.entries()) {
    const next = times[index + 1];
    if (next === undefined) continue;
    shortest = Math.min(shortest, next - time);
    longest = Math.max(longest, next - time);
  }
  let previousDay: number | null = null;
  let found = 0;
  for (let day = 0; day < daysLooked; day++) {
    if (!startsOn(cron, new Date(firstDay + day * 86_400_000))) continue;
    found++;
    if (previousDay !== null) {
      const distance = (day - previousDay) * minutesOfDay + first - last;
      shortest = Math.min(shortest, distance);
      longest = Math.max(longest, distance);
    }
    previousDay = day;
  }
  if (found === 0 || (found === 1 && times.length === 1)) return { shortestMinutes: null, longestMinutes: null };
  return { shortestMinutes: shortest, longestMinutes: longest };
}

export interface ClockConflict {
  readonly kind: 'gap' | 'overlap';
  /** Local time of the start that is skipped or doubled, YYYY-MM-DD HH:MM. */
  readonly at: string;
}

/** A start that daylight saving skips or doubles in the zone; null when none does. `undefined`: the zone is unknown. */
export function clockConflict(cron: Cron, timeZone: string): ClockConflict | null | undefined {
  const changes = clockChanges(timeZone);
  if (changes === null) return undefined;
  const frequent = cron.hours.length === 24;
  for (const change of changes) {
    if (frequent) break;
    const from = Date.parse(`${change.from}:00Z`);
    for (let minute = 0; minute < change.minutes; minute++) {
      const time = new Date(from + minute * 60_000);
      if (
        startsOn(cron, time) &&
        cron.hours.includes(time.getUTCHours()) &&
        cron.minutes.includes(time.getUTCMinutes())
      ) {
        return { kind: change.kind, at: time.toISOString().slice(0, 16).replace('T', ' ') };
      }
    }
  }
  return null;
}
