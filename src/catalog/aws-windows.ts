// Turns the schedule of backups into the two windows in which AWS saves and patches a data store.

const two = (value: number): string => String(value).padStart(2, '0');

const clock = (minutes: number): string => {
  const inDay = ((minutes % 1440) + 1440) % 1440;
  return `${two(Math.floor(inDay / 60))}:${two(inDay % 60)}`;
};

/** Minute of the day at which a cron schedule first starts; two o'clock where it is no single time. */
function startMinute(schedule: string): number {
  const [minute, hour] = schedule.split(' ');
  const isTime = /^[0-9]{1,2}$/.test(minute ?? '') && /^[0-9]{1,2}$/.test(hour ?? '');
  return isTime ? Number(hour) * 60 + Number(minute) : 120;
}

/** An hour from the start of the backups, `hh:mm-hh:mm` in UTC. */
export function snapshotWindow(schedule: string): string {
  const start = startMinute(schedule);
  return `${clock(start)}-${clock(start + 60)}`;
}

/** Sunday, an hour long, two hours after the backups began: never at the same time, and with a fresh backup. */
export function maintenanceWindow(schedule: string): string {
  const start = startMinute(schedule) + 120;
  const [from, to] =
    start + 60 < 1440 ? [start, start + 60] : [startMinute(schedule) - 180, startMinute(schedule) - 120];
  return `sun:${clock(from)}-sun:${clock(to)}`;
}
