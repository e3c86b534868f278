// Turns what the plan says of recovery into documents: promises and commands of each data store, the failover, the drill and its calendar.
import type {
  BackingInstancePlan,
  DrillPlan,
  PlatformPlan,
  RecoveryStep,
  RestoreProbe,
} from '../../plan/types/platform';
import type { PlatformRenderer } from '../platform';
import { spellSeconds } from '../shared/duration';
import type { CommentStyle, GeneratedFile } from '../shared/generated-file';
import { renderTemplate } from '../shared/template';
import { calendar, text } from './calendar';

const folder = 'platform/recovery';

interface Place {
  readonly name: string;
  readonly runs: 'compose' | 'kubernetes';
  readonly instances: readonly BackingInstancePlan[];
}

/** Environments where people work: clusters, and those that only compose runs. */
function placesOf({ laptops, clusters }: PlatformPlan): readonly Place[] {
  const inCluster = new Set(clusters.map(({ name }) => name));
  return [
    ...laptops
      .filter(({ name }) => !inCluster.has(name))
      .map(({ name, instances }): Place => ({ name, runs: 'compose', instances })),
    ...clusters.map(({ name, instances }): Place => ({ name, runs: 'kubernetes', instances })),
  ];
}

/** A command of several lines is one block. */
const step = ({ text: said, command }: RecoveryStep) => ({
  text: said,
  blocks: command === null ? [] : [{ lines: command.split('\n') }],
});

const promised = (promise: { readonly seconds: number; readonly by: readonly string[] } | null): string =>
  promise === null ? 'nothing' : `${spellSeconds(promise.seconds)} (${promise.by.join(', ')})`;

const words = {
  restored: 'restored from backups',
  replicated: 'kept by replicas',
  rebuilt: 'made again from other data',
};

/** Nothing runs by the clock on a laptop. */
const when = ({ runs }: Place, schedule: string): string =>
  runs === 'compose' ? 'started by hand' : `at "${schedule}" (UTC)`;

const bound = ({ atLeast, atMost, newerThanSeconds }: RestoreProbe): string => {
  if (atLeast !== null) return `at least ${atLeast}`;
  return atMost !== null ? `at most ${atMost}` : `at most ${spellSeconds(newerThanSeconds ?? 0)} old`;
};

/** The same question to several databases is one row. */
function questions(probes: readonly RestoreProbe[]) {
  const keyOf = ({ name, sql, by }: RestoreProbe): string => JSON.stringify([name, sql, by]);
  return probes
    .filter((probe, index) => probes.findIndex((other) => keyOf(other) === keyOf(probe)) === index)
    .map((probe) => ({
      probe: probe.name,
      sql: probe.sql,
      by: probe.by,
      bound: bound(probe),
      databases: probes
        .filter((other) => keyOf(other) === keyOf(probe))
        .map(({ database }) => database)
        .join(', '),
    }));
}

function instanceView({ name, title, version, runs, recovery }: BackingInstancePlan, place: Place) {
  if (recovery === null) return [];
  const { archive, dumped, dumps, restoreTime, recoveryPoint, restoreTest, lifecycle } = recovery;
  const rows: readonly (readonly [string, string])[] = [
    ['promised at most lost', promised(recovery.rpo)],
    ['promised back after', promised(recovery.rto)],
    ['how', `${words[recovery.promise]}: ${recovery.method}`],
    [
      'can be lost',
      recoveryPoint === null
        ? 'nothing is promised here'
        : `${spellSeconds(recoveryPoint.seconds)}: ${recoveryPoint.arithmetic}`,
    ],
    [
      'takes',
      restoreTime === null
        ? 'as long as the machine needs'
        : `${spellSeconds(restoreTime.seconds)}: ${restoreTime.arithmetic}`,
    ],
    ['data', recovery.data.arithmetic],
    ...(archive === null
      ? []
      : [
          [
            'archive',
            `${archive.what}, at most ${spellSeconds(archive.intervalSeconds)} behind: ${archive.why}; any moment of ${recovery.keepDays} days`,
          ] as const,
        ]),
    ...(dumped === null ? [] : [['dumps', `${dumped.what}, ${when(place, dumped.schedule)}`] as const]),
    ...(dumps.length === 0 ? [] : [['kept', dumps.map(({ tier, keep }) => `${keep} ${tier}`).join(', ')] as const]),
    ['where', recovery.destination],
    ...lifecycle.map(
      ({ prefix, expireDays, why }) => [`removed from ${prefix}`, `after ${expireDays} days: ${why}`] as const,
    ),
    ['encrypted', recovery.encryption],
    [
      'restore test',
      restoreTest === null
        ? 'in the drill'
        : `job ${restoreTest.job} ${when(place, restoreTest.schedule)}: ${restoreTest.scratch}`,
    ],
  ];
  return [
    {
      heading: `${name} in ${place.name}`,
      title: `${title} ${version}`,
      runs,
      rows: rows.map(([what, value]) => ({ what, value })),
      hasProbes: (restoreTest?.probes.length ?? 0) > 0,
      probes: questions(restoreTest?.probes ?? []),
      restore: recovery.restore.map(step),
      hasFailover: recovery.failover.length > 0,
      failover: recovery.failover.map(step),
      source: recovery.source,
    },
  ];
}

const file = (path: string, body: string, comment: CommentStyle): GeneratedFile => ({
  at: 'repository',
  path: `${folder}/${path}`,
  body,
  comment,
  executable: false,
});

const compact = (day: string): string => day.replaceAll('-', '');

function drillFiles(plan: PlatformPlan, drill: DrillPlan, places: readonly Place[]): GeneratedFile[] {
  const { identity } = plan;
  const clusters = places.filter(({ runs }) => runs === 'kubernetes');
  const { name: environment = '', instances = [] } = clusters.at(-1) ?? places.at(-1) ?? {};
  const start = `${compact(drill.first)}T${drill.start.replace(':', '')}00Z`;
  const summary = `Failover drill of ${identity.name}`;
  const body = calendar([
    ['BEGIN', 'VCALENDAR'],
    ['VERSION', '2.0'],
    ['PRODID', `-//Groundwork//${text(identity.name)}//EN`],
    ['CALSCALE', 'GREGORIAN'],
    ['BEGIN', 'VEVENT'],
    ['UID', text(drill.uid)],
    ['DTSTAMP', `${compact(drill.stamp)}T000000Z`],
    ['DTSTART', start],
    ['DURATION', `PT${drill.hours}H`],
    ['RRULE', `FREQ=MONTHLY;INTERVAL=${drill.intervalMonths};BYDAY=2TU`],
    ['SUMMARY', text(summary)],
    ['DESCRIPTION', text(`The checklist is ${folder}/drill.md in ${identity.repository}.`)],
    ['CATEGORIES', 'DRILL'],
    ['TRANSP', 'OPAQUE'],
    ['END', 'VEVENT'],
    ['END', 'VCALENDAR'],
  ]);
  return [
    file('drills.ics', body, 'none'),
    // A calendar's lines end in CRLF, which git would turn into those of its own.
    file('.gitattributes', '*.ics -text\n', 'hash'),
    file(
      'drill.md',
      renderTemplate('platform-recovery/drill.md', {
        platform: identity.name,
        environment,
        frequency: drill.frequency,
        first: drill.first,
        instances: instances.flatMap(({ name, recovery }) =>
          recovery === null
            ? []
            : [
                {
                  name,
                  rpo: promised(recovery.rpo),
                  rto: promised(recovery.rto),
                  anchor: `${name}-in-${environment}`,
                  hasTest: recovery.restoreTest !== null,
                },
              ],
        ),
      }),
      'html',
    ),
  ];
}

export const renderPlatformRecovery: PlatformRenderer = (plan) => {
  const places = placesOf(plan);
  const views = places.map((place) => ({
    name: place.name,
    runs: place.runs,
    instances: place.instances.flatMap((instance) => instanceView(instance, place)),
    unsaved: place.instances.filter(({ recovery }) => recovery === null).map(({ name, title }) => ({ name, title })),
  }));
  if (views.every(({ instances }) => instances.length === 0)) return [];
  return [
    file(
      'README.md',
      renderTemplate('platform-recovery/recovery.md', {
        platform: plan.identity.name,
        environments: views.map((view) => ({ ...view, hasUnsaved: view.unsaved.length > 0 })),
        hasDrills: plan.drills !== null,
      }),
      'html',
    ),
    ...(plan.drills === null ? [] : drillFiles(plan, plan.drills, places)),
  ];
};
